"""What somebody may try to do to a translation by direct request, and who may."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import OverridableSegment, StringSegment, Translation, TranslationSource

from lessons.models import LessonPage, UnitPage
from openmuseums.people.models import User
from openmuseums.segments.units import anchor_of, units_of
from openmuseums.translation.bundles.exchanging import export_translations
from openmuseums.translation.bundles.files import Format
from openmuseums.translation.desk.reading import version_of
from openmuseums.translation.models import Team
from openmuseums.translation.teams.setting_up import set_up_team
from openmuseums.uploads.models import Attachment, Picture
from tests.factories import (
    NOW,
    in_language,
    make_administrator,
    make_course,
    make_editor,
    make_trainer,
    make_translation,
    make_user,
    signed_in,
)
from tests.files import make_document, make_picture
from tests.snapshots import remembered

PARTNERS = {"nl": "NL", "el": "GR", "it": "IT", "es": "ES"}
SOURCE = "en"
TRANSLATOR_NL, REVIEWER_NL, TRANSLATOR_EL = "translator nl", "reviewer nl", "translator el"
EDITOR, ADMINISTRATOR = "course editor", "administrator"
ROLES = ("anonymous", "learner", "trainer", TRANSLATOR_NL, REVIEWER_NL, TRANSLATOR_EL, EDITOR, ADMINISTRATOR)
OPEN_ADMIN = ROLES[3:]


@dataclass
class World:
    """A unit, live in five languages with a later draft each; teams, pictures and documents of the languages."""

    pages: dict[str, Page]
    teams: dict[str, Team]
    pictures: dict[str, Picture] = field(default_factory=dict)
    documents: dict[str, Attachment] = field(default_factory=dict)

    @property
    def unit(self) -> Page:
        """Return the unit in the language of the source."""
        return self.pages[SOURCE]

    @property
    def lesson(self) -> Page:
        """Return a lesson in the language of the source, which the unit does not stand below."""
        return LessonPage.objects.get(key="marketing", locale=self.unit.locale)

    def translation(self, language: str) -> Translation:
        """Return what binds the unit in a language to its source; for the source, that of some language."""
        code = language if language != SOURCE else "nl"
        return Translation.objects.get(source__object_id=self.unit.translation_key, target_locale__language_code=code)


def make_world() -> World:
    """Make what people try to change: once, then put back."""
    return remembered("world of the matrix", _make_world, note=_keys_of, recall=_world_of)


def _keys_of(world: World) -> dict[str, dict[str, int]]:
    return {
        name: {language: thing.pk for language, thing in getattr(world, name).items()}
        for name in ("pages", "teams", "pictures", "documents")
    }


def _world_of(keys: dict[str, dict[str, int]]) -> World:
    return World(
        pages={language: UnitPage.objects.get(pk=pk) for language, pk in keys["pages"].items()},
        teams={language: Team.objects.get(pk=pk) for language, pk in keys["teams"].items()},
        pictures={language: Picture.objects.get(pk=pk) for language, pk in keys["pictures"].items()},
        documents={language: Attachment.objects.get(pk=pk) for language, pk in keys["documents"].items()},
    )


def _make_world() -> World:
    course = make_course()
    unit = course.units["online-safety"]
    world = World({SOURCE: unit}, {})
    for language, country in PARTNERS.items():
        world.pages[language] = make_translation(unit, language)
        world.teams[language] = set_up_team(language=language, country=country, name=f"Partner {country}", now=NOW)
    for language, page in world.pages.items():
        page.save_revision()
        team = world.teams.get(language)
        own = {"collection": team.collection} if team else {}
        world.pictures[language] = make_picture(title=f"Picture {language}", **own)
        world.documents[language] = make_document("plan.csv", **own)
        world.documents[language].get_file_size()
        world.documents[language].get_file_hash()
    return world


def browser_of(role: str, world: World) -> Client:
    """Return the browser of somebody with a role, signed in as they sign in."""
    if role == "anonymous":
        return Client(raise_request_exception=False)
    makers: dict[str, Callable[[], User]] = {
        "learner": make_user,
        "trainer": make_trainer,
        EDITOR: make_editor,
        ADMINISTRATOR: make_administrator,
        TRANSLATOR_NL: lambda: _member(world.teams["nl"].translators),
        REVIEWER_NL: lambda: _member(world.teams["nl"].reviewers),
        TRANSLATOR_EL: lambda: _member(world.teams["el"].translators),
    }
    client = signed_in(makers[role]())
    client.raise_request_exception = False
    return client


def _member(group: Any) -> User:
    user = make_user()
    user.groups.add(group)
    return user


# Who may, by role and language.
def may_change(role: str, language: str) -> bool:
    """Return whether a role changes pages in a language."""
    return {
        TRANSLATOR_NL: language == "nl",
        REVIEWER_NL: language == "nl",
        TRANSLATOR_EL: language == "el",
        EDITOR: language == SOURCE,
        ADMINISTRATOR: True,
    }.get(role, False)


def may_translate(role: str, language: str) -> bool:
    """Return whether a role translates into a language."""
    return language != SOURCE and may_change(role, language)


def may_publish(role: str, language: str) -> bool:
    """Return whether a role publishes in a language."""
    return role == ADMINISTRATOR or (role == REVIEWER_NL and language == "nl")


def may_change_files(role: str, language: str) -> bool:
    """Return whether a role changes the pictures of a language: course editors change all there are."""
    return role == EDITOR or may_change(role, language)


def administers(role: str, language: str) -> bool:
    """Return whether a role looks after every language."""
    return role == ADMINISTRATOR


def opens_admin(role: str, language: str) -> bool:
    """Return whether a role opens the admin at all."""
    return role in OPEN_ADMIN


def may_add(role: str, language: str) -> bool | None:
    """Return False for partners: they add no pages here. For others the gate and the tree decide as well."""
    return None if role == ADMINISTRATOR or (role == EDITOR and language == SOURCE) else False


def may_move(role: str, language: str) -> bool | None:
    """Return False for all but administrators, whom the tree may refuse as well: what is moved is public."""
    return None if role == ADMINISTRATOR else False


def at_most(who: Callable[[str, str], bool]) -> Callable[[str, str], bool | None]:
    """Return who may by their rights, where the state of the page decides as well."""
    return lambda role, language: None if who(role, language) else False


def nobody(role: str, language: str) -> bool:
    """Return False."""
    return False


Send = Callable[[Client, World, str], HttpResponse]


@dataclass(frozen=True)
class Act:
    """Something that is tried.

    who: whether a role may, in a language; None where more than rights decides. reads: that it changes nothing even for
    those who may.
    """

    name: str
    send: Send
    who: Callable[[str, str], bool | None]
    reads: bool = False


def _get(name: str, arguments: Callable[[World, str], list[Any]], query: str = "") -> Send:
    return lambda client, world, language: client.get(reverse(name, args=arguments(world, language)) + query)


def _post(
    name: str, arguments: Callable[[World, str], list[Any]], data: Callable[[World, str], dict[str, Any]] | None = None
) -> Send:
    return lambda client, world, language: client.post(
        reverse(name, args=arguments(world, language)), data(world, language) if data else {}
    )


def _put(name: str, arguments: Callable[[World, str], list[Any]]) -> Send:
    return lambda client, world, language: client.put(
        reverse(name, args=arguments(world, language)),
        "value=Wrong",
        content_type="application/x-www-form-urlencoded",
    )


def _page(world: World, language: str) -> list[Any]:
    return [world.pages[language].pk]


def _translated_page(world: World, language: str) -> list[Any]:
    return _page(world, language if language != SOURCE else "nl")


def _parent(world: World, language: str) -> int:
    return int(world.pages[language].get_parent().pk)


def _translation(world: World, language: str) -> list[Any]:
    return [world.translation(language).pk]


def _string(world: World, language: str) -> list[Any]:
    found = world.translation(language)
    return [found.pk, StringSegment.objects.filter(source=found.source).order_by("pk").first().pk]


def _override(world: World, language: str) -> list[Any]:
    found = OverridableSegment.objects.order_by("pk").first()
    return [world.translation(language).pk, found.pk if found else 1]


def _source(world: World, language: str) -> list[Any]:
    return [TranslationSource.objects.get(object_id=world.unit.translation_key).pk]


def _bulk(action: str) -> Send:
    def send(client: Client, world: World, language: str) -> HttpResponse:
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        return client.post(f"{address}?id={world.pages[language].pk}", {})

    return send


def _copy(**ticked: str) -> Send:
    return _post(
        "wagtailadmin_pages:copy",
        _page,
        lambda world, language: {
            "new_title": "A copy",
            "new_slug": "a-copy",
            "new_parent_page": str(_parent(world, language)),
            **ticked,
        },
    )


def _move_to(world: World, language: str) -> list[Any]:
    above = world.lesson.translation_key
    destination = Page.objects.filter(translation_key=above, locale__language_code=language).first()
    return [world.pages[language].pk, (destination or world.lesson).pk]


def _file_form(world: World, language: str) -> dict[str, Any]:
    team = world.teams.get(language)
    return {
        "title": "Put in its place",
        "collection": str(team.collection_id if team else 1),
        "credit": "Somebody",
        "licence": "CC-BY-4.0",
        "source": "",
        "description": "",
        "tags": "",
    }


def _po(world: World, language: str) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("nl.po", b'msgid ""\nmsgstr ""\n')}


def _desk(world: World, language: str) -> list[Any]:
    return [language, world.unit.translation_key]


def _language(world: World, language: str) -> list[Any]:
    return [language]


def _segment(world: World, language: str) -> dict[str, Any]:
    """Return what a desk sends where the lead is saved in other words, over the version that stands there."""
    lead = next(found for found in units_of(world.unit) if found.path == "lead")
    name = anchor_of(lead.path, lead.source)
    there = in_language(world.unit.lead, language)
    return {"save": name, "versions": f"{name}:{version_of(there)}", f"text-{name}": f"{there} In other words."}


def _send_file(client: Client, world: World, language: str) -> HttpResponse:
    """Send a file of the language with one text in other words, and take it where that is offered."""
    made = b""
    if language != SOURCE:
        made = export_translations(course="open-museums", language=language, format=Format.PO).data
        made = made.replace(in_language(world.unit.lead, language).encode(), b"In other words.", 1)
    upload = {"file": SimpleUploadedFile(f"{language}.po", made)}
    response = client.post(reverse("translation_admin:upload", args=[language]), upload)
    token = response.context["token"] if response.status_code == 200 and response.context else "none"
    return client.post(reverse("translation_admin:upload-accept", args=[language]), {"token": token})


def _scheduled(world: World, language: str) -> dict[str, Any]:
    return {"go_live_at": "2031-01-01 09:00", "action-publish": "1", "title": "Scheduled", "slug": "scheduled"}


def _new_locale(world: World, language: str) -> dict[str, Any]:
    return {"locales": [str(Locale.objects.get(language_code="nl").pk)], "include_subtree": "on"}


ACTS = (
    # Wagtail's own ways.
    Act("edit", _get("wagtailadmin_pages:edit", _page), may_change, reads=True),
    Act("view draft", _get("wagtailadmin_pages:view_draft", _page), may_change, reads=True),
    Act("history", _get("wagtailadmin_pages:history", _page), may_change, reads=True),
    Act("publish", _bulk("publish"), may_publish),
    Act("unpublish", _post("wagtailadmin_pages:unpublish", _page), may_publish),
    Act("unpublish many", _bulk("unpublish"), may_publish),
    Act("delete", _post("wagtailadmin_pages:delete", _page), may_publish),
    Act("delete many", _bulk("delete"), may_publish),
    Act("move", _post("wagtailadmin_pages:move_confirm", _move_to), may_move),
    Act("copy", _copy(), may_add),
    Act("copy keeping live", _copy(publish_copies="on"), may_add),
    Act("alias", _copy(alias="on"), may_add),
    Act("lock", _post("wagtailadmin_pages:lock", _page), may_publish),
    # Pictures and documents.
    Act(
        "choose picture",
        _get("wagtailimages_chooser:chosen", lambda world, language: [world.pictures[language].pk]),
        opens_admin,
        reads=True,
    ),
    Act(
        "replace picture",
        _post("wagtailimages:edit", lambda world, language: [world.pictures[language].pk], _file_form),
        may_change_files,
    ),
    Act(
        "choose document",
        _get("wagtaildocs_chooser:chosen", lambda world, language: [world.documents[language].pk]),
        opens_admin,
        reads=True,
    ),
    Act(
        "replace document",
        _post("wagtaildocs:edit", lambda world, language: [world.documents[language].pk], _file_form),
        may_change_files,
    ),
    # wagtail-localize's own ways: closed, and so for nobody.
    Act("PUT a segment", _put("wagtail_localize:edit_string_translation", _string), nobody),
    Act("PUT an override", _put("wagtail_localize:edit_override", _override), nobody),
    Act("stock PO down", _get("wagtail_localize:download_pofile", _translation), nobody, reads=True),
    Act("stock PO up", _post("wagtail_localize:upload_pofile", _translation, _po), nobody),
    Act("stock preview", _get("wagtail_localize:preview_translation", _translation), nobody, reads=True),
    Act("stock machine", _post("wagtail_localize:machine_translate", _translation), nobody),
    Act(
        "stock sync",
        _post("wagtail_localize:update_translations", _source, lambda *_: {"publish_translations": "on"}),
        nobody,
    ),
    Act(
        "stock submit",
        _post("wagtail_localize:submit_page_translation", lambda world, _: [world.unit.pk], _new_locale),
        nobody,
    ),
    Act("stock alias", _post("wagtail_localize:convert_to_alias", _page), nobody),
    Act("stop", _post("wagtail_localize:stop_translation", _translation), nobody),
    Act("stock report", _get("wagtail_localize:translations_report", lambda *_: []), nobody, reads=True),
    Act(
        "stock report as CSV",
        _get("wagtail_localize:translations_report", lambda *_: [], "?export=csv"),
        nobody,
        reads=True,
    ),
    # The desk and the texts as a file.
    Act("desk", _get("translation_admin:desk", _desk), may_translate, reads=True),
    Act("save a segment", _post("translation_admin:desk", _desk, _segment), may_translate),
    Act("keep as a draft", _post("translation_admin:desk-draft", _desk), may_translate),
    Act("pictures of the page", _get("translation_admin:desk-pictures", _desk), may_translate, reads=True),
    Act("preview", _get("translation_admin:desk-preview", _desk), may_translate, reads=True),
    Act("share", _get("translation_admin:share", _desk), may_translate, reads=True),
    Act("PO down", _get("translation_admin:download", _language, "?format=po"), may_translate, reads=True),
    Act("XLIFF down", _get("translation_admin:download", _language, "?format=xliff"), may_translate, reads=True),
    Act("PO up", _send_file, may_translate),
    # Reviews and the dashboard.
    Act("submit", _post("translation_admin:submit", _desk), at_most(may_translate)),
    Act("publish from the dashboard", _post("translation_admin:publish", _desk), at_most(may_publish)),
    Act("publish what is ready", _post("translation_admin:publish-ready", _language), at_most(may_publish)),
    Act("review", _post("translation_admin:review", _desk, lambda *_: {"decision": "approve"}), at_most(may_publish)),
    # A translation is scheduled and submitted by no form of Wagtail's: its desk stands in the form's place.
    Act("schedule", _post("wagtailadmin_pages:edit", _translated_page, _scheduled), nobody),
    # Teams.
    Act("teams", _get("translation_admin:teams", lambda *_: []), administers, reads=True),
    Act(
        "set up a team",
        _post(
            "translation_admin:set-up-team",
            lambda *_: [],
            lambda _world, language: {
                "language": language if language != SOURCE else "nl",
                "country": "BE",
                "name": "Another",
            },
        ),
        administers,
    ),
)
