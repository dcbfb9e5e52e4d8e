"""The page that is checked on every way to the public, and whose texts are cleaned whenever they are stored."""

import logging
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.blocks.list_block import ListValue
from wagtail.blocks.stream_block import StreamValue
from wagtail.fields import RichTextField, StreamField
from wagtail.log_actions import log
from wagtail.models import Page, Revision, WorkflowState
from wagtail_localize.fields import SynchronizedField

from openmuseums.editorial.cleaning import clean_html
from openmuseums.editorial.gate import NotFitToPublish, refuse_unfit, refuse_worse
from openmuseums.editorial.kinds import ChangeKind
from openmuseums.editorial.panels import FindingsPanel, GuardedPageForm, guarded_edit_handler
from openmuseums.editorial.publications import KindChoice, Publication
from openmuseums.editorial.recording import (
    choose_kind,
    chosen_kind,
    has_kind,
    lock_with_translations,
    log_kind,
    published_last,
    record_publication,
)
from openmuseums.editorial.signals import source_published

__all__ = ["GuardedPage", "KindChoice", "Publication"]

logger = logging.getLogger(__name__)

SCHEDULED = "wagtail.publish.scheduled"
REFUSED = "openmuseums.publish.refused"


class GuardedPage(Page):
    """A page whose content is checked on every way to the public, and whose publications have a kind of change.

    No single hook of Wagtail's sees every publication, so both `publish()` and `save()` stand guard.
    """

    # Written in one language for the readers of that language: it is no translation, and is never translated.
    is_native = False
    # The revision whose content a page in hand is, where that is about to be published.
    judged_revision_id: int | None = None
    # What somebody chose in the form that is being saved; it is kept with the next revision.
    chosen_kind: ChangeKind | None = None

    override_translatable_fields = [SynchronizedField("slug", overridable=False)]
    content_panels = [FindingsPanel(), *Page.content_panels]
    base_form_class = GuardedPageForm

    class Meta:
        abstract = True

    @classmethod
    def get_edit_handler(cls) -> Any:
        """Return the edit form with the count of findings in its first tab."""
        return guarded_edit_handler(cls)

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Publish a revision, or schedule it.

        Raises NotFitToPublish where its content has errors; nothing is changed then. A scheduled revision that is not
        fit any more loses its schedule, which the log says; it raises nothing, so that other pages' schedules are kept.
        """
        try:
            with transaction.atomic():
                lock_with_translations(self)
                judged = revision.as_object()
                judged.judged_revision_id = revision.pk
                refuse_unfit(judged)
                super().publish(revision, *args, **kwargs)
        except (NotFitToPublish, ValidationError) as refusal:
            if kwargs.get("log_action") != SCHEDULED:
                raise
            self._give_up_schedule(revision, [str(message) for message in refusal.messages])

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save the page with its texts cleaned, and where that publishes a revision, keep what kind of change it is.

        Raises NotFitToPublish where errors that the public does not see yet would come before it.
        """
        self.clean_texts()
        if not self.live or not self._shows_content(kwargs.get("update_fields")):
            return super().save(*args, **kwargs)
        public = self._public_version()
        refuse_worse(self, public)
        if not self._publishes(public, kwargs.get("update_fields")):
            return self._save_live(*args, **kwargs)
        with transaction.atomic():
            lock_with_translations(self)
            # Kept first, so that whoever is told of the publication finds its kind.
            publication = record_publication(old=published_last(self), new=self, now=timezone.now())
            saved = super().save(*args, **kwargs)
            log_kind(page=self, publication=publication)
            source_published.send(sender=type(self), page=self, publication=publication)
        return saved

    def _save_live(self, *args: Any, **kwargs: Any) -> Any:
        """Save a page that is public without a revision of its own, as code and Wagtail's tree do."""
        if not has_kind(self):
            return super().save(*args, **kwargs)
        with transaction.atomic():
            lock_with_translations(self)
            saved = super().save(*args, **kwargs)
            source_published.send(sender=type(self), page=self, publication=None)
        return saved

    def update_aliases(self, *, _updated_ids: list[int] | None = None, **kwargs: Any) -> None:
        """Have aliases follow the page, but those in other languages: they would show its words as if translated."""
        foreign = type(self).objects.filter(alias_of=self).exclude(locale=self.locale_id).values_list("pk", flat=True)
        super().update_aliases(_updated_ids=[*(_updated_ids or ()), *foreign], **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """Save the page's content, with its texts cleaned, as a revision, and what was chosen for it with it.

        While a submission is being moderated, what was chosen for it holds for what moderators write as well.
        """
        self.clean_texts()
        kind = self.chosen_kind or self._kind_of_submission()
        self.chosen_kind = None
        revision = super().save_revision(*args, **kwargs)
        if kind is not None and has_kind(self):
            choose_kind(revision=revision, kind=kind, user=kwargs.get("user"), now=timezone.now())
        return revision

    def clean_texts(self) -> None:
        """Clean every rich text of the page, in fields and in streams."""
        deferred = self.get_deferred_fields()
        for field in self._meta.concrete_fields:
            if field.attname in deferred:
                continue
            value = field.value_from_object(self)
            if isinstance(field, RichTextField) and value:
                setattr(self, field.attname, clean_html(value))
            elif isinstance(field, StreamField):
                _unpack(value)

    def _shows_content(self, update_fields: Any) -> bool:
        if update_fields is None:
            return True
        content = {field.name for field in self._meta.concrete_fields} - {field.name for field in Page._meta.fields}
        return bool(set(update_fields) & (content | {"live", "title", "slug"}))

    def _publishes(self, public: Page | None, update_fields: Any) -> bool:
        """Return whether saving puts another revision before the public: each of Wagtail's ways ends in that."""
        if self.live_revision_id is None or not has_kind(self):
            return False
        if update_fields is not None and "live_revision" not in update_fields:
            return False
        return public is None or public.live_revision_id != self.live_revision_id

    def _public_version(self) -> Page | None:
        if self.pk is None:
            return None
        stored: Page | None = type(self).objects.filter(pk=self.pk, live=True).first()
        return stored

    def _kind_of_submission(self) -> ChangeKind | None:
        kind = chosen_kind(self.latest_revision_id) if self.latest_revision_id else None
        if kind is None:
            return None
        state = self.current_workflow_state
        return kind if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS else None

    def _give_up_schedule(self, revision: Revision, reasons: list[str]) -> None:
        revision.approved_go_live_at = None
        revision.save(update_fields=["approved_go_live_at"])
        log(instance=self, action=REFUSED, revision=revision, data={"reasons": reasons})
        logger.warning("Page %s was not published on schedule: %s", self.pk, " ".join(reasons))


def _unpack(value: Any) -> None:
    """Turn a stream's raw data into values: only values are cleaned when they are stored."""
    for part in _parts(value):
        _unpack(part)


def _parts(value: Any) -> Iterator[Any]:
    if isinstance(value, StreamValue):
        yield from (child.value for child in value)
    elif isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, ListValue):
        yield from value
