"""The gate: nothing with an error in its content gets past it."""

from wagtail.models import Page

from openmuseums.editorial.checks import Finding, errors_of


class NotFitToPublish(Exception):  # noqa: N818 - it is a refusal, and reads as one
    """Raised instead of publishing a page with errors; carries the page as `page` and the errors as `findings`.

    It is no ValidationError on purpose: wagtail-localize would catch that, blame a translator's string for it, and
    leave the string out of the next publication.
    """

    def __init__(self, page: Page, findings: list[Finding]) -> None:
        self.page = page
        self.findings = findings
        super().__init__(" ".join([f"“{page.title}” cannot be published yet.", *self.messages]))

    @property
    def messages(self) -> list[str]:
        """Return what the findings say, in the reader's language."""
        return [str(finding.message) for finding in self.findings]


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
