"""Setting up the team of a language: what it gets, what it never gets, and that it may be done again."""

import io

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from wagtail.images.permissions import permission_policy as pictures
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    WorkflowPage,
    WorkflowTask,
)

from lessons.models import CasesPage
from openmuseums.people.rights import groups_to_give
from openmuseums.translation.models import PartnerPage, Team
from openmuseums.translation.rights import may_publish, may_translate, root_of
from openmuseums.translation.teams.setting_up import (
    EVERY_LANGUAGE,
    TeamError,
    _set_ups,
    register_setup,
    set_up_team,
)
from tests.factories import NOW, FixtureCourse, make_administrator, make_translation, make_user
from tests.packs import rows_of_everything

ON_PAGES = {"translators": {"change_page"}, "reviewers": {"change_page", "publish_page", "lock_page", "unlock_page"}}


def set_up(language: str = "nl", country: str = "NL", name: str = "Het museum") -> tuple[Team, list[str]]:
    done: list[str] = []
    return set_up_team(language=language, country=country, name=name, now=NOW, tell=done.append), done


def member_of(group: Group):
    user = make_user()
    user.groups.add(group)
    return user


def test_team_gets_all_it_needs(course: FixtureCourse):
    team, done = set_up()
    root = root_of("nl")
    assert (root.live, root.translation_key, root.depth) == (False, course.home.translation_key, 2)
    assert (team.translators.name, team.reviewers.name) == ("Translators: Nederlands", "Reviewers: Nederlands")
    for group, rights in ((team.translators, ON_PAGES["translators"]), (team.reviewers, ON_PAGES["reviewers"])):
        cases = CasesPage.objects.child_of(root).get()
        rows = GroupPagePermission.objects.filter(group=group)
        assert set(rows.values_list("page_id", flat=True)) == {root.pk, cases.pk}
        assert list(rows.filter(page=cases.pk).values_list("permission__codename", flat=True)) == ["add_page"]
        rows = rows.filter(page=root)
        assert set(rows.values_list("permission__codename", flat=True)) == rights
        assert list(group.permissions.values_list("codename", flat=True)) == ["access_admin"]
        own = GroupCollectionPermission.objects.filter(group=group, collection=team.collection)
        assert set(own.values_list("permission__codename", flat=True)) == {
            "add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document",
        }  # fmt: skip
        others = GroupCollectionPermission.objects.filter(group=group).exclude(collection=team.collection)
        assert set(others.values_list("collection_id", flat=True)) == {Collection.get_first_root_node().pk}
        assert set(others.values_list("permission__codename", flat=True)) == {"choose_image", "choose_document"}
    assert WorkflowPage.objects.get(page=root).workflow == team.workflow
    assert GroupApprovalTask.objects.get(groups=team.reviewers).workflow_tasks.get().workflow == team.workflow
    assert PartnerPage.objects.child_of(root).get().title == team.name
    assert len(done) == 8


def test_translators_change_and_reviewers_publish_their_language_alone(course: FixtureCourse):
    team, _done = set_up()
    make_translation(course.home, "el")
    translator, reviewer = member_of(team.translators), member_of(team.reviewers)
    asked = [(language, person) for language in ("nl", "el") for person in (translator, reviewer)]
    assert [(may_translate(person, language), may_publish(person, language)) for language, person in asked] == [
        (True, False), (True, True), (False, False), (False, False),
    ]  # fmt: skip
    assert not course.home.permissions_for_user(reviewer).can_edit()
    assert not root_of("nl").permissions_for_user(reviewer).can_add_subpage()


def test_pictures_of_other_teams_cannot_be_replaced(course: FixtureCourse):
    dutch, greek = set_up()[0], set_up("el", "GR", "Το μουσείο")[0]
    translator = member_of(dutch.translators)
    changed = pictures.collections_user_has_permission_for(translator, "change")
    assert list(changed) == [dutch.collection]
    assert greek.collection in pictures.collections_user_has_permission_for(translator, "choose")


def test_setting_up_again_changes_nothing(course: FixtureCourse):
    set_up()
    before = rows_of_everything()
    assert set_up()[1] == []
    assert rows_of_everything() == before


def test_home_page_that_is_there_is_left_as_it_is(course: FixtureCourse):
    home = make_translation(course.home, "nl")
    set_up()
    assert root_of("nl").pk == home.pk
    home.refresh_from_db()
    assert home.live


