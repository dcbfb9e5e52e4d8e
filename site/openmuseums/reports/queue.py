"""The queue of reports: those about one place together, in whatever language they came; the newest place first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from openmuseums.delivery.languages import own_name, source_language
from openmuseums.reports.models import Report
from openmuseums.reports.places import Place, ReportedPage, Wanted, pages_of


class State(models.TextChoices):
    """Whether reports wait for somebody."""

    OPEN = "open", pgettext_lazy("readers’ reports", "Open")
    SETTLED = "settled", pgettext_lazy("readers’ reports", "Settled")
    ALL = "all", pgettext_lazy("readers’ reports", "All")


@dataclass(frozen=True)
class ShownReport:
    """A report, and the page as its reader saw it; None where it is gone."""

    report: Report
    page: ReportedPage | None

    @property
    def url(self) -> str:
        """Return the address of the block on the page that the reader saw, or "" where it cannot be opened."""
        return self.page.url_of(self.report.block_id) if self.page and self.page.is_live else ""

    @property
    def edit_url(self) -> str:
        """Return the address of the block in the editor's form of that page, or "" where the page is gone."""
        if self.page is None:
            return ""
        place = self.page.place(self.report.block_id)
        anchor = f"#block-{place.block_id}-section" if place else ""
        return f"{reverse('wagtailadmin_pages:edit', args=[self.page.page_id])}{anchor}"

    @property
    def language_name(self) -> str:
        """Return the name of the reader's language."""
        return own_name(self.report.language)

    @property
    def text_language_name(self) -> str:
        """Return the name of the language that the words were in, or "" where it was the reader's."""
        report = self.report
        return own_name(report.text_language) if report.text_language != report.language else ""


@dataclass(frozen=True)
class ReportedPlace:
    """A block of a page, or the whole page, with the reports about it, the newest first.

    page: as the source has it, None where it is gone. place: None where the whole page is meant or the block is gone.
    """

    page_key: UUID
    block_id: str
    page: ReportedPage | None
    place: Place | None
    reports: tuple[ShownReport, ...]

    @property
    def open_reports(self) -> tuple[ShownReport, ...]:
        """Return the reports that are open."""
        return tuple(shown for shown in self.reports if shown.report.settled_at is None)


def chosen_reports(*, state: str = State.OPEN, kind: str = "", language: str = "") -> QuerySet[Report]:
    """Return the reports that an editor asks for, of every kind and language where none is named."""
    reports = Report.objects.all()
    if state != State.ALL:
        reports = reports.filter(settled_at__isnull=state == State.OPEN)
    if kind:
        reports = reports.filter(kind=kind)
    if language:
        reports = reports.filter(language=language)
    return reports


def places_in(reports: QuerySet[Report]) -> QuerySet[Any, Any]:
    """Return the places that reports are about, by page and block, that of the newest report first."""
    places = reports.values("page_key", "block_id").annotate(newest=Max("reported_at"))
    return places.order_by("-newest", "page_key", "block_id")


def shown_places(places: Iterable[Mapping[str, Any]], reports: QuerySet[Report]) -> list[ReportedPlace]:
    """Return places with their reports among those asked for: in two queries, however many there are."""
    keys = [(place["page_key"], place["block_id"]) for place in places]
    if not keys:
        return []
    wanted = Q()
    for page_key, block_id in keys:
        wanted |= Q(page_key=page_key, block_id=block_id)
    by_place: defaultdict[tuple[Any, Any], list[Report]] = defaultdict(list)
    for report in reports.filter(wanted).order_by("-reported_at", "-pk"):
        by_place[report.page_key, report.block_id].append(report)
    seen = {(report.page_key, report.language) for found in by_place.values() for report in found}
    pages = pages_of(seen | {(page_key, source_language()) for page_key, _language in seen})
    return [_shown(by_place[key], pages) for key in keys if by_place[key]]


def _shown(reports: list[Report], pages: Mapping[Wanted, ReportedPage]) -> ReportedPlace:
    page_key, block_id = reports[0].page_key, reports[0].block_id
    page = pages.get((page_key, source_language()))
    return ReportedPlace(
        page_key=page_key,
        block_id=block_id,
        page=page,
        place=page.place(block_id) if page else None,
        reports=tuple(ShownReport(report, pages.get((page_key, report.language))) for report in reports),
    )
