"""The rows of the dashboard: each page in each language, who works on it, and what there is to do."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from wagtail.models import Page

from openmuseums.delivery.languages import own_name
from openmuseums.people.models import User
from openmuseums.segments.states import PageState, State, states_of
from openmuseums.translation.models import Seat
from openmuseums.translation.rights import Rights
from openmuseums.translation.working import SEAT_LASTS

# A chapter of the course (a part or a lesson) stands so deep: below the root, the home page and the course.
_CHAPTER = 4 * Page.steplen
ICONS = {
    State.MISSING: "circle-xmark",
    State.INCOMPLETE: "edit",
    State.BEHIND: "warning",
    State.READY: "circle-check",
    State.IN_REVIEW: "glasses",
    State.LIVE: "success",
    State.LIVE_BEHIND: "history",
}


@dataclass(frozen=True)
class Row:
    """A page in a language as the dashboard shows it.

    chapter: title of the part or lesson that it stands in, empty for what stands above them. person: who works on it;
    None where nobody does. is_mine: whether that is the reader.
    """

    state: PageState
    chapter: str
    rights: Rights
    person: User | None = None
    since: dt.datetime | None = None
    is_mine: bool = False

    @property
    def icon(self) -> str:
        """Return the name of the picture that stands beside the word for its state."""
        return ICONS[self.state.state]

    @property
    def language_name(self) -> str:
        """Return the name of the language in itself."""
        return own_name(self.state.language)

    @property
    def left(self) -> int:
        """Return how many texts are still to translate."""
        return self.state.edition.text_count - self.state.done

    @property
    def is_behind(self) -> bool:
        """Return whether old and new texts of the source can be compared."""
        return self.state.is_behind

    @property
    def is_ready(self) -> bool:
        """Return whether it could go before the public as it is translated now, and would say something new there."""
        state = self.state
        return state.is_complete and not state.is_in_review and (not state.is_live or state.is_behind)

    @property
    def waits_for_review(self) -> bool:
        """Return whether it was submitted, and the reader may decide about it."""
        return self.state.is_in_review and self.rights.may_publish

    @property
    def is_to_do(self) -> bool:
        """Return whether there is something to do for the reader."""
        if self.state.is_in_review:
            return self.waits_for_review
        return self.rights.may_translate and self.state.state is not State.LIVE


@dataclass(frozen=True)
class Totals:
    """What a list of rows comes to."""

    pages: int
    live: int
    words: int
    words_done: int


def rows_of(rights: Mapping[str, Rights], languages: Iterable[str], *, person: Any, now: dt.datetime) -> list[Row]:
    """Return the rows of some languages, by language and in the order of the course."""
    languages = list(languages)
    states = states_of(languages)
    seats = _seats(languages, now)
    titles = {state.source_path: state.title for state in states}
    rows = []
    for state in states:
        seat = seats.get((state.page_key, state.language))
        rows.append(
            Row(
                state=state,
                chapter=titles.get(state.source_path[:_CHAPTER], "") if len(state.source_path) >= _CHAPTER else "",
                rights=rights.get(state.language, Rights()),
                person=seat.person if seat else None,
                since=seat.since if seat else None,
                is_mine=seat is not None and seat.person_id == person.pk,
            )
        )
    return rows


def chapters_of(rows: Iterable[Row]) -> list[str]:
    """Return the titles of the chapters, in the order of the course."""
    return list(dict.fromkeys(row.chapter for row in rows if row.chapter))


def by_page(rows: Iterable[Row]) -> list[list[Row]]:
    """Return the rows of each page together, its languages in their order, in the order of the course."""
    ordered = sorted(rows, key=lambda row: row.state.source_path)
    return [list(found) for _path, found in groupby(ordered, key=lambda row: row.state.source_path)]


def totals_of(rows: Iterable[Row]) -> Totals:
    """Return what rows come to."""
    rows = list(rows)
    return Totals(
        pages=len(rows),
        live=sum(row.state.is_live for row in rows),
        words=sum(row.state.edition.words for row in rows),
        words_done=sum(row.state.words_done for row in rows),
    )


def next_step(rows: Iterable[Row]) -> Row | None:
    """Return what to do next: what was submitted, then pages that readers see behind, then the course in its order.

    What somebody else works on is left to them, but for what they submitted.
    """
    rows = list(rows)
    waiting = [row for row in rows if row.waits_for_review]
    mine = [row for row in rows if row.is_to_do and (row.person is None or row.is_mine)]
    behind = [row for row in mine if row.state.is_live and row.state.is_behind]
    return next(iter([*waiting, *behind, *mine]), None)


def _seats(languages: list[str], now: dt.datetime) -> dict[tuple[UUID, str], Seat]:
    rows = Seat.objects.filter(locale__language_code__in=languages, seen_at__gte=now - SEAT_LASTS)
    return {(seat.page_key, seat.locale.language_code): seat for seat in rows.select_related("person", "locale")}
