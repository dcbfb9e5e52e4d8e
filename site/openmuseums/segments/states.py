"""How each page stands in each language: missing, incomplete, behind, ready, in review, live, or live and behind.

Nothing of it is stored: it follows from the newest edition of the source, the edition that each revision was made from,
and the translations that are kept. Three queries, however many pages and languages.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Sum, TextField, Value
from django.db.models.functions import Cast, Length, Replace
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, WorkflowState
from wagtail_localize.models import StringTranslation

from openmuseums.segments.lagging import lag_began
from openmuseums.segments.models import SourceEdition


class State(StrEnum):
    """How a page stands in a language."""

    MISSING = "missing"
    INCOMPLETE = "incomplete"
    BEHIND = "behind"
    READY = "ready"
    IN_REVIEW = "in-review"
    LIVE = "live"
    LIVE_BEHIND = "live-behind"

    @property
    def label(self) -> Any:
        """Return it in words."""
        return _LABELS[self]


_LABELS = {
    State.MISSING: _("Missing"),
    State.INCOMPLETE: _("Incomplete"),
    State.BEHIND: _("Behind"),
    State.READY: _("Ready"),
    State.IN_REVIEW: _("In review"),
    State.LIVE: _("Live"),
    State.LIVE_BEHIND: _("Live and behind"),
}


@dataclass(frozen=True)
class Made:
    """The edition of its source that a revision of a translation was made from."""

    number: int
    digest: str
    sense: int
    keys_digest: str

    def is_behind(self, newest: SourceEdition) -> bool:
        """Return whether the source says something else by now."""
        return self.sense != newest.sense and self.digest != newest.digest


@dataclass(frozen=True)
class PageState:
    """A page of the source and how it stands in a language.

    source_id, target_id: pages; the second is None where there is none yet. done: texts of `edition.text_count` that
    are translated; machine: how many of them a machine translated and nobody has looked at. words_done: about how many
    words of `edition.words` stand in the texts that are translated. live, draft: the editions that what is public, and
    the latest revision, were made from; None where that is not known. behind_since: when the source began to say
    something else than what is live, without a break until now.
    """

    page_key: UUID
    language: str
    title: str
    source_id: int
    source_path: str
    edition: SourceEdition
    done: int
    machine: int
    words_done: int
    target_id: int | None = None
    is_live: bool = False
    has_draft: bool = False
    is_in_review: bool = False
    live: Made | None = None
    draft: Made | None = None
    behind_since: dt.datetime | None = None

    @property
    def is_complete(self) -> bool:
        """Return whether every text is translated."""
        return self.done >= self.edition.text_count

    @property
    def is_behind(self) -> bool:
        """Return whether what is live, or else the draft, says something else than the source."""
        made = self.live if self.is_live else self.draft
        return made is not None and made.is_behind(self.edition)

    @property
    def is_reworded(self) -> bool:
        """Return whether only editorial changes lie between what is live and its source."""
        return bool(self.is_live and self.live and not self.is_behind and self.live.digest != self.edition.digest)

    @property
    def has_keys_to_confirm(self) -> bool:
        """Return whether right answers changed since what is live was made."""
        return bool(self.is_live and self.live and self.live.keys_digest != self.edition.keys_digest)

    @property
    def state(self) -> State:
        """Return the one word for it."""
        if self.is_in_review:
            return State.IN_REVIEW
        if self.is_live:
            return State.LIVE_BEHIND if self.is_behind else State.LIVE
        if self.target_id is None and not self.done:
            return State.MISSING
        if self.is_complete:
            return State.READY
        return State.BEHIND if self.is_behind else State.INCOMPLETE


def states_of(languages: Iterable[str], keys: Iterable[UUID] | None = None) -> list[PageState]:
    """Return how the published pages of the source stand in some languages, in the order of the tree, by language.

    keys: translation keys of the pages asked about; None is all.
    """
    languages = list(languages)
    editions = _editions(keys)
    done = _done(languages, keys)
    targets = _targets(languages, keys)
    return [
        PageState(
            page_key=edition.page_key,
            language=language,
            title=edition.title,
            source_id=edition.source_id,
            source_path=edition.source_path,
            edition=edition,
            **_counted(edition, done.get((edition.page_key, language), (0, 0, 0))),
            **targets.get((edition.page_key, language), {}),
        )
        for language in languages
        for edition in editions
    ]


def outdated_drafts(language: str, keys: Iterable[UUID]) -> set[UUID]:
    """Return the pages whose latest revision in a language was made from another edition than the newest.

    Words or values may differ: also an editorial change counts.
    """
    return {
        found.page_key
        for found in states_of([language], keys)
        if found.draft is not None and found.draft.digest != found.edition.digest
    }


def _counted(edition: SourceEdition, counts: tuple[int, int, int]) -> dict[str, Any]:
    """Return how much of a page is translated, as fields of `PageState`; never more than there is."""
    done, machine, words = counts
    if done >= edition.text_count:
        return {"done": edition.text_count, "machine": machine, "words_done": edition.words}
    return {"done": done, "machine": machine, "words_done": min(words, edition.words)}


def state_of(page_key: UUID, language: str) -> PageState | None:
    """Return how a page stands in a language; None where the source is not public."""
    return next(iter(states_of([language], [page_key])), None)


def _editions(keys: Iterable[UUID] | None) -> list[Any]:
    """Return the newest edition of each page of the source that is public, with the page's `title`, id and path."""
    sources = Page.objects.filter(
        translation_key=OuterRef("page_key"), locale__language_code=settings.LANGUAGE_CODE, live=True, alias_of=None
    )
    newest = SourceEdition.objects.filter(page_key=OuterRef("page_key")).order_by("-number").values("number")[:1]
    rows = SourceEdition.objects.filter(number=Subquery(newest)).annotate(
        source_id=Subquery(sources.values("pk")[:1]),
        title=Subquery(sources.values("title")[:1]),
        source_path=Subquery(sources.values("path")[:1]),
    )
    if keys is not None:
        rows = rows.filter(page_key__in=list(keys))
    return list(rows.filter(source_id__isnull=False).defer("texts", "answer_keys").order_by("source_path"))


