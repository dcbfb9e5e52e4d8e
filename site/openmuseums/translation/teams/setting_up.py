"""Sets up all that a partner needs to translate the course into a language, and mends what is missing of it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail_localize.models import Translation

from openmuseums.delivery.languages import own_name
from openmuseums.editorial.models import GuardedPage
from openmuseums.organisations.countries import COUNTRIES
from openmuseums.people.models import User
from openmuseums.people.roles import ACCESS_ADMIN
from openmuseums.segments.producing import produce
from openmuseums.segments.storing import submit
from openmuseums.translation.models import Team
from openmuseums.translation.rights import root_of, translated_languages

SET_UP = "openmuseums.team.set_up"
# Who holds it can hand over, and publish, every language: no partner ever does.
EVERY_LANGUAGE = "wagtail_localize.submit_translation"
_TRANSLATORS_ON_PAGES = ("change_page",)
_REVIEWERS_ON_PAGES = ("change_page", "publish_page", "lock_page", "unlock_page")
_OWN_FILES = (
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.choose_document",
)
_ALL_FILES = ("wagtailimages.choose_image", "wagtaildocs.choose_document")

Tell = Callable[[str], None]
# Called with the team, the moment, and what tells of each thing that is done.
SetUp = Callable[..., None]
_set_ups: list[SetUp] = []


class TeamError(ValueError):
    """A team cannot be set up; the message says why and what to do."""


def register_setup(function: SetUp) -> None:
    """Have a function do its part of setting up a team, in the same transaction; it may be called any number of times.

    function: is called with `team`, `now` and `tell`, all by name.
    """
    if function not in _set_ups:
        _set_ups.append(function)


@transaction.atomic
def set_up_team(  # noqa: PLR0913 - what is named, and who is told of it
    *,
    language: str,
    country: str,
    name: str,
    now: dt.datetime,
    user: User | None = None,
    tell: Tell | None = None,
) -> Team:
    """Set up the team of a language, or mend what is missing of it, and return it.

    May be called as often as one likes. What somebody gave the groups beyond this stays, but for the right to publish
    every language. tell: is told each thing that was done; nothing where all of it was there. Raises TeamError.
    """
    name, country = name.strip(), country.strip().upper()
    _refuse_wrong(language, country, name)
    # Whoever sets up a team waits for whoever is at it: pages and collections have places to be counted out.
    Locale.objects.select_for_update(no_key=True).get(pk=Locale.get_default().pk)
    done: list[str] = []
    setting_up = _SettingUp(language, country, name, done)
    team = setting_up.run(user)
    for set_up in _set_ups:
        set_up(team=team, now=now, tell=done.append)
    if done:
        log(instance=team, action=SET_UP, user=user)
    if tell:
        for line in done:
            tell(line)
    return team


def _refuse_wrong(language: str, country: str, name: str) -> None:
    if language not in translated_languages():
        known = ", ".join(translated_languages())
        raise TeamError(
            _("The course is not translated into “%(language)s”, which the settings do not name. They name: %(known)s")
            % {"language": language, "known": known}
        )
    if country not in dict(COUNTRIES):
        raise TeamError(
            _("“%(country)s” is no country of the list. Write its two letters, such as NL or GR.")
            % {"country": country}
        )
    limit = Team._meta.get_field("name").max_length
    if not name or len(name) > (limit or 0):
        raise TeamError(_("Write the name of the partner, in at most %(limit)d characters.") % {"limit": limit})


class _SettingUp:
    """One setting up. `done` gets a sentence for each thing that was missing."""

    def __init__(self, language: str, country: str, name: str, done: list[str]) -> None:
        self.language = language
        self.country = country
        self.name = name
        self.own_name = own_name(language)
        self.done = done

    def run(self, user: User | None) -> Team:
        locale, made = Locale.objects.get_or_create(language_code=self.language)
        self._say(made, _("The language “%(name)s” was added.") % {"name": self.own_name})
        root = self._root(locale, user)
        team = Team.objects.filter(locale=locale).first() or self._new_team(locale)
        self._name(team)
        self._grant(team, root)
        self._review(team, root)
        return team

    def _say(self, is_new: bool, sentence: str) -> None:
        if is_new:
            self.done.append(sentence)

    def _root(self, locale: Locale, user: User | None) -> Page:
        """Return the home page of the language; where there is none it is made, as a draft that nobody sees."""
        root = root_of(self.language)
        if root is not None:
            return root
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        home = site.root_page.specific if site else None
        if not isinstance(home, GuardedPage) or not home.live or home.locale_id != Locale.get_default().pk:
            raise TeamError(_("There is no course to translate yet. Load it first: manage.py load_course"))
        source, _changed = submit(home)
        translation, made = Translation.objects.get_or_create(source=source, target_locale=locale)
        if not made and not translation.enabled:
            translation.enabled = True
            translation.save(update_fields=["enabled"])
        page = produce(translation, publish=False, user=user)
        self._say(True, _("The home page of the language was made, as a draft."))
        return page

    def _new_team(self, locale: Locale) -> Team:
        translators = self._new_group("Translators")
        reviewers = self._new_group("Reviewers")
        collection = self._new_collection()
        team = Team.objects.create(
            locale=locale,
            name=self.name,
            country=self.country,
            translators=translators,
            reviewers=reviewers,
            collection=collection,
            workflow=Workflow.objects.create(name=f"Review: {self.own_name}"),
        )
        self._say(True, _("The groups “%(one)s” and “%(other)s” were made.") % {"one": translators, "other": reviewers})
        self._say(
            True, _("The collection “%(name)s” was made, for pictures and documents.") % {"name": collection.name}
        )
        return team

    def _new_group(self, what: str) -> Group:
        name = f"{what}: {self.own_name}"
        if Group.objects.filter(name=name).exists():
            # Who is in it, and what it may do, nobody here knows.
            raise TeamError(
                _("There is a group called “%(name)s” already. Give it another name first.") % {"name": name}
            )
        return Group.objects.create(name=name)

    def _new_collection(self) -> Collection:
        collection: Collection = Collection.get_first_root_node().add_child(name=self.own_name)
        return collection

    def _name(self, team: Team) -> None:
        if (team.name, team.country) != (self.name, self.country):
            team.name, team.country = self.name, self.country
            team.save(update_fields=["name", "country"])
            self._say(True, _("Name and country of the partner were changed."))

    def _grant(self, team: Team, root: Page) -> None:
        """Give the two groups what they need, where they have not got it."""
        granted = 0
        for group, on_pages in ((team.translators, _TRANSLATORS_ON_PAGES), (team.reviewers, _REVIEWERS_ON_PAGES)):
            keep_from_every_language(group)
            for permission in set(_permissions(ACCESS_ADMIN)) - set(group.permissions.all()):
                group.permissions.add(permission)
                granted += 1
            for permission in _permissions(*(f"wagtailcore.{name}" for name in on_pages)):
                granted += GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)[1]
            everywhere = Collection.get_first_root_node()
            for collection, names in ((team.collection, _OWN_FILES), (everywhere, _ALL_FILES)):
                for permission in _permissions(*names):
                    granted += GroupCollectionPermission.objects.get_or_create(
                        group=group, collection=collection, permission=permission
                    )[1]
        self._say(granted > 0, _("The groups were given their rights."))

    def _review(self, team: Team, root: Page) -> None:
        """Have what is submitted in the language wait for its reviewers."""
        workflow, changed = team.workflow, False
        if not workflow.active:
            workflow.active, changed = True, True
            workflow.save(update_fields=["active"])
        theirs = GroupApprovalTask.objects.filter(groups=team.reviewers, active=True)
        if not WorkflowTask.objects.filter(workflow=workflow, task__in=theirs.values("task_ptr")).exists():
            task = GroupApprovalTask.objects.create(name=f"Review: {self.own_name}")
            task.groups.add(team.reviewers)
            last = WorkflowTask.objects.filter(workflow=workflow).count()
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=last)
            changed = True
        assigned = WorkflowPage.objects.filter(page=root).first()
        if assigned is None or assigned.workflow_id != workflow.pk:
            WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
            changed = True
        self._say(changed, _("What is submitted in the language waits for its reviewers."))


def keep_from_every_language(group: Group) -> bool:
    """Take the right to hand over and publish every language from a group; return whether it had it."""
    held = group.permissions.filter(pk__in=[permission.pk for permission in _permissions(EVERY_LANGUAGE)])
    found = list(held)
    group.permissions.remove(*found)
    return bool(found)


def _permissions(*names: str) -> list[Any]:
    """Return permissions by name, each as “app.codename”."""
    found = Permission.objects.filter(codename__in=[name.partition(".")[2] for name in names])
    by_name = {f"{one.content_type.app_label}.{one.codename}": one for one in found.select_related("content_type")}
    return [by_name[name] for name in names]
