"""A submitted version of a translation beside the source that it was made from, text by text."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

from wagtail.models import Locale, Page, Revision
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from openmuseums.editorial.publications import Publication
from openmuseums.segments.models import SourceEdition
from openmuseums.segments.synchronising import reworded
from openmuseums.segments.units import anchor_of, plain_text
from openmuseums.translation.comparing import Piece, differences


@dataclass(frozen=True)
class Pair:
    """A text of the source and its translation, as one reads them.

    before: what stands there in the version that is live, where that is something else. is_new: whether the live
    version has nothing there. anchor: the id of the text on pages for translators. pieces: `before` and `translation`
    word by word, where both are there.
    """

    source: str
    translation: str
    anchor: str
    before: str = ""
    is_new: bool = False
    pieces: tuple[list[Piece], list[Piece]] = ([], [])

    @property
    def is_changed(self) -> bool:
        """Return whether the live version says something else, or nothing, there."""
        return bool(self.before) or self.is_new


def pairs_of(revision: Revision, *, live: Revision | None) -> list[Pair]:
    """Return the texts of a version of a translation beside those of its source, in the order of the page."""
    translated = _by_path(revision.as_object())
    source = _by_path(source_of(revision))
    before = _changes(live, translated) if live is not None else {}
    return [
        _pair(path, original or "", text or "", before=before.get((path, text or ""), ""))
        for path, originals in source.items()
        for original, text in zip_longest(originals, translated.get(path, ()))
    ]


def _pair(path: str, original: str, text: str, *, before: str | None) -> Pair:
    """Return a pair. before: what the live version says instead; "" where it says the same, None where nothing."""
    return Pair(
        source=plain_text(original),
        translation=plain_text(text),
        anchor=anchor_of(path, original),
        before=plain_text(before or ""),
        is_new=before is None,
        pieces=differences(before, text) if before else ([], []),
    )


def source_of(revision: Revision) -> Page:
    """Return the page of the source as it was published when a version of a translation was made from it."""
    key = revision.content["translation_key"]
    edition = SourceEdition.objects.filter(stamps__revision=revision).first()
    published = Publication.objects.filter(page_key=key)
    if edition is not None:
        published = published.filter(published_at__lte=edition.published_at)
    newest = published.order_by("pk").last()
    kept = Revision.objects.filter(pk=newest.revision_id).first() if newest else None
    if kept is not None:
        return kept.as_object()
    return Page.objects.get(translation_key=key, locale=Locale.get_default()).specific


def _by_path(page: Page) -> dict[str, list[str]]:
    """Return the texts of a page by content path: one rich text holds many, in its order."""
    found: dict[str, list[str]] = {}
    for path, text in _texts(page):
        found.setdefault(path, []).append(text)
    return found


def _texts(page: Page) -> Iterable[tuple[str, str]]:
    for segment in extract_segments(page):
        if isinstance(segment, StringSegmentValue):
            yield segment.path, segment.string.data
        elif isinstance(segment, OverridableSegmentValue) and isinstance(segment.data, str):
            yield segment.path, segment.data


def _changes(live: Revision, translated: dict[str, list[str]]) -> dict[tuple[str, str], str | None]:
    """Return what stood in the live version, by path and text, where that is not the text; None where nothing did."""
    old = [[path, text] for path, texts in _by_path(live.as_object()).items() for text in texts]
    new = [[path, text] for path, texts in translated.items() for text in texts]
    known = {(path, text) for path, text in old}
    changes: dict[tuple[str, str], str | None] = {(path, text): None for path, text in new if (path, text) not in known}
    return changes | {(path, after): before for path, before, after in reworded(old, new)}
