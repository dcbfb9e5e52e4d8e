"""The guard that no page passes with an error in its content."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from openmuseums.editorial.checks import Finding, errors_of


class NotFitToPublish(ValidationError):
    """Raised instead of publishing a page with errors; carries them as `findings`."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__(
            [_("This page cannot be published yet."), *(finding.message for finding in findings)], code="not-fit"
        )


class GuardedPage(Page):  # type: ignore[misc]
    """A page whose content is checked on every way to the public.

    No single hook of Wagtail's sees every publication, so both `publish()` and `save()` stand guard.
    """

    override_translatable_fields = [SynchronizedField("slug", overridable=False)]

    class Meta:
        abstract = True

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        """Publish a revision.

        Raises NotFitToPublish where its content has errors; nothing is changed then.
        """
        refuse_unfit(revision.as_object())
        return super().publish(revision, *args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save the page.

        Raises NotFitToPublish where the page would go live with errors in its content.
        """
        if self.live and self._goes_live():
            refuse_unfit(self)
        return super().save(*args, **kwargs)

    def _goes_live(self) -> bool:
        # publish() saves too, after its own check; then the row is already live or the check has just been made.
        return self.pk is None or not type(self).objects.filter(pk=self.pk, live=True).exists()


def refuse_unfit(page: Page) -> None:
    """Raise NotFitToPublish where the page's content has errors."""
    errors = errors_of(page)
    if errors:
        raise NotFitToPublish(errors)
