"""The pages that the world may know: live, open to everybody, with an address, and no aliases of others; and views."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from openmuseums.delivery.languages import address_of, public_languages
from openmuseums.delivery.pages import DeliveredPage

# What is for everybody in each public language, and no page of the CMS.
VIEWS = ("translation:coverage", "calendars:calendar")


@dataclass(frozen=True)
class KnownPage:
    """A page: its address, the key it shares with its translations, and since when it has said what it says.

    A view has the name of its URL for a key, and no date.
    """

    key: UUID | str
    language: str
    path: str
    since: datetime | None


def pages_in(*languages: str) -> QuerySet[Page]:
    """Return the pages that may be known, in languages."""
    pages: QuerySet[Page] = (
        Page.objects.live()
        .public()
        .type(DeliveredPage)
        .filter(depth__gt=1, locale__language_code__in=languages, alias_of=None)
        .annotate(since=Coalesce("statement__since", "last_published_at"))
    )
    return pages


def known_pages() -> list[KnownPage]:
    """Return all pages that may be known, in the order of the site, language by language: one query, or two."""
    rows = pages_in(*public_languages()).order_by("path")
    fields = ("translation_key", "locale__language_code", "url_path", "since")
    return [
        KnownPage(key, language, _address(path, language), since)
        for key, language, path, since in rows.values_list(*fields)
    ]


def known_views() -> list[KnownPage]:
    """Return the views that may be known, language by language."""
    found = []
    for name in VIEWS:
        for language in public_languages():
            with translation.override(language):
                found.append(KnownPage(name, language, reverse(name), None))
    return found


def _address(url_path: str, language: str) -> str:
    with translation.override(language):
        return address_of(url_path)
