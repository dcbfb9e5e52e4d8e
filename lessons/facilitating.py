"""Facilitator notes as they are read: each step with its times, and with the unit that it uses."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from lessons.models import FacilitatorNotesPage
from lessons.outline import block_anchor, current_outline, key_of
from openmuseums.learners.outline import Outline, OutlineItem


@dataclass(frozen=True)
class TimedStep:
    """A step of a plan: when it begins and ends, such as 0:45 from the start; and the unit it uses, if it is there."""

    value: Any
    anchor: str
    begins: str
    ends: str
    unit: OutlineItem | None


def notes_context(page: FacilitatorNotesPage, request: HttpRequest) -> dict[str, Any]:
    """Give the notes their lesson, their steps with times, and the units that the steps use, in the lesson's order."""
    outline = current_outline()
    lesson = page.get_parent()
    steps = timed_steps(page, outline)
    used = {step.unit.page_key for step in steps if step.unit}
    return {
        "outline": outline,
        "breadcrumb_chapter": outline.chapter_of(key_of(lesson)) if outline and lesson else None,
        "steps": steps,
        "units": [unit for unit in outline.steps if unit.page_key in used] if outline else [],
    }


def timed_steps(page: FacilitatorNotesPage, outline: Outline | None) -> list[TimedStep]:
    """Return the steps of a plan with the times that follow from their minutes."""
    units = {unit.key: unit for chapter in outline.chapters for unit in chapter.units} if outline else {}
    found = []
    begins = 0
    for child in page.plan:
        ends = begins + (child.value["minutes"] or 0)
        found.append(
            TimedStep(
                value=child.value,
                anchor=block_anchor(child.id or ""),
                begins=_on_the_clock(begins),
                ends=_on_the_clock(ends),
                unit=units.get(child.value["unit"] or ""),
            )
        )
        begins = ends
    return found


def _on_the_clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"
