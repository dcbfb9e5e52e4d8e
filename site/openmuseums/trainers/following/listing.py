"""A page of the people of a cohort, with how far each is, and the totals of all who were found."""

import datetime as dt
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from openmuseums.learners.outline import OutlineChapter, get_outline
from openmuseums.trainers.following.counting import (
    Cell,
    Done,
    Totals,
    cells,
    done_before_leaving,
    done_by,
    totals,
    totals_before_leaving,
)
from openmuseums.trainers.following.seeking import IDLE, Sought, people_sought
from openmuseums.trainers.models import Cohort, Participation

A_PAGE = 50


@dataclass(frozen=True)
class Line:
    """Somebody, with how far they are with each lesson. is_idle: without a step for two weeks, and not complete."""

    person: Participation
    cells: list[Cell]
    is_idle: bool


@dataclass(frozen=True)
class Followed:
    """What a trainer sees: the lessons, the totals of all who were found, and a page of them."""

    chapters: tuple[OutlineChapter, ...]
    totals: Totals
    page: "Page[Participation]"
    lines: list[Line]

    @property
    def columns(self) -> int:
        """Return how many columns stand beside a name."""
        return len(self.chapters) + 2

    @property
    def lessons(self) -> list[tuple[OutlineChapter, int]]:
        """Return each lesson with how many have done it."""
        return list(zip(self.chapters, self.totals.lessons, strict=True))


def follow(*, cohort: Cohort, sought: Sought, number: str | None, now: dt.datetime) -> Followed:
    """Return the page with a number of the people whom a filter names."""
    outline = get_outline()
    # What has nothing to be done in it is not followed.
    chapters = tuple(each for each in outline.chapters if each.steps) if outline else ()
    people = people_sought(cohort, sought, now=now)
    if sought.status == Participation.Status.LEFT:
        done = done_before_leaving(people, chapters)
        found = totals_before_leaving(people, done, chapters)
        page = _page(people, found.everybody, number)
    else:
        found = totals(people, chapters)
        page = _page(people, found.everybody, number)
        done = done_by(page.object_list, chapters)
    lines = [Line(row, cells(done.get(row.pk, Done()), chapters), _is_idle(row, now)) for row in page.object_list]
    return Followed(chapters, found, page, lines)


def _page(people: "QuerySet[Participation]", count: int, number: str | None) -> "Page[Participation]":
    pages = Paginator(people, A_PAGE)
    # Counted already.
    pages.count = count
    page = pages.get_page(number)
    page.object_list = list(page.object_list)
    return page


def _is_idle(row: Participation, now: dt.datetime) -> bool:
    since: dt.datetime | None = getattr(row, "idle_since", None)
    is_learning = row.status == Participation.Status.JOINED and row.completed_at is None
    return is_learning and since is not None and since <= now - IDLE
