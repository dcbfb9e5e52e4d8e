"""The version goes live that was reviewed; of two who decide at once one does, on our pages and on Wagtail's own."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import Page, Revision, TaskState, WorkflowState

from openmuseums.people.models import User
from openmuseums.translation.desk.drafting import keep_draft
from openmuseums.translation.models import Team
from openmuseums.translation.review import outcomes
from openmuseums.translation.review.deciding import approve, return_translation, waiting_for_review
from openmuseums.translation.review.faults import NotReadyError
from openmuseums.translation.review.submitting import publish_translation, submit_translation
from tests.factories import FixtureCourse, make_administrator, make_editor, signed_in
from tests.together import LONG, MOMENT, after, run_together
from tests.translation.teams_of_tests import make_reviewer, make_team, make_translator, translate

CHANGED = "Another version was submitted meanwhile. Read that one before you decide."
OVER = "It does not wait for a review any longer: somebody else was quicker."


class Submitted:
    """A unit that was submitted in Dutch, and who may do something about it."""

    def __init__(self, course: FixtureCourse) -> None:
        self.unit: Page = course.units["online-safety"]
        self.team: Team = make_team(course, above=course.part)
        self.translator = make_translator(self.team)
        self.reviewer = make_reviewer(self.team)
        self.named: dict[str, Any] = {"page_key": self.unit.translation_key, "language": "nl"}
        translate(self.unit, "nl")
        self.first = self.submit()

    def submit(self, mark: str = "") -> Revision:
        """Submit it, with a mark in every text, and return the version."""
        if mark:
            translate(self.unit, "nl", mark=mark)
        return submit_translation(**self.named, person=self.translator).get_latest_revision()

    def approve(self, revision: Revision, person: User | None = None) -> Page:
        """Approve a version."""
        return approve(**self.named, revision_id=revision.pk, person=person or self.reviewer)

    def send_back(self, revision: Revision, comment: str = "Mend it.") -> Page:
        """Return a version."""
        return return_translation(**self.named, revision_id=revision.pk, person=self.reviewer, comment=comment)

    @property
    def page(self) -> Page:
        """Return the page as it stands."""
        return Page.objects.get(translation_key=self.unit.translation_key, locale__language_code="nl")

    @property
    def live(self) -> int | None:
        """Return the number of the version that is live."""
        return self.page.live_revision_id if self.page.live else None


@pytest.fixture
def submitted(course: FixtureCourse) -> Submitted:
    return Submitted(course)


def reason(act: Callable[[], Any]) -> str:
    with pytest.raises(NotReadyError) as refusal:
        act()
    return " ".join(fault.reason for fault in refusal.value.faults)


@pytest.mark.django_db
def test_approved_version_goes_live(submitted: Submitted) -> None:
    page = submitted.approve(submitted.first)
    assert (page.live, submitted.live) == (True, submitted.first.pk)
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_APPROVED


@pytest.mark.django_db
def test_approved_version_goes_live_and_no_newer_draft(submitted: Submitted) -> None:
    submitted.page.specific.save_revision()
    submitted.approve(submitted.first)
    assert (submitted.live, submitted.page.has_unpublished_changes) == (submitted.first.pk, True)


@pytest.mark.django_db
def test_translator_may_not_decide(submitted: Submitted) -> None:
    with pytest.raises(PermissionDenied):
        submitted.approve(submitted.first, submitted.translator)
    with pytest.raises(PermissionDenied):
        submitted.approve(submitted.first, make_editor())
    assert submitted.live is None


@pytest.mark.django_db
def test_administrator_may_decide(submitted: Submitted) -> None:
    submitted.approve(submitted.first, make_administrator())
    assert submitted.live == submitted.first.pk


@pytest.mark.django_db
def test_returned_version_needs_a_comment(submitted: Submitted) -> None:
    assert reason(partial(submitted.send_back, submitted.first, " ")) == (
        "Write what is to be mended: the translators read it."
    )
    submitted.send_back(submitted.first)
    assert (submitted.live, WorkflowState.objects.get().status) == (None, WorkflowState.STATUS_NEEDS_CHANGES)


@pytest.mark.django_db
def test_version_that_was_replaced_is_not_approved(submitted: Submitted) -> None:
    second = submitted.submit(" 2")
    assert reason(partial(submitted.approve, submitted.first)) == CHANGED
    assert reason(partial(submitted.send_back, submitted.first)) == CHANGED
    assert submitted.live is None
    submitted.approve(second)
    assert submitted.live == second.pk


@pytest.mark.django_db
def test_second_decision_is_told(submitted: Submitted) -> None:
    submitted.approve(submitted.first)
    assert reason(partial(submitted.send_back, submitted.first)) == OVER
    assert TaskState.objects.get().status == TaskState.STATUS_APPROVED


@pytest.mark.django_db
def test_version_with_errors_is_not_approved(submitted: Submitted, monkeypatch: pytest.MonkeyPatch) -> None:
    revision = submitted.first
    content = {**revision.content, "facets": []}
    Revision.objects.filter(pk=revision.pk).update(content=content)
    assert reason(partial(submitted.approve, revision)) != ""
    assert (submitted.live, TaskState.objects.get().status) == (None, TaskState.STATUS_IN_PROGRESS)


def action(submitted: Submitted, name: str, task: TaskState) -> str:
    return reverse("wagtailadmin_pages:workflow_action", args=[submitted.page.pk, name, task.pk])


@pytest.mark.django_db
def test_wagtails_own_approval_publishes_the_reviewed_version(submitted: Submitted) -> None:
    submitted.page.specific.save_revision()
    signed_in(submitted.reviewer).post(action(submitted, "approve", TaskState.objects.get()), {"comment": ""})
    assert submitted.live == submitted.first.pk


@pytest.mark.django_db
def test_wagtails_own_approval_of_a_version_that_was_replaced_does_nothing(submitted: Submitted) -> None:
    old = TaskState.objects.get()
    submitted.submit(" 2")
    client = signed_in(submitted.reviewer)
    client.post(action(submitted, "approve", old), {"comment": ""})
    assert submitted.live is None
    assert sorted(TaskState.objects.values_list("status", flat=True)) == ["cancelled", "in_progress"]


@pytest.mark.django_db
@pytest.mark.parametrize("first", ["approve", "reject"])
@pytest.mark.parametrize("second", ["approve", "reject"])
def test_decision_from_what_was_read_before_another_is_refused(submitted: Submitted, first: str, second: str) -> None:
    # Two of Wagtail's requests that have both read the step before either wrote it.
    one, other = TaskState.objects.get(), TaskState.objects.get()
    one.task.specific.on_action(one, submitted.reviewer, first, comment="One.")
    with pytest.raises(outcomes.ReviewMovedOn) as refusal:
        other.task.specific.on_action(other, submitted.reviewer, second, comment="Other.")
    assert refusal.value.messages == ["Somebody else has decided about this version meanwhile."]
    task = TaskState.objects.get()
    assert (task.comment, submitted.live) == ("One.", submitted.first.pk if first == "approve" else None)


@pytest.mark.django_db
def test_pages_of_the_source_are_published_as_wagtail_does_it(course: FixtureCourse) -> None:
    editor, administrator = make_editor(), make_administrator()
    page = course.units["online-safety"]
    page.title = "Written"
    page.save_revision(user=editor)
    workflow = make_team(course).workflow
    workflow.start(page, editor)
    page.title = "Written again"
    latest = page.save_revision(user=administrator)
    TaskState.objects.get().approve(user=administrator)
    page.refresh_from_db()
    assert (page.live_revision, page.title) == (latest, "Written again")


def tried(act: Callable[[], Any]) -> Callable[[], str]:
    """Return an act that says how it ended."""

    def run() -> str:
        try:
            act()
        except (NotReadyError, outcomes.ReviewMovedOn):
            return "refused"
        return "done"

    return run


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_at_once_come_to_one_outcome(submitted: Submitted) -> None:
    said = run_together(
        [tried(partial(submitted.approve, submitted.first)), tried(partial(submitted.send_back, submitted.first))] * 2
    )
    assert sorted(said) == ["done", "refused", "refused", "refused"]
    task = TaskState.objects.get()
    assert (task.status == TaskState.STATUS_APPROVED) == (submitted.live == submitted.first.pk)
    assert task.status in {TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED}


@pytest.mark.django_db(transaction=True)
def test_approval_and_a_new_submission_at_once_come_to_one_outcome(submitted: Submitted) -> None:
    translate(submitted.unit, "nl", mark=" 2")
    said = run_together([tried(partial(submitted.approve, submitted.first)), tried(submitted.submit)])
    waiting = waiting_for_review(submitted.unit.translation_key, "nl")
    assert waiting is not None
    assert (said[1], waiting.revision.pk > submitted.first.pk) == ("done", True)
    assert submitted.live == (submitted.first.pk if said[0] == "done" else None)


@pytest.mark.django_db(transaction=True)
def test_publication_and_a_submission_at_once_leave_no_review_of_what_is_public(course: FixtureCourse) -> None:
    unit, team = course.units["online-safety"], make_team(course, above=course.part)
    translate(unit, "nl")
    named = {"page_key": unit.translation_key, "language": "nl"}
    keep_draft(page_key=unit.translation_key, language="nl", person=make_translator(team))
    began, submitted = threading.Event(), threading.Event()

    def publish() -> None:
        def wait() -> None:
            # Here it has been seen that nobody submitted it. Whom a lock keeps away does not come.
            began.set()
            submitted.wait(5 * MOMENT)

        with after('FROM "wagtailcore_workflowstate"', wait):
            publish_translation(**named, person=make_reviewer(team))

    def submit() -> None:
        began.wait(LONG)
        submit_translation(**named, person=make_translator(team))
        submitted.set()

    assert run_together([tried(publish), tried(submit)]) == ["done", "done"]
    page = Page.objects.get(translation_key=unit.translation_key, locale__language_code="nl")
    waiting = waiting_for_review(**named)
    assert waiting is not None
    assert waiting.revision.pk > page.live_revision_id


@pytest.mark.django_db(transaction=True)
def test_wagtails_approval_and_a_new_submission_at_once_come_to_one_outcome(submitted: Submitted) -> None:
    translate(submitted.unit, "nl", mark=" 2")
    task = TaskState.objects.get()

    def approve_there() -> None:
        task.task.specific.on_action(task, submitted.reviewer, "approve")

    said = run_together([tried(approve_there), tried(submitted.submit)])
    waiting = waiting_for_review(submitted.unit.translation_key, "nl")
    assert waiting is not None
    assert (said[1], waiting.revision.pk > submitted.first.pk) == ("done", True)
    assert submitted.live == (submitted.first.pk if said[0] == "done" else None)
