"""What may be wrong with the final task of a lesson: words that are missing, criteria, a sheet that is too long."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from lessons.blocks.final_task import CRITERIA
from lessons.checks.walking import check_parts
from lessons.models import LessonPage
from openmuseums.editorial.checks import Finding, Place
from openmuseums.editorial.fields import language_of

# As measured on paper: two A4 pages hold the head, the rubric and so many ruled lines, each prompt taking the room of
# one and a quarter.
MOST_LINES = 42
LINES_OF_PROMPT = 1.25


def check_final_task(page: LessonPage) -> Iterator[Finding]:
    """A final task is told in words, looked at by four criteria, and has a sheet of two pages at most."""
    for child in page.final_task:
        place = Place("final_task", child.id or "")
        yield from check_parts(child.block, child.value, place, language_of(page), child.block_type)
        if len(child.value["rubric"]) > CRITERIA:
            yield place.error(
                "too-many-criteria",
                _("A rubric has %(count)s criteria. Keep those that matter most.") % {"count": CRITERIA},
            )
        if _room(child.value) > MOST_LINES:
            yield place.remark(
                "sheet-too-long", _("The sheet takes more than two pages. Ask for less, or leave fewer lines.")
            )


def _room(value: Any) -> float:
    return sum((line["lines"] or 0) + LINES_OF_PROMPT for line in value["sheet"])