@pytest.mark.parametrize("missing", ["right", "page right", "file right", "review", "task", "assignment", "root"])
def test_what_is_missing_is_mended(course: FixtureCourse, missing: str):
    team, _done = set_up()
    root = root_of("nl")

    def everything():
        rights = GroupPagePermission.objects.values_list("group__name", "permission__codename")
        files = GroupCollectionPermission.objects.values_list("group__name", "collection", "permission__codename")
        review = WorkflowTask.objects.filter(workflow__active=True, task__active=True).values_list("workflow__name")
        assigned = WorkflowPage.objects.values_list("page__translation_key", "workflow__name")
        model = Group.objects.values_list("name", "permissions__codename")
        return [sorted(map(str, rows)) for rows in (rights, files, review, assigned, model)]

    before = everything()
    if missing == "right":
        team.translators.permissions.clear()
    elif missing == "page right":
        GroupPagePermission.objects.filter(group=team.reviewers, permission__codename="publish_page").delete()
    elif missing == "file right":
        GroupCollectionPermission.objects.filter(group=team.translators).delete()
    elif missing == "review":
        team.workflow.active = False
        team.workflow.save()
    elif missing == "task":
        GroupApprovalTask.objects.filter(groups=team.reviewers).delete()
    elif missing == "assignment":
        WorkflowPage.objects.filter(page=root).delete()
    else:
        Page.objects.get(pk=root.pk).delete()
    assert everything() != before
    assert set_up()[1] != []
    assert everything() == before


def test_partner_can_be_renamed(course: FixtureCourse):
    set_up()
    team, done = set_up(country="BE", name="Het andere museum")
    assert (team.name, team.country, Team.objects.count(), len(done)) == ("Het andere museum", "BE", 1, 1)


def test_no_team_ever_publishes_every_language(course: FixtureCourse):
    team, _done = set_up()
    every = Permission.objects.get(codename=EVERY_LANGUAGE.partition(".")[2])
    team.translators.permissions.add(every)
    every.group_set.add(team.reviewers)
    assert not Team.objects.filter(translators__permissions=every).exists()
    assert not Team.objects.filter(reviewers__permissions=every).exists()
    others = Group.objects.create(name="Others")
    others.permissions.add(every)
    assert list(others.permissions.all()) == [every]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"language": "en"}, "not translated into “en”"),
        ({"language": "xx"}, "not translated into “xx”"),
        ({"country": "QQ"}, "“QQ” is no country"),
        ({"name": "  "}, "name of the partner"),
        ({"name": "x" * 256}, "name of the partner"),
    ],
)
def test_wrong_words_set_up_nothing(course: FixtureCourse, fields, told):
    before = rows_of_everything()
    with pytest.raises(TeamError, match=told):
        set_up(**fields)
    assert rows_of_everything() == before


def test_group_of_somebody_else_is_not_taken_over(course: FixtureCourse):
    Group.objects.create(name="Reviewers: Nederlands")
    before = rows_of_everything()
    with pytest.raises(TeamError, match="already"):
        set_up()
    assert rows_of_everything() == before


@pytest.mark.django_db
def test_site_without_a_course_is_told_to_load_it():
    with pytest.raises(TeamError, match="load_course"):
        set_up()
    assert not Locale.objects.filter(language_code="nl").exists()


def test_parts_of_others_are_set_up_in_the_same_transaction(course: FixtureCourse):
    called = []

    def fail(*, team, now, tell):
        called.append((team.country, now))
        raise TeamError("It cannot be done.")

    before = rows_of_everything()
    register_setup(fail)
    try:
        with pytest.raises(TeamError, match="cannot be done"):
            set_up()
    finally:
        _set_ups.remove(fail)
    assert called == [("NL", NOW)]
    assert rows_of_everything() == before


def test_administrators_may_put_people_in_a_team(course: FixtureCourse):
    team, _done = set_up()
    assert {team.translators, team.reviewers} <= set(groups_to_give(make_administrator()))


def test_command_says_what_it_did(course: FixtureCourse):
    def told() -> list[str]:
        out = io.StringIO()
        call_command("setup_locale_team", "nl", country="NL", name="Het museum", stdout=out)
        return out.getvalue().splitlines()

    first, again = told(), told()
    assert len(first) == 9
    assert again == ["Everything was there already. Nothing was changed.", first[-1]]
    with pytest.raises(CommandError, match="not translated into"):
        call_command("setup_locale_team", "xx", country="NL", name="Het museum")
