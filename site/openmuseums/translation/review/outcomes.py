"""A review has one outcome: of two who decide at once the second is told, on Wagtail's own ways as well."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState
from wagtail_localize.models import Translation

from openmuseums.editorial.checks import Place
from openmuseums.editorial.gate import NotFitToPublish
from openmuseums.editorial.recording import lock_with_translations

_ENDS = {TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED}


class ReviewMovedOn(NotFitToPublish):
    """Raised where somebody decides about a version that does not wait for a review any longer."""

    def __init__(self, page: Page, reason: str) -> None:
        super().__init__(page, [Place("").error("review-moved-on", reason)])


def is_translation(page: Any) -> bool:
    """Return whether a page is made from the translations of its source's texts."""
    return (
        isinstance(page, Page)
        and Translation.objects.filter(
            source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
        ).exists()
    )


@transaction.atomic
def publish_approved(workflow_state: Any, user: Any) -> None:
    """Publish the version of a translation that its last reviewer approved."""
    page = workflow_state.content_object
    lock_with_translations(page)
    task = TaskState.objects.select_related("revision").get(pk=workflow_state.current_task_state_id)
    if task.status != TaskState.STATUS_APPROVED:
        raise ReviewMovedOn(page, another_version())
    task.revision.publish(user=user)


def refuse_second_outcome(instance: TaskState) -> None:
    """Stop a decision about a version of a translation that has been decided about meanwhile.

    Raises ReviewMovedOn. It takes the locks in the order in which publishing does.
    """
    if not instance.pk or instance.status not in _ENDS:
        return
    page = instance.workflow_state.content_object
    if not is_translation(page):
        return
    with transaction.atomic():
        lock_with_translations(page)
        status = TaskState.objects.filter(pk=instance.pk).values_list("status", flat=True).first()
    if status != TaskState.STATUS_IN_PROGRESS:
        raise ReviewMovedOn(page, another_version() if status == TaskState.STATUS_CANCELLED else decided())


def another_version() -> str:
    """Say that a newer version was submitted."""
    return _("Another version was submitted meanwhile. Read that one before you decide.")


def decided() -> str:
    """Say that somebody else was quicker."""
    return _("Somebody else has decided about this version meanwhile.")
