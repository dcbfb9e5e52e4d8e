"""Who is on the list of a session, with what was noted of each: a page of fifty at a time."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, QuerySet, Value, When

from openmuseums.people.models import User
from openmuseums.trainers.models import AttendanceEntry, Participation, Session

A_PAGE = 50
_OF_THE_COHORT = (Participation.Status.JOINED, Participation.Status.PLACED)


@dataclass(frozen=True)
class Line:
    """Somebody on the list, and all that was noted of them, in order; the last entry counts."""

    participation: Participation
    entries: tuple[AttendanceEntry, ...]

    @property
    def mark(self) -> str:
        """Return what counts now: “present”, “absent”, or "" where nothing was noted."""
        if not self.entries:
            return ""
        return "present" if self.entries[-1].is_present else "absent"


def on_the_list(session: Session) -> QuerySet[Participation]:
    """Return who is in the cohort of a session, by the names that they share; then those without one."""
    nameless = Case(When(name="", then=Value(1)), default=Value(0), output_field=IntegerField())
    rows = Participation.objects.filter(cohort=session.cohort, status__in=_OF_THE_COHORT)
    return rows.order_by(nameless, "name", "pk")


def page_of_list(session: Session, number: Any) -> Page[Participation]:
    """Return a page of those on the list."""
    return Paginator(on_the_list(session), A_PAGE).get_page(number)


def lines_of(session: Session, page: Page[Participation]) -> list[Line]:
    """Return a line for each on a page, in two queries."""
    rows = list(page)
    noted: dict[UUID, list[AttendanceEntry]] = {row.pk: [] for row in rows}
    entries = AttendanceEntry.objects.filter(session=session, participation__in=noted).select_related("by")
    for entry in entries.order_by("id"):
        noted[entry.participation_id].append(entry)
    return [Line(row, tuple(noted[row.pk])) for row in rows]


def own_marks(account: User) -> dict[UUID, bool]:
    """Return at which sessions somebody is noted as present, or as absent, in the groups that they take part in."""
    joined = Participation.Status.JOINED
    rows = AttendanceEntry.objects.filter(participation__account=account, participation__status=joined)
    return dict(rows.order_by("id").values_list("session", "is_present"))


def count_present(session: Session) -> int:
    """Return how many of those in the cohort were there."""
    rows = AttendanceEntry.objects.filter(session=session, participation__status__in=_OF_THE_COHORT)
    # Of one who was noted twice the later entry counts.
    last = dict(rows.order_by("id").values_list("participation", "is_present"))
    return sum(last.values())
