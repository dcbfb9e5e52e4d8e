"""Drafts of the pages that a file leaves whole: made where that is asked for, and nothing public changed by it."""

import json
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from lessons.models import UnitPage
from openmuseums.people.models import User
from openmuseums.translation.bundles.exchanging import Sent, import_translations
from openmuseums.translation.bundles.plans import Plan
from openmuseums.translation.models import Team
from openmuseums.translation.review.submitting import submit_translation
from openmuseums.translation.teams.setting_up import set_up_team
from tests.factories import NOW, FixtureCourse, in_language, make_course_in, make_translation, make_user, signed_in
from tests.packs import rows_of_everything
from tests.translation.bundles.sending import exported, po_with
from tests.translation.bundles.test_command import run
from tests.translation.bundles.test_views import accept, send

LEAD = "What you get from The digital strategy."
NEW = "Wat u eraan hebt."
TITLE = "The digital strategy"


@pytest.fixture
def unit(course: FixtureCourse) -> UnitPage:
    """Return a unit that is live in Dutch, with the pages above it."""
    return make_translation(course.units["digital-strategy"], "nl")


@pytest.fixture
def team(unit: UnitPage) -> Team:
    return set_up_team(language="nl", country="NL", name="Het museum", now=NOW)


def member_of(team: Team) -> User:
    user = make_user()
    user.groups.add(team.translators)
    return user


def with_new_lead() -> bytes:
    return po_with(exported(), LEAD, NEW)


def drafted(data: bytes, **of: object) -> Plan:
    return import_translations(Sent(data, "nl.po", "nl", **of), draft=True)


def told(plan: Plan) -> list[tuple[str, str]]:
    return [(found.title, found.why) for found in plan.drafts]


def leads(unit: UnitPage) -> tuple[str, str]:
    """Return what readers see, and what the draft says."""
    page = UnitPage.objects.get(pk=unit.pk)
    return page.lead, page.get_latest_revision_as_object().lead


def test_page_that_is_whole_gets_a_draft_and_readers_see_nothing_of_it(unit: UnitPage) -> None:
    old = in_language(LEAD, "nl")
    assert told(drafted(with_new_lead())) == [(TITLE, "")]
    assert leads(unit) == (old, NEW)


def test_file_without_the_wish_makes_no_draft(unit: UnitPage) -> None:
    plan = import_translations(Sent(with_new_lead(), "nl.po", "nl"))
    assert (told(plan), leads(unit)[1]) == ([], in_language(LEAD, "nl"))


def test_draft_that_has_everything_is_not_made_again(unit: UnitPage) -> None:
    drafted(with_new_lead())
    data = exported()
    before = rows_of_everything()
    assert told(drafted(data)) == []
    assert rows_of_everything() == before


def test_page_that_lacks_a_text_gets_no_draft(unit: UnitPage) -> None:
    StringTranslation.objects.filter(translation_of__data="Where to begin").delete()
    plan = drafted(with_new_lead())
    assert (len(plan.writes), told(plan), leads(unit)[1]) == (1, [], in_language(LEAD, "nl"))


def test_pages_that_were_not_there_are_made_above_before_below(course: FixtureCourse) -> None:
    make_course_in(course, "nl")
    data = exported()
    before = [(page.translation_key, page.slug) for page in Page.objects.filter(locale__language_code="nl")]
    for page in Page.objects.filter(locale__language_code="nl", depth=3):
        page.delete()
    Translation.objects.update(enabled=True)
    plan = drafted(data)
    assert {found.why for found in plan.drafts} == {""}
    made = Page.objects.filter(locale__language_code="nl")
    assert {(page.translation_key, page.slug) for page in made} == set(before)
    assert list(made.filter(live=True).values_list("depth", flat=True)) == [2]


def test_page_below_one_that_is_missing_waits(course: FixtureCourse, unit: UnitPage) -> None:
    data = exported()
    StringTranslation.objects.filter(translation_of__data=course.lessons[0].title).delete()
    UnitPage.objects.get(pk=unit.pk).get_parent().delete()
    Translation.objects.update(enabled=True)
    data = po_with(data, course.lessons[0].title, "")
    reason = f"“{course.lessons[0].title}”, the page above this one, is not there in this language yet."
    assert told(drafted(data)) == [(TITLE, reason)]
    assert not UnitPage.objects.filter(locale__language_code="nl").exists()


