"""What is translated already: the same text elsewhere in the course, with where that is."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, Subquery
from wagtail.models import Page
from wagtail_localize.models import String, StringTranslation

from openmuseums.delivery.languages import source_language


@dataclass(frozen=True)
class Match:
    """A translation of the same text in another place. title: of the page that this is on, as the source calls it."""

    text: str
    page_key: UUID
    path: str
    title: str


def matches_of(texts: Iterable[str], language: str) -> dict[str, list[Match]]:
    """Return what each of some texts of the source is translated as, anywhere, by people; the newest first. One query.

    What a machine made and nobody has looked at is no memory.
    """
    hashes = {String._get_data_hash(text) for text in texts}
    sources = Page.objects.filter(
        translation_key=OuterRef("context__object_id"), locale=OuterRef("translation_of__locale")
    )
    rows = (
        StringTranslation.objects.filter(
            locale__language_code=language,
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            has_error=False,
            context__isnull=False,
            translation_of__locale__language_code=source_language(),
            translation_of__data_hash__in=hashes,
        )
        .annotate(title=Subquery(sources.values("title")[:1]))
        .order_by("-updated_at", "-pk")
        .values_list("translation_of__data", "data", "context__object_id", "context__path", "title")
    )
    found: dict[str, list[Match]] = {}
    for source, text, page_key, path, title in rows:
        if title is not None:  # a page that is gone is no place to look at
            found.setdefault(source, []).append(Match(text, page_key, path, title))
    return found


def offered(matches: Iterable[Match], *, page_key: UUID, path: str, limit: int = 3) -> list[Match]:
    """Return some matches from elsewhere than a place, each text once."""
    found: dict[str, Match] = {}
    for match in matches:
        if (match.page_key, match.path) != (page_key, path):
            found.setdefault(match.text, match)
    return list(found.values())[:limit]
