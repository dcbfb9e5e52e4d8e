"""The list of what ages in the published source of the course: how old it is, and who checked it last."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Locale
from wagtail.permissions import page_permission_policy

from lessons.ageing.checking import checks_of
from lessons.ageing.parts import AgeingPart, ageing_parts
from lessons.models import LessonPage, PartPage, SourceCheck, UnitPage
from openmuseums.delivery.languages import source_language


@dataclass(frozen=True)
class AgeingLine:
    """Something that ages, on its page in its lesson.

    check: the last check of what stands there now. void: the last one of what stood there before, where that is all.
    """

    page: UnitPage
    lesson: LessonPage | PartPage | None
    part: AgeingPart
    check: SourceCheck | None
    void: SourceCheck | None
    today: dt.date

    @property
    def last(self) -> dt.date | None:
        """Return the last day on which it was known to be right, or None where no day is."""
        days = [day for day in (self.part.known_on, self.check and self.check.checked_on) if day]
        return max(days, default=None)

    @property
    def is_due(self) -> bool:
        """Return whether somebody should look: after more than a year, or where no day is known of what leads away."""
        return self.last < a_year_before(self.today) if self.last else self.part.wants_a_day

    @property
    def is_fresh(self) -> bool:
        """Return whether it was checked today."""
        return self.check is not None and self.check.checked_on == self.today

    @property
    def checked_by(self) -> str:
        """Return what Wagtail calls who checked it last, or "" where the account is gone."""
        return get_user_display_name(self.check.by) if self.check and self.check.by else ""

    @property
    def edit_url(self) -> str:
        """Return the address of the block in the editor's form."""
        return f"{reverse('wagtailadmin_pages:edit', args=[self.page.pk])}#block-{self.part.block_id}-section"


def a_year_before(day: dt.date) -> dt.date:
    """Return the same day a year earlier; of 29 February, the day before it."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def chapters() -> list[LessonPage | PartPage]:
    """Return the published lessons and the parts around them, in their order: two queries."""
    live = {"live": True, "locale": Locale.get_default(), "alias_of": None}
    found = [page for model in (LessonPage, PartPage) for page in model.objects.filter(**live)]
    return sorted(found, key=lambda page: page.path)


def editable_units(user: Any) -> Any:
    """Return the published units of the source that somebody may edit, in the order of the course."""
    may_edit = page_permission_policy.instances_user_has_permission_for(user, "change").values("pk")
    units = UnitPage.objects.filter(live=True, locale__language_code=source_language(), alias_of=None)
    return units.filter(pk__in=may_edit).order_by("path")


def ageing_lines(
    units: Iterable[UnitPage], lessons: Iterable[LessonPage | PartPage], *, today: dt.date
) -> list[AgeingLine]:
    """Return all that ages in some units, in their order: one query."""
    units, lessons = list(units), list(lessons)
    checks = checks_of(unit.translation_key for unit in units)
    return [
        _line(unit, next((found for found in lessons if unit.path.startswith(found.path)), None), part, checks, today)
        for unit in units
        for part in ageing_parts(unit.body)
    ]


def _line(unit: UnitPage, lesson: LessonPage | PartPage | None, part: AgeingPart, checks: Any, today: dt.date) -> Any:
    rows = checks.get((unit.translation_key, *part.place), [])
    valid = next((check for check in reversed(rows) if check.digest == part.digest), None)
    return AgeingLine(unit, lesson, part, valid, rows[-1] if rows and valid is None else None, today)
