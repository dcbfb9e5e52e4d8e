"""A reviewer approves a version of a translation, which goes before the public, or returns it with a comment."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState

from openmuseums.editorial.gate import NotFitToPublish
from openmuseums.people.models import User
from openmuseums.translation.review.faults import Fault, NotReadyError, refused
from openmuseums.translation.review.outcomes import another_version
from openmuseums.translation.rights import may_publish


@dataclass(frozen=True)
class Waiting:
    """A version of a translation that waits for a review."""

    page: Page
    task: TaskState

    @property
    def revision(self) -> Revision:
        """Return what was submitted."""
        return self.task.revision


def waiting_for_review(page_key: UUID, language: str) -> Waiting | None:
    """Return what was submitted of a page in a language; None where nothing waits."""
    page = Page.objects.filter(translation_key=page_key, locale__language_code=language, alias_of=None).first()
    if page is None or not page.workflow_in_progress:
        return None
    return Waiting(page.specific, page.current_workflow_task_state)


@transaction.atomic
def approve(*, page_key: UUID, language: str, revision_id: int, person: User, comment: str = "") -> Page:
    """Approve the version that was read; it goes before the public unless the review has another step. Return its page.

    Raises PermissionDenied, and NotReadyError where another version waits by now, or none, or the gate refuses it.
    """
    waiting = _waiting(page_key, language, revision_id, person)
    _decide(waiting, "approve", person, comment)
    waiting.page.refresh_from_db()
    return waiting.page


@transaction.atomic
def return_translation(*, page_key: UUID, language: str, revision_id: int, person: User, comment: str) -> Page:
    """Return the version that was read to its translators, with what is to be mended; return its page.

    Raises PermissionDenied, and NotReadyError where there is no comment, or another version waits by now, or none.
    """
    waiting = _waiting(page_key, language, revision_id, person)
    if not comment.strip():
        raise NotReadyError(waiting.page.title, [Fault(_("Write what is to be mended: the translators read it."))])
    _decide(waiting, "reject", person, comment.strip())
    return waiting.page


def _decide(waiting: Waiting, action: str, person: User, comment: str) -> None:
    """Decide as Wagtail does, which takes the locks and sees whether somebody else was quicker."""
    try:
        waiting.task.task.specific.on_action(waiting.task, person, action, comment=comment)
    except (NotFitToPublish, ValidationError) as refusal:
        raise refused(waiting.page.title, refusal) from refusal


def _waiting(page_key: UUID, language: str, revision_id: int, person: User) -> Waiting:
    """Return what waits, where it is what was read."""
    if not may_publish(person, language):
        raise PermissionDenied
    waiting = waiting_for_review(page_key, language)
    if waiting is None:
        page = Page.objects.filter(translation_key=page_key, locale__language_code=language, alias_of=None).first()
        title = page.title if page else ""
        raise NotReadyError(title, [Fault(_("It does not wait for a review any longer: somebody else was quicker."))])
    if waiting.revision.pk != revision_id:
        raise NotReadyError(waiting.page.title, [Fault(another_version())])
    return waiting
