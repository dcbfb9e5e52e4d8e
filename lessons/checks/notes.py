"""What may be wrong with the facilitator notes of a lesson: their times, their group, their steps."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from lessons.checks.walking import check_parts
from lessons.models import FacilitatorNotesPage
from openmuseums.competences.guide import get_guide
from openmuseums.editorial.checks import Finding, Place
from openmuseums.editorial.fields import language_of


def check_notes(page: FacilitatorNotesPage) -> Iterator[Finding]:
    """A lesson has one plan; its steps are whole and their times add up; its group can be one."""
    rival = page.rival()
    if rival is not None:
        yield Place("title").error(
            "second-notes",
            _("The lesson has facilitator notes already: “%(title)s”. Write in those, or take them down first.")
            % {"title": rival.title},
        )
    if page.group_min > page.group_max:
        yield Place("group_min").error(
            "group-upside-down",
            _("A group of at least %(least)s is more than one of at most %(most)s. Turn the two round.")
            % {"least": page.group_min, "most": page.group_max},
        )
    yield from _check_plan(page)


def _check_plan(page: FacilitatorNotesPage) -> Iterator[Finding]:
    if not page.plan:
        yield Place("plan").error("no-plan", _("The plan has no steps. Write what happens, and how long it takes."))
        return
    for child in page.plan:
        place = Place("plan", child.id or "")
        yield from check_parts(child.block, child.value, place, language_of(page), child.block_type)
        unit = child.value["unit"]
        if unit and unit not in get_guide().units:
            yield place.error("unknown-unit", _("The competence guide has no unit “%(unit)s”.") % {"unit": unit})
    if page.minutes_of_steps != page.minutes:
        yield Place("minutes").error(
            "times-do-not-add-up",
            _("The steps take %(steps)s minutes together, but the plan says %(all)s. Mend the one or the other.")
            % {"steps": page.minutes_of_steps, "all": page.minutes},
        )
