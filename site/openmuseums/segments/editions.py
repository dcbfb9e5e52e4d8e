"""Editions of a source: kept whenever it is published with another content, with the sense that its kind of change has.

Translations are behind when their source says something else than the edition they were made from: another digest and
another sense. So publishing anew without a change makes nobody behind, an editorial change leaves translations current,
and who takes a change back has them current again.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from wagtail.models import Page, Revision

from openmuseums.editorial.kinds import ChangeKind
from openmuseums.segments.digests import digest_of
from openmuseums.segments.models import SourceEdition, TranslationStamp
from openmuseums.segments.units import plain_text, units_of

AnswerKeys = Callable[[Page], Mapping[str, str]]
_answer_keys: list[tuple[type[Page], AnswerKeys]] = []
_is_made: ContextVar[bool] = ContextVar("made_from_source", default=False)


def register_answer_keys(model: type[Page], answer_keys: AnswerKeys) -> None:
    """Have an app say what is right in the questions of a page: digests by the ids of questions, in every language."""
    if (model, answer_keys) not in _answer_keys:
        _answer_keys.append((model, answer_keys))


def record_edition(*, page: Page, kind: ChangeKind | None, now: dt.datetime) -> tuple[SourceEdition, bool]:
    """Keep a published source as an edition, unless it is the same as the newest; return that, and whether it is new.

    page: the page of the source as it comes before the public. kind: what its publication counted as; None is MEANING.
    The caller holds the lock of the page, in a transaction.
    """
    digest = digest_of(page)
    newest = SourceEdition.objects.newest(page.translation_key)
    if newest is not None and newest.digest == digest:
        return newest, False
    units = units_of(page)
    texts = [[unit.path, unit.source] for unit in units]
    plain = [plain_text(unit.source) for unit in units if not unit.is_address]
    keys = _answer_keys_of(page)
    edition = SourceEdition.objects.create(
        page_key=page.translation_key,
        number=newest.number + 1 if newest else 1,
        digest=digest,
        sense=_sense(newest, digest, kind or ChangeKind.MEANING, texts) if newest else 1,
        kind=(kind or ChangeKind.MEANING) if newest else "",
        texts=texts,
        text_count=len(plain),
        words=sum(len(text.split()) for text in plain),
        answer_keys=keys,
        keys_digest=_digest(keys),
        published_at=now,
    )
    return edition, True


def stamp(revision: Revision, edition: SourceEdition) -> TranslationStamp:
    """Keep that a revision of a translation was made from an edition."""
    return TranslationStamp.objects.create(revision=revision, edition=edition)


@contextmanager
def making_from_source() -> Iterator[None]:
    """Have the revisions that are saved meanwhile count as made from what the source says now."""
    token = _is_made.set(True)
    try:
        yield
    finally:
        _is_made.reset(token)


def edition_made_from(revision: Revision, page_key: UUID, *, is_followed: bool) -> SourceEdition | None:
    """Return the edition that a new revision of a translation is made from; None where its source was never public.

    is_followed: whether the page is made from its source. A revision of such a page that is saved in any other way
    holds what the one before it held, however much the source has changed since.
    """
    if is_followed and not _is_made.get():
        earlier = TranslationStamp.objects.filter(
            revision__object_id=revision.object_id,
            revision__base_content_type=revision.base_content_type_id,
            edition__page_key=page_key,
        )
        before = earlier.order_by("revision_id").select_related("edition").last()
        if before is not None:
            return before.edition
    return SourceEdition.objects.newest(page_key)


def _sense(newest: SourceEdition, digest: str, kind: ChangeKind, texts: list[list[str]]) -> int:
    """Return the number of the sense of an edition that follows another."""
    if kind is ChangeKind.EDITORIAL:
        return newest.sense
    if kind is ChangeKind.ANSWER_KEY and newest.texts == texts:
        return newest.sense
    editions = SourceEdition.objects.filter(page_key=newest.page_key)
    before = editions.filter(digest=digest).order_by("number").first()
    if before is not None:
        return before.sense
    return max(editions.values_list("sense", flat=True)) + 1


def _answer_keys_of(page: Page) -> dict[str, str]:
    return {
        question: key
        for model, answer_keys in _answer_keys
        if isinstance(page, model)
        for question, key in answer_keys(page).items()
    }


def _digest(value: Any) -> str:
    canonical = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
