"""The pages of the desk, as translators ask for them."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from wagtail.models import Collection, GroupCollectionPermission, Locale, Page
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation

from lessons.models import UnitPage
from openmuseums.people.models import User
from openmuseums.segments.states import state_of
from openmuseums.segments.units import anchor_of, units_of
from openmuseums.translation.desk.reading import version_of
from openmuseums.translation.models import Seat
from openmuseums.translation.teams.setting_up import set_up_team
from openmuseums.translation.working import take_seat
from tests.authorization.test_reading import APPENDED, OWN_ROWS
from tests.factories import (
    NOW,
    FixtureCourse,
    block,
    in_language,
    make_editor,
    make_translation,
    make_user,
    signed_in,
)
from tests.files import make_picture
from tests.packs import rows_of_everything

DUMMY = {"CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"}


@pytest.fixture
def unit(course: FixtureCourse) -> UnitPage:
    make_translation(course.part, "el")
    return course.units["online-safety"]


@pytest.fixture
def maria(unit: UnitPage) -> User:
    team = set_up_team(language="el", country="GR", name="Το μουσείο", now=NOW)
    user = make_user(name="Μαρία")
    user.groups.add(Group.objects.get(pk=team.translators_id))
    return user


@pytest.fixture
def client(maria: User) -> Client:
    return signed_in(maria)


def address(page: Page, name: str = "desk", language: str = "el") -> str:
    return reverse(f"translation_admin:{name}", args=[language, page.translation_key])


def rows_besides_seats() -> dict[str, tuple[int, str]]:
    aside = OWN_ROWS.keys() | APPENDED.keys()
    return {table: found for table, found in rows_of_everything().items() if table not in aside}


def name_of(page: Page, path: str) -> str:
    return next(anchor_of(found.path, found.source) for found in units_of(page) if found.path == path)


def segments(response: Any) -> dict[str, Any]:
    return {one.unit.path: one for group in response.context["groups"] for one in group.segments}


def sent(save: str, *texts: tuple[str, str, str], **more: str) -> dict[str, str]:
    """Return what a desk sends: (name, text, version)."""
    return {
        "save": save,
        "versions": " ".join(f"{name}:{version}" for name, _text, version in texts),
        **{f"text-{name}": text for name, text, _version in texts},
        **more,
    }


def test_desk_of_a_page_that_is_not_there_yet_shows_all_its_texts(client, unit):
    response = client.get(address(unit))
    assert response.status_code == 200
    assert list(segments(response)) == [found.path for found in units_of(unit)]
    assert (response.context["reading"].done, response.context["reading"].count) == (0, len(units_of(unit)))
    assert segments(response)["title"].spot.heading == "The page itself"
    rich = next(one for one in segments(response).values() if one.unit.place.field_path == "body.rich_text.text")
    assert (rich.spot.heading, rich.spot.label, rich.spot.anchor) == ("2. Text", "Text", f"b-{unit.body[1].id[:8]}")
    assert not Translation.objects.filter(source__object_id=unit.translation_key).exists()


def test_desk_costs_the_same_with_few_texts_and_with_many(client, unit, django_assert_num_queries):
    unit.body = [unit.body.raw_data[1], unit.body.raw_data[3]]
    unit.save_revision().publish()
    make_translation(unit, "el")
    client.get(address(unit))
    counts = []
    for number in (3, 37):
        headings = [block("heading", {"text": f"Heading {one}", "level": "h2"}) for one in range(number)]
        unit.body = [*unit.body.raw_data, *headings]
        unit.save_revision().publish()
        with django_assert_num_queries(37):
            counts.append(client.get(address(unit)).context["reading"].count)
    assert counts[1] == counts[0] + 37


def test_saving_a_text_leads_back_to_it(client, maria, unit):
    lead = name_of(unit, "lead")
    response = client.post(address(unit), sent(lead, (lead, "Τι μαθαίνεις.", "")))
    assert (response.status_code, response["Location"]) == (302, f"{address(unit)}#{lead}")
    response = client.get(address(unit))
    assert (segments(response)["lead"].text, segments(response)["lead"].standing) == ("Τι μαθαίνεις.", "translated")
    assert response.context["reading"].done == 1
    assert (Seat.objects.get().person, response.context["is_ones_own"]) == (maria, True)
    assert "lead" not in segments(client.get(address(unit), {"show": "to-do"}))


def test_other_texts_stay_in_their_fields_when_one_is_saved(client, unit):
    lead, title = name_of(unit, "lead"), name_of(unit, "title")
    response = client.post(address(unit), sent(lead, (lead, "Τι μαθαίνεις.", ""), (title, "Ασφάλεια", "")))
    assert response.status_code == 200
    assert (segments(response)["title"].shown, segments(response)["title"].text) == ("Ασφάλεια", "")
    assert StringTranslation.objects.filter(context__object_id=unit.translation_key).count() == 1
    response = client.post(
        address(unit), sent("all", (lead, "Τι μαθαίνεις.", version_of("Τι μαθαίνεις.")), (title, "Ασφάλεια", ""))
    )
    assert response.status_code == 302
    assert StringTranslation.objects.filter(context__object_id=unit.translation_key).count() == 2


def test_both_texts_are_shown_where_somebody_else_wrote_meanwhile(client, unit):
    lead = name_of(unit, "lead")
    client.post(address(unit), sent(lead, (lead, "Του άλλου.", "")))
    response = client.post(address(unit), sent(lead, (lead, "Δικό μου.", "")))
    segment = segments(response)["lead"]
    assert (response.status_code, segment.shown, segment.theirs) == (409, "Δικό μου.", "Του άλλου.")
    assert '<blockquote lang="el">Του άλλου.</blockquote>' in response.text
    response = client.post(address(unit), {**sent("", (lead, "Δικό μου.", segment.version)), "drop": lead})
    assert response.status_code == 302
    response = client.post(address(unit), sent(lead, (lead, "Δικό μου.", segment.version)))
    row = StringTranslation.objects.get(context__path="lead", context__object_id=unit.translation_key)
    assert (response.status_code, row.data) == (302, "Δικό μου.")


def test_typed_text_whose_translation_changed_meanwhile_is_no_way_to_overwrite_it(client, unit):
    """Saving one text shows the others again: with the version that was seen, never with that of today."""
    lead, title = name_of(unit, "lead"), name_of(unit, "title")
    client.post(address(unit), sent(title, (title, "Του άλλου", "")))
    response = client.post(address(unit), sent(lead, (lead, "Τι μαθαίνεις.", ""), (title, "Δικό μου", "")))
    assert (segments(response)["title"].shown, segments(response)["title"].theirs) == ("Δικό μου", "Του άλλου")


def test_script_is_answered_with_the_text_as_it_stands(client, unit):
    lead = name_of(unit, "lead")
    json = {"Accept": "application/json"}
    response = client.post(address(unit), sent(lead, (lead, "Τι μαθαίνεις.", "")), headers=json)
    assert (response.status_code, response.json()["saved"], response.json()["message"]) == (200, True, "Saved.")
    assert f'data-version="{version_of("Τι μαθαίνεις.")}"' in response.json()["segments"][lead]
    response = client.post(address(unit), sent(lead, (lead, "<i>Άλλο</i>", version_of("Τι μαθαίνεις."))), headers=json)
    assert (response.status_code, response.json()["saved"]) == (422, False)
    assert "&lt;i&gt; is not in the source." in response.json()["segments"][lead]
    response = client.post(address(unit), sent(lead, (lead, "Άλλο", "")), headers=json)
    assert (response.status_code, "Τι μαθαίνεις." in response.json()["segments"][lead]) == (409, True)


def test_who_takes_over_keeps_what_was_typed(client, maria, unit):
    lead = name_of(unit, "lead")
    nikos = make_user(name="Νίκος")
    greek = Locale.objects.get(language_code="el")
    take_seat(page_key=unit.translation_key, locale=greek, person=nikos, now=timezone.now())
    response = client.post(address(unit), sent(lead, (lead, "Τι μαθαίνεις.", "")))
    assert (response.status_code, segments(response)["lead"].shown) == (409, "Τι μαθαίνεις.")
    assert "Νίκος has been working on this page since" in response.text
    response = client.post(address(unit), {**sent("", (lead, "Τι μαθαίνεις.", "")), "seat": "over"})
    assert (response.status_code, segments(response)["lead"].shown) == (200, "Τι μαθαίνεις.")
    assert Seat.objects.get().person == maria
    client.post(address(unit), {"seat": "leave"})
    assert not Seat.objects.exists()


def test_changed_source_is_shown_with_the_old_one_and_its_translation(client, unit):
    make_translation(unit, "el")
    old = unit.lead
    unit.lead = f"{old} And more of it."
    unit.save_revision().publish()
    segment = segments(client.get(address(unit)))["lead"]
    assert (segment.standing, segment.old_source, segment.old_text) == ("changed", old, in_language(old, "el"))
    assert "".join(piece.words for piece in segment.new_pieces if piece.is_other).strip() == "And more of it."


def test_exact_matches_elsewhere_name_their_page(client, course, unit):
    other = course.units["audiences"] if "audiences" in course.units else next(iter(course.units.values()))
    make_translation(next(page for key, page in course.units.items() if key != "online-safety"), "el")
    segment = next(one for one in segments(client.get(address(unit))).values() if one.unit.source == "Where to begin")
    assert [match.text for match in segment.matches] == ["Where to begin [el]"]
    assert other.title


def test_hostile_text_is_shown_as_text(client, course, unit):
    unit.lead = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    unit.save_revision().publish()
    response = client.get(address(unit))
    assert "<script>alert(1)" not in response.text
    assert "onerror=alert(1)>" not in response.text.replace("&gt;", "")
    lead = name_of(unit, "lead")
    response = client.post(address(unit), sent(lead, (lead, "</textarea><script>alert(2)</script>", "")))
    assert (response.status_code, "<script>alert(2)" in response.text) == (422, False)


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("desk", "get"), ("desk", "post"), ("desk-draft", "post"), ("desk-machine", "post"),
        ("desk-pictures", "get"), ("desk-pictures", "post"), ("desk-preview", "get"), ("share", "get"),
    ],
)  # fmt: skip
def test_only_who_translates_into_the_language_gets_in(unit, maria, name, method):
    make_translation(unit, "el")
    make_translation(unit, "nl")
    for person, language in ((make_editor(), "el"), (maria, "nl")):
        response = getattr(signed_in(person), method)(address(unit, name, language))
        # Wagtail leads whom it refuses to its first page, with a message.
        assert (response.status_code, response.headers.get("Location")) == (302, reverse("wagtailadmin_home"))
    assert getattr(signed_in(maria), method)(address(unit, name, "en")).status_code == 404


def test_draft_is_kept_and_nothing_goes_public(client, maria, unit):
    lead = name_of(unit, "lead")
    client.post(address(unit), sent(lead, (lead, "Τι μαθαίνεις.", "")))
    response = client.post(address(unit, "desk-draft"))
    assert (response.status_code, response["Location"]) == (302, address(unit))
    page = UnitPage.objects.get(translation_key=unit.translation_key, locale__language_code="el")
    assert (page.live, page.get_latest_revision_as_object().lead) == (False, "Τι μαθαίνεις.")
    assert page.get_latest_revision().user == maria


def test_draft_waits_for_the_page_above(client, course):
    unit = next(page for key, page in course.units.items() if key != "online-safety")
    lead = name_of(unit, "lead")
    assert client.post(address(unit), sent(lead, (lead, "Τι μαθαίνεις.", ""))).status_code == 302
    response = client.post(address(unit, "desk-draft"), follow=True)
    assert "the page above this one, is not there in this language yet. Begin with that one." in response.text
    assert not Page.objects.filter(translation_key=unit.translation_key, locale__language_code="el").exists()


def test_draft_with_a_title_that_is_too_long_is_refused_with_words(client, unit):
    make_translation(unit, "el", publish=False)
    StringTranslation.objects.filter(context__path="title", context__object_id=unit.translation_key).update(
        data="α" * 300
    )
    response = client.post(address(unit, "desk-draft"), follow=True)
    assert response.status_code == 200
    assert "255" in response.text


def test_page_whose_source_is_deleted_goes_with_it(client, unit):
    make_translation(unit, "el")
    key = unit.translation_key
    Page.objects.get(pk=unit.pk).delete()
    assert client.get(reverse("translation_admin:desk", args=["el", key])).status_code == 404


def test_page_that_is_kept_by_hand_gives_a_message_and_keeps_wagtails_editor(client, unit):
    page = make_translation(unit, "el")
    Translation.objects.filter(source__object_id=unit.translation_key).update(enabled=False)
    response = client.get(address(unit))
    assert (response.status_code, "kept by hand" in response.text) == (409, True)
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert (response.status_code, "page-edit-form" in response.text) == (200, True)


def test_wagtails_edit_form_leads_to_the_desk(client, unit):
    page = make_translation(unit, "el")
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.get(edit)["Location"] == address(unit)
    revision = page.latest_revision_id
    response = client.post(edit, {"action": "publish"}, follow=True)
    assert "Nothing was saved: this page is translated here" in response.text
    page.refresh_from_db()
    assert page.latest_revision_id == revision


def test_preview_shows_the_newest_texts_and_may_be_framed_by_the_desk(client, unit):
    make_translation(unit, "el")
    lead = name_of(unit, "lead")
    client.post(address(unit), sent(lead, (lead, "Ολοκαίνουριο.", version_of(in_language(unit.lead, "el")))))
    response = client.get(address(unit, "desk-preview"))
    assert (response.status_code, "Ολοκαίνουριο." in response.text) == (200, True)
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert f'id="b-{unit.body[0].id[:8]}"' in response.text


def test_preview_is_there_before_anything_is_translated_and_writes_nothing(client, unit):
    before = rows_besides_seats()
    response = client.get(address(unit, "desk-preview"))
    assert response.status_code == 200
    assert f'<span lang="en">{unit.lead}</span>' in response.text
    assert '<html lang="el"' in response.text
    assert "\ue000" not in response.text
    assert rows_besides_seats() == before
    assert "data-preview" in client.get(address(unit)).text


def test_preview_before_the_first_draft_shows_what_is_translated_and_marks_the_rest(client, unit):
    lead = name_of(unit, "lead")
    client.post(address(unit), sent(lead, (lead, "Ολοκαίνουριο.", "")))
    text = client.get(address(unit, "desk-preview")).text
    assert "Ολοκαίνουριο." in text
    assert unit.lead not in text
    assert '<span lang="en">Where to begin</span>' in text
    assert f'id="b-{unit.body[0].id[:8]}"' in text
    assert not Page.objects.filter(translation_key=unit.translation_key, locale__language_code="el").exists()
    assert UnitPage.objects.get(pk=unit.pk).lead == unit.lead


def test_preview_of_a_draft_marks_what_is_not_translated(client, unit):
    make_translation(unit, "el")
    StringTranslation.objects.filter(context__path="lead", locale__language_code="el").delete()
    text = client.get(address(unit, "desk-preview")).text
    assert f'<span lang="en">{unit.lead}</span>' in text
    assert in_language("Where to begin", "el") in text
    assert '<span lang="en">Where to begin' not in text


def test_every_kind_of_page_can_be_previewed_before_its_first_draft(client, course):
    pages = [course.course, course.lessons[0], course.quizzes["marketing"], course.units["digital-strategy"]]
    for page in pages:
        assert client.get(address(page, "desk-preview")).status_code == 200


@override_settings(WAGTAILLOCALIZE_MACHINE_TRANSLATOR=DUMMY)
def test_machine_translates_what_is_missing_and_people_confirm_it(client, unit):
    lead = name_of(unit, "lead")
    client.post(address(unit), sent(lead, (lead, "Δικό μου.", "")))
    assert client.get(address(unit)).context["machine"] == "Dummy translator"
    client.post(address(unit, "desk-machine"))
    response = client.get(address(unit))
    reading = response.context["reading"]
    assert (segments(response)["lead"].text, reading.done, reading.by_machine) == ("Δικό μου.", 1, reading.count - 1)
    assert state_of(unit.translation_key, "el").machine == reading.count - 1
    segment = segments(response)["title"]
    client.post(address(unit), sent("all", (segment.name, segment.text, segment.version)))
    assert segments(client.get(address(unit)))["title"].standing == "machine"
    client.post(address(unit), sent(segment.name, (segment.name, segment.text, segment.version)))
    assert segments(client.get(address(unit)))["title"].standing == "translated"
    assert client.get(address(unit)).context["reading"].done == 2


def test_no_machine_translates_where_none_is_configured(client, unit):
    assert client.get(address(unit)).context["machine"] == ""
    assert client.post(address(unit, "desk-machine")).status_code == 404
    assert not StringTranslation.objects.filter(context__object_id=unit.translation_key).exists()


@pytest.fixture
def pictured(unit: UnitPage) -> UnitPage:
    value = {"image": make_picture().pk, "alt_text": "A plan", "decorative": False, "caption": ""}
    unit.body = [*unit.body.raw_data, block("image", value)]
    unit.save_revision().publish()
    return unit


def test_picture_of_the_language_stands_in_the_preview(client, maria, pictured):
    make_translation(pictured, "el")
    team = maria.groups.get().translates
    theirs = make_picture(title="Κάτοψη", collection=team.collection)
    (one, _form) = client.get(address(pictured, "desk-pictures")).context["rows"][0]
    assert (one.spot.label, one.chosen) == ("Picture", None)
    data = {"name": one.name, "version": "", f"{one.name}-chosen": theirs.pk}
    assert client.post(address(pictured, "desk-pictures"), data).status_code == 302
    (one, _form) = client.get(address(pictured, "desk-pictures")).context["rows"][0]
    assert one.chosen == theirs
    assert SegmentOverride.objects.get().last_translated_by == maria
    # Chosen by who has not seen that: nothing changes.
    response = client.post(address(pictured, "desk-pictures"), data, follow=True)
    assert "Somebody else has chosen another one meanwhile." in response.text
    client.post(address(pictured, "desk-pictures"), {"name": one.name, "version": one.version})
    assert not SegmentOverride.objects.exists()


def test_picture_that_somebody_may_not_choose_is_refused(client, pictured):
    make_translation(pictured, "el")
    secret = make_picture(collection=Collection.get_first_root_node().add_child(name="Secret"))
    GroupCollectionPermission.objects.filter(collection=Collection.get_first_root_node()).delete()
    (one, _form) = client.get(address(pictured, "desk-pictures")).context["rows"][0]
    data = {"name": one.name, "version": "", f"{one.name}-chosen": secret.pk}
    response = client.post(address(pictured, "desk-pictures"), data)
    assert (response.status_code, response["Location"]) == (302, reverse("wagtailadmin_home"))
    assert not SegmentOverride.objects.exists()


def test_heading_says_in_which_language_the_title_stands_and_the_window_is_called_by_it_alone(
    client: Client, unit: UnitPage
) -> None:
    page = " ".join(client.get(address(unit)).content.decode().split())
    marked = f'<span lang="en">{escape(unit.title)}</span>'
    assert re.findall(r"<h1 [^>]*> ?(.*?) ?</h1>", page) == [marked]
    [title] = re.findall(r"<title> ?(.*?) ?</title>", page)
    assert title.startswith(f"{escape(unit.title)} - ")
    assert f"{marked} </a>" in page
