"""A page is public among the pages of its own language alone: a copy that arrives among those of another stays a draft.

Wagtail lets nobody move a page to another language, and asks nothing where one is copied there.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from wagtail.models import Page

from openmuseums.editorial.checks import Finding, Level
from openmuseums.editorial.models import GuardedPage


def check_place(page: GuardedPage) -> Iterator[Finding]:
    """Find a page that stands below one of another language, where its readers are not."""
    parent = _parent_of(page)
    # A new page without a language is given that of its parent when it is saved.
    if parent is None or page.locale_id in {None, parent.locale_id}:
        return
    told = _(
        "This page is in %(language)s and stands among the pages in %(other)s. "
        "Move it to the pages of its own language: only there can it be public."
    )
    names = {"language": str(page.locale), "other": str(parent.locale)}
    yield Finding(Level.ERROR, "other-language", told % names, "title")


def _parent_of(page: Page) -> Page | None:
    """Return the page that a page stands below; None for the home page of a language, and for what has no place yet."""
    if not page.path or page.depth <= 2:
        return None
    parent: Page | None = Page.objects.filter(path=Page._get_basepath(page.path, page.depth - 1)).first()
    return parent
