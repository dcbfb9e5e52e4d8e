"""What a reviewer said of a translation that was returned."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from wagtail.models import Page, TaskState, WorkflowState


@dataclass(frozen=True)
class Remark:
    """A reviewer's comment on a translation: the words, whose they are (may be empty), and when it was returned."""

    text: str
    by: str
    at: dt.datetime


def last_comment(page_key: UUID, language: str) -> Remark | None:
    """Return why a translation was returned; None where it was not, or has been submitted again since."""
    page = Page.objects.filter(translation_key=page_key, locale__language_code=language, alias_of=None).first()
    if page is None:
        return None
    state = (
        WorkflowState.objects.for_instance(page)
        .filter(status=WorkflowState.STATUS_NEEDS_CHANGES)
        .select_related("current_task_state__finished_by")
        .first()
    )
    task = state.current_task_state if state else None
    if task is None or task.status != TaskState.STATUS_REJECTED:
        return None
    return Remark(text=task.comment, by=str(task.finished_by or ""), at=task.finished_at)
