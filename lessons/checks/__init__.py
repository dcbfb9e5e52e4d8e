"""Content checks of the course: of each kind of block, and of what a unit is made of."""

from lessons.checks.cases import check_case, check_places
from lessons.checks.final_task import check_final_task
from lessons.checks.notes import check_notes
from lessons.checks.pages import check_keys, check_unit
from lessons.checks.walking import check_body, check_terms
from lessons.models import CasePage, FacilitatorNotesPage, GlossaryPage, KeyedPage, LessonPage, UnitPage
from openmuseums.editorial.checks import register_check


def register_checks() -> None:
    """Register the checks of this app."""
    register_check(KeyedPage, check_keys)
    register_check(LessonPage, check_final_task)
    register_check(UnitPage, check_unit)
    register_check(UnitPage, check_body)
    register_check(UnitPage, check_places)
    register_check(CasePage, check_case)
    register_check(CasePage, check_body)
    register_check(GlossaryPage, check_terms)
    register_check(FacilitatorNotesPage, check_notes)