def test_review_under_way_goes_on_with_what_was_submitted(unit: UnitPage, team: Team) -> None:
    translator = member_of(team)
    submit_translation(page_key=unit.translation_key, language="nl", person=translator)
    state = UnitPage.objects.get(pk=unit.pk).current_workflow_task_state
    plan = drafted(with_new_lead(), user=translator)
    assert told(plan) == [(TITLE, "It was submitted, and its review goes on with what was submitted.")]
    page = UnitPage.objects.get(pk=unit.pk)
    assert page.current_workflow_task_state == state
    assert page.latest_revision_id == state.revision_id


def test_page_kept_by_hand_and_locked_page_are_left_alone(unit: UnitPage, team: Team) -> None:
    translator = member_of(team)
    UnitPage.objects.filter(pk=unit.pk).update(locked=True, locked_by=make_user())
    plan = drafted(with_new_lead(), user=translator)
    assert told(plan) == [(TITLE, "This page is locked, so its draft cannot be changed. The translations are kept.")]
    Translation.objects.filter(source__object_id=unit.translation_key).update(enabled=False)
    UnitPage.objects.filter(pk=unit.pk).update(locked=False)
    plan = drafted(po_with(exported(), LEAD, "Anders."), user=translator)
    assert [why for _title, why in told(plan)] == [
        "This page is kept by hand in this language: its texts no longer follow the source."
    ]
    assert leads(unit)[1] == in_language(LEAD, "nl")


def test_who_may_not_translate_makes_no_draft(unit: UnitPage) -> None:
    with pytest.raises(PermissionDenied):
        drafted(exported(), user=make_user())
    assert leads(unit)[1] == in_language(LEAD, "nl")


def test_as_many_as_somebody_waits_for_are_made_and_the_others_are_counted(course: FixtureCourse) -> None:
    make_course_in(course, "nl")
    StringTranslation.objects.filter(locale__language_code="nl").update(updated_at="2099-01-01T00:00:00Z")
    plan = import_translations(Sent(exported(), "nl.po", "nl"), draft=True, most_drafts=2)
    assert (len(plan.drafts_made), plan.drafts_left) == (2, 10)
    assert "10 more pages are whole. Send the file again to have their drafts made." in plan.summary()


def test_tick_on_the_page_makes_drafts_and_names_them(unit: UnitPage, team: Team) -> None:
    desk: Client = signed_in(member_of(team))
    shown = send(desk, with_new_lead())
    assert "Make drafts of the pages that are whole" in shown.content.decode()
    token = shown.context["token"]
    address = shown.context["request"].path + "accept/"
    content = desk.post(address, {"token": token, "draft": "on"}).content.decode()
    assert "1 draft was made." in content
    assert f'lang="en">{TITLE}</a>' in content or f">{TITLE}</a>" in content
    assert leads(unit) == (in_language(LEAD, "nl"), NEW)


def test_file_with_nothing_new_can_be_sent_again_for_the_drafts_that_are_left(unit: UnitPage, team: Team) -> None:
    desk = signed_in(member_of(team))
    accept(desk, send(desk, with_new_lead()).context["token"])
    shown = send(desk, exported())
    assert (shown.status_code, shown.context["plan"].writes) == (200, [])
    address = shown.context["request"].path + "accept/"
    content = desk.post(address, {"token": shown.context["token"], "draft": "on"}).content.decode()
    assert ("No translation is new." in content, "1 draft was made." in content) == (True, True)
    assert leads(unit) == (in_language(LEAD, "nl"), NEW)


def test_page_without_the_tick_makes_none(unit: UnitPage, team: Team) -> None:
    desk = signed_in(member_of(team))
    accept(desk, send(desk, with_new_lead()).context["token"])
    assert leads(unit)[1] == in_language(LEAD, "nl")


def test_command_makes_drafts_where_it_is_told_to(unit: UnitPage, tmp_path: Path) -> None:
    path = tmp_path / "nl.po"
    path.write_bytes(with_new_lead())
    rows = rows_of_everything()
    run("import", path, "--dry-run", "--draft")
    assert rows_of_everything() == rows
    said, error = run("import", path, "--draft", "--json")
    found = json.loads(said)
    key = str(unit.translation_key)
    assert (error, found["drafts"], found["not_drafted"]) == ("", [{"page": key, "title": TITLE}], [])
    UnitPage.objects.filter(pk=unit.pk).update(locked=True)
    path.write_bytes(po_with(exported(), LEAD, "Anders."))
    said, error = run("import", path, "--draft")
    assert f"No draft of “{TITLE}”: This page is locked" in said
    assert error == ""
