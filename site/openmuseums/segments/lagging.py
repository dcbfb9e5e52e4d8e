"""How far what is live of a page in a language lags behind its source, for whoever shows that page: one query."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery
from wagtail.models import Page

from openmuseums.segments.models import SourceEdition, TranslationStamp

# A page is one object a request: whoever shows parts of it asks once together.
_KEPT = "lag_behind_source"


@dataclass(frozen=True)
class Lag:
    """Two editions of a source: the newest, and the one that what is live in a language was made from."""

    newest: SourceEdition
    made: SourceEdition

    @property
    def is_behind(self) -> bool:
        """Return whether the source says something else by now."""
        return says_something_else(self.newest, self.made)

    @property
    def unconfirmed(self) -> frozenset[str]:
        """Return the ids of questions whose right answers changed; those that only one edition asks are none."""
        then = self.made.answer_keys
        return frozenset(
            question for question, key in self.newest.answer_keys.items() if then.get(question, key) != key
        )

    def behind_since(self) -> dt.datetime | None:
        """Return when the source began to say something else, without a break until now; None where it does not."""
        made = SourceEdition.objects.filter(pk=self.made.pk)
        since: dt.datetime | None = made.values_list(lag_began(), flat=True).get()
        return since

    def unconfirmed_since(self) -> dict[str, dt.datetime]:
        """Return when each key that is not confirmed became another one, by the ids of questions."""
        if not self.unconfirmed:
            return {}
        later = self._later()
        return {
            question: _beginning(later, self._has_another_key(question), self.newest.published_at)
            for question in self.unconfirmed
        }

    def texts(self) -> tuple[list[list[str]], list[list[str]]]:
        """Return the texts of the source as it was, and as it is: pairs of content path and text."""
        kept = dict(SourceEdition.objects.filter(pk__in=[self.made.pk, self.newest.pk]).values_list("pk", "texts"))
        return kept[self.made.pk], kept[self.newest.pk]

    def _has_another_key(self, question: str) -> Callable[[SourceEdition], bool]:
        then = self.made.answer_keys[question]
        return lambda edition: bool(edition.answer_keys.get(question, then) != then)

    def _later(self) -> list[SourceEdition]:
        editions = SourceEdition.objects.filter(page_key=self.newest.page_key, number__gt=self.made.number)
        return list(editions.defer("texts").order_by("-number"))


def lag_of(page: Page) -> Lag | None:
    """Return how far a live translation lags behind; None for what has no source, or whose edition is not known."""
    if _KEPT not in vars(page):
        shown = page.alias_of if page.alias_of_id else page
        vars(page)[_KEPT] = lag_between(shown.translation_key, shown.live_revision_id)
    found: Lag | None = vars(page)[_KEPT]
    return found


def lag_between(page_key: UUID, live_revision_id: int | None) -> Lag | None:
    """Return the same of a page by its translation key and the revision that is live."""
    stamps = TranslationStamp.objects.filter(revision=live_revision_id)
    editions = SourceEdition.objects.filter(page_key=page_key)
    newest = editions.order_by("-number").values("number")[:1]
    rows = list(
        editions.filter(Q(number=Subquery(newest)) | Q(pk__in=stamps.values("edition")))
        .annotate(is_made=Exists(stamps.filter(edition=OuterRef("pk"))))
        .defer("texts")
        .order_by("number")
    )
    made = next((row for row in rows if _is_made(row)), None)
    return Lag(newest=rows[-1], made=made) if made else None


def lag_began(made: str = "") -> Subquery:
    """Return when the newest edition, and all before it without a break, began to say something else than another.

    made: how the rows that are asked for it lead to that other edition, with `__` at its end; empty where they are
    editions. The answer is None where the newest says the same.
    """
    says_the_same = Q(sense=OuterRef(OuterRef(f"{made}sense"))) | Q(digest=OuterRef(OuterRef(f"{made}digest")))
    following = SourceEdition.objects.filter(
        says_the_same, page_key=OuterRef("page_key"), number__gte=OuterRef("number")
    )
    later = SourceEdition.objects.filter(
        ~Exists(following), page_key=OuterRef(f"{made}page_key"), number__gt=OuterRef(f"{made}number")
    )
    return Subquery(later.order_by("number").values("published_at")[:1])


def says_something_else(edition: SourceEdition, made: SourceEdition) -> bool:
    """Return whether an edition says something else than the one that a translation was made from."""
    return edition.sense != made.sense and edition.digest != made.digest


def _is_made(row: Any) -> bool:
    return bool(row.is_made)


def _beginning(
    later: Iterable[SourceEdition], differs: Callable[[SourceEdition], bool], newest: dt.datetime
) -> dt.datetime:
    """Return when the run of editions that differ began; they are given the newest first."""
    began = newest
    for edition in later:
        if not differs(edition):
            break
        began = edition.published_at
    return began
