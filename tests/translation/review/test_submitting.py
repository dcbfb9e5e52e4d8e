"""Translations are submitted whole: what is missing or faulty is named, and otherwise their review begins."""

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import Page, WorkflowState

from openmuseums.people.models import User
from openmuseums.segments.states import State, state_of
from openmuseums.segments.units import anchor_of
from openmuseums.translation.models import Team
from openmuseums.translation.remarks import last_comment
from openmuseums.translation.review.deciding import return_translation, waiting_for_review
from openmuseums.translation.review.faults import NotReadyError
from openmuseums.translation.review.submitting import publish_translation, submit_translation
from tests.factories import FixtureCourse, make_translation
from tests.translation.teams_of_tests import (
    kept_texts,
    make_reviewer,
    make_team,
    make_translator,
    translate,
    translated,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(course: FixtureCourse) -> Page:
    return course.units["online-safety"]


@pytest.fixture
def team(course: FixtureCourse) -> Team:
    return make_team(course, above=course.part)


@pytest.fixture
def translator(team: Team) -> User:
    return make_translator(team)


@pytest.fixture
def reviewer(team: Team) -> User:
    return make_reviewer(team)


def submit(page: Page, person: User, language: str = "nl") -> Page:
    return submit_translation(page_key=page.translation_key, language=language, person=person)


def state(page: Page) -> State:
    found = state_of(page.translation_key, "nl")
    assert found is not None
    return found.state


def test_complete_translation_is_submitted_and_waits_for_its_reviewers(unit: Page, translator: User) -> None:
    translate(unit, "nl")
    page = submit(unit, translator)
    waiting = waiting_for_review(unit.translation_key, "nl")
    assert waiting is not None
    assert (page.title, page.live) == (f"{unit.title} [nl]", False)
    assert (waiting.page.pk, waiting.revision) == (page.pk, page.get_latest_revision())
    assert (waiting.task.workflow_state.requested_by, state(unit)) == (translator, State.IN_REVIEW)


def test_each_missing_text_is_named_with_its_place_at_the_desk(
    unit: Page, translator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = ("lead", unit.specific.lead)
    translate(unit, "nl", without=[lead, ("title", unit.title)])
    with pytest.raises(NotReadyError) as refusal:
        submit(unit, translator)
    assert [(fault.text, fault.reason) for fault in refusal.value.faults] == [
        (unit.title, "This text is not translated yet."),
        (unit.specific.lead, "This text is not translated yet."),
    ]
    for fault, name in zip(refusal.value.faults, [("title", unit.title), lead], strict=True):
        assert fault.address in {"", f"/admin/translation/nl/{unit.translation_key}/#{anchor_of(*name)}"}
    assert not Page.objects.filter(translation_key=unit.translation_key, locale__language_code="nl").exists()
    assert WorkflowState.objects.count() == 0


def test_faulty_text_is_named(unit: Page, translator: User) -> None:
    translate(unit, "nl")
    row = translated(unit.title, "nl")
    row.data = "<b>Open"
    row.save()
    with pytest.raises(NotReadyError) as refusal:
        submit(unit, translator)
    assert [(fault.text, fault.reason) for fault in refusal.value.faults] == [
        (unit.title, "<b> is not in the source."),
        (unit.title, "The tags of this translation are not closed in their order."),
    ]


def test_text_that_could_not_be_used_is_named(unit: Page, translator: User) -> None:
    translate(unit, "nl")
    row = translated(unit.title, "nl")
    row.has_error, row.field_error = True, "Too long."
    row.save()
    with pytest.raises(NotReadyError) as refusal:
        submit(unit, translator)
    assert [(fault.text, fault.reason) for fault in refusal.value.faults] == [(unit.title, "Too long.")]


def test_page_whose_parent_is_not_there_is_refused(course: FixtureCourse, team: Team, translator: User) -> None:
    unit = course.units["digital-strategy"]
    translate(unit, "nl")
    with pytest.raises(NotReadyError) as refusal:
        submit(unit, translator)
    assert [fault.reason for fault in refusal.value.faults] == [
        f"The page above it is not there in this language yet: “{course.lessons[0].title}”. Submit that one first."
    ]


def test_another_teams_translator_may_not_submit(course: FixtureCourse, unit: Page, team: Team) -> None:
    translate(unit, "nl")
    with pytest.raises(PermissionDenied):
        submit(unit, make_translator(make_team(course, "el")))
    assert WorkflowState.objects.count() == 0


def test_submitting_again_has_the_newer_version_be_reviewed(unit: Page, translator: User, team: Team) -> None:
    translate(unit, "nl")
    first = submit(unit, translator).get_latest_revision()
    translate(unit, "nl", mark=" 2")
    other = make_translator(team)
    second = submit(unit, other).get_latest_revision()
    waiting = waiting_for_review(unit.translation_key, "nl")
    assert waiting is not None
    assert (first.pk == second.pk, waiting.revision) == (False, second)
    assert waiting.task.workflow_state.requested_by == other
    assert WorkflowState.objects.count() == 1


def test_submitting_what_was_returned_begins_anew(unit: Page, translator: User, reviewer: User) -> None:
    translate(unit, "nl")
    submit(unit, translator)
    waiting = waiting_for_review(unit.translation_key, "nl")
    assert waiting is not None
    return_translation(
        page_key=unit.translation_key,
        language="nl",
        revision_id=waiting.revision.pk,
        person=reviewer,
        comment=" Write “museum” small. ",
    )
    remark = last_comment(unit.translation_key, "nl")
    assert remark is not None
    assert (remark.text, remark.by) == ("Write “museum” small.", str(reviewer))
    assert waiting_for_review(unit.translation_key, "nl") is None
    revision = submit(unit, translator).get_latest_revision()
    again = waiting_for_review(unit.translation_key, "nl")
    assert again is not None
    assert (again.revision, last_comment(unit.translation_key, "nl")) == (revision, None)


def test_reviewer_publishes_without_a_review(unit: Page, reviewer: User) -> None:
    translate(unit, "nl")
    page = publish_translation(page_key=unit.translation_key, language="nl", person=reviewer)
    assert (page.live, page.title, state(unit)) == (True, f"{unit.title} [nl]", State.LIVE)


def test_translator_may_not_publish(unit: Page, translator: User) -> None:
    translate(unit, "nl")
    with pytest.raises(PermissionDenied):
        publish_translation(page_key=unit.translation_key, language="nl", person=translator)
    assert not Page.objects.filter(translation_key=unit.translation_key, locale__language_code="nl").exists()


def test_what_waits_for_a_review_is_not_published_past_it(unit: Page, translator: User, reviewer: User) -> None:
    translate(unit, "nl")
    submit(unit, translator)
    with pytest.raises(NotReadyError):
        publish_translation(page_key=unit.translation_key, language="nl", person=reviewer)
    assert state(unit) == State.IN_REVIEW


def test_live_translation_stays_as_it_is_while_another_version_waits(unit: Page, team: Team, translator: User) -> None:
    live = make_translation(unit, "nl")
    kept_texts(unit, "nl")
    translate(unit, "nl", mark=" again")
    page = submit(unit, translator)
    assert (page.pk, Page.objects.get(pk=page.pk).title) == (live.pk, f"{unit.title} [nl]")
    assert page.get_latest_revision().as_object().title == f"{unit.title} [nl again]"
