"""The page that is checked on every way to the public, and whose texts are cleaned whenever they are stored."""

import logging
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.blocks.list_block import ListValue
from wagtail.blocks.stream_block import StreamValue
from wagtail.fields import RichTextField, StreamField
from wagtail.log_actions import log
from wagtail.models import Page, Revision
from wagtail_localize.fields import SynchronizedField

from openmuseums.editorial.cleaning import clean_html
from openmuseums.editorial.gate import NotFitToPublish, refuse_unfit, refuse_worse
from openmuseums.editorial.panels import FindingsPanel, guarded_edit_handler

logger = logging.getLogger(__name__)

SCHEDULED = "wagtail.publish.scheduled"
REFUSED = "openmuseums.publish.refused"


class GuardedPage(Page):
    """A page whose content is checked on every way to the public.

    No single hook of Wagtail's sees every publication, so both `publish()` and `save()` stand guard.
    """

    override_translatable_fields = [SynchronizedField("slug", overridable=False)]
    content_panels = [FindingsPanel(), *Page.content_panels]

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
                refuse_unfit(revision.as_object())
                super().publish(revision, *args, **kwargs)
        except (NotFitToPublish, ValidationError) as refusal:
            if kwargs.get("log_action") != SCHEDULED:
                raise
            self._give_up_schedule(revision, [str(message) for message in refusal.messages])

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save the page with its texts cleaned.

        Raises NotFitToPublish where errors that the public does not see yet would come before it.
        """
        self.clean_texts()
        if self.live and self._shows_content(kwargs.get("update_fields")):
            refuse_worse(self, self._public_version())
        return super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """Save the page's content, with its texts cleaned, as a revision."""
        self.clean_texts()
        return super().save_revision(*args, **kwargs)

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

    def _public_version(self) -> Page | None:
        if self.pk is None:
            return None
        stored: Page | None = type(self).objects.filter(pk=self.pk, live=True).first()
        return stored

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
