"""The gate: nothing with an error in its content gets past it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from openmuseums.editorial.checks import Finding, errors_of


class NotFitToPublish(ValidationError):  # noqa: N818 - it is a refusal, and reads as one
    """Raised instead of publishing a page with errors; carries the page as `page` and them as `findings`."""

    def __init__(self, page: Page, findings: list[Finding]) -> None:
        self.page = page
        self.findings = findings
        super().__init__(
            [
                _("“%(title)s” cannot be published yet.") % {"title": page.title},
                *(finding.message for finding in findings),
            ],
            code="not-fit",
        )


def refuse_unfit(page: Page) -> None:
    """Raise NotFitToPublish where the page's content has errors."""
    errors = errors_of(page)
    if errors:
        raise NotFitToPublish(page, errors)


def refuse_worse(page: Page, public: Page | None) -> None:
    """Raise NotFitToPublish where the page has errors that its public version, if there is one, does not have.

    A rule may have become stricter since a page was published. Moving or locking such a page must still work.
    """
    errors = errors_of(page)
    if not errors:
        return
    known = {finding.identity for finding in errors_of(public)} if public is not None else set()
    new = [finding for finding in errors if finding.identity not in known]
    if new:
        raise NotFitToPublish(page, new)