def _done(languages: list[str], keys: Iterable[UUID] | None) -> dict[tuple[UUID, str], tuple[int, int, int]]:
    """Return how many texts of each page are translated, how many by a machine alone, and of how many words.

    Joined and not asked of each row: a database that knows little of its tables yet would ask row by row.
    """
    rows = StringTranslation.objects.filter(
        context__stringsegment__string=F("translation_of"),
        context__stringsegment__source__locale__language_code=settings.LANGUAGE_CODE,
        locale__language_code__in=languages,
        has_error=False,
    )
    if keys is not None:
        rows = rows.filter(context__object_id__in=list(keys))
    counted = rows.values("context__object_id", "locale__language_code").annotate(
        done=Count("pk", distinct=True),
        machine=Count("pk", distinct=True, filter=Q(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE)),
        words=Sum(_words("translation_of__data")),
    )
    return {
        (row["context__object_id"], row["locale__language_code"]): (row["done"], row["machine"], row["words"])
        for row in counted
    }


def _words(field: str) -> Any:
    """Return about how many words a text holds, as the database can count them: by its spaces."""
    plain = Replace(F(field), Value("<a id="), Value("<a"))
    return Length(plain) - Length(Replace(plain, Value(" "), Value(""))) + Value(1, output_field=IntegerField())


def _targets(languages: list[str], keys: Iterable[UUID] | None) -> dict[tuple[UUID, str], dict[str, Any]]:
    """Return what there is of each page in each language, as fields of `PageState`."""
    reviews = WorkflowState.objects.filter(
        object_id=Cast(OuterRef("pk"), TextField()),
        base_content_type__app_label=Page._meta.app_label,
        base_content_type__model=Page._meta.model_name,
        status=WorkflowState.STATUS_IN_PROGRESS,
    )
    rows = Page.objects.filter(locale__language_code__in=languages, alias_of=None)
    if keys is not None:
        rows = rows.filter(translation_key__in=list(keys))
    fields = ("number", "digest", "sense", "keys_digest")
    found = {}
    for row in rows.values(
        "pk",
        "translation_key",
        "live",
        "has_unpublished_changes",
        language=F("locale__language_code"),
        in_review=Exists(reviews),
        since=lag_began("live_revision__stamp__edition__"),
        **{f"live_{name}": F(f"live_revision__stamp__edition__{name}") for name in fields},
        **{f"draft_{name}": F(f"latest_revision__stamp__edition__{name}") for name in fields},
    ):
        live, draft = _made(row, "live"), _made(row, "draft")
        found[row["translation_key"], row["language"]] = {
            "target_id": row["pk"],
            "is_live": row["live"],
            "has_draft": row["has_unpublished_changes"],
            "is_in_review": row["in_review"],
            "live": live if row["live"] else None,
            "draft": draft,
            "behind_since": row["since"] if row["live"] else None,
        }
    return found


def _made(row: dict[str, Any], name: str) -> Made | None:
    if row[f"{name}_number"] is None:
        return None
    return Made(*(row[f"{name}_{field}"] for field in ("number", "digest", "sense", "keys_digest")))
