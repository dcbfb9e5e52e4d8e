"""The feed of a language: pages first published, or changed in meaning, newest first."""

from datetime import UTC, datetime

from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from wagtail.models import Page

from openmuseums.delivery.languages import address_of
from openmuseums.discovery.pages import pages_in

LENGTH = 40


def newest_pages(language: str) -> list[Page]:
    """Return the pages of a language that were last published first or changed in meaning, newest first."""
    return list(pages_in(language).exclude(since=None).order_by("-since", "path")[:LENGTH])


def latest_change(language: str) -> datetime | None:
    """Return when a page of a language last appeared or changed in meaning, or None where there is none."""
    since: datetime | None = (
        pages_in(language).exclude(since=None).order_by("-since").values_list("since", flat=True).first()
    )
    return since


def feed_of(pages: list[Page], *, language: str, site: str) -> str:
    """Return pages as RSS 2.0 in a language, which must be active; `site` is what addresses begin with.

    A change gives an item another id, so that a reader's program shows it anew.
    """
    feed = Rss201rev2Feed(
        title=_("Open Museums: new and changed pages"),
        link=f"{site}{reverse('wagtail_serve', args=[''])}",
        description=_("Pages of the course that are new, or that say something else than before."),
        language=language,
        feed_url=f"{site}{reverse('discovery:feed')}",
    )
    for page in pages:
        address = f"{site}{address_of(page.url_path)}"
        since = page.since.astimezone(UTC)
        feed.add_item(
            title=page.title,
            link=address,
            description=page.search_description,
            unique_id=f"{address}#{since:%Y%m%dT%H%M%SZ}",
            unique_id_is_permalink=False,
            pubdate=page.since,
            categories=[_("New") if is_new(page) else _("Changed")],
        )
    text: str = feed.writeString("utf-8")
    return text


def is_new(page: Page) -> bool:
    """Return whether a page says what it said when it was first published."""
    return bool(page.first_published_at and page.since <= page.first_published_at)
