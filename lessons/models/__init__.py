"""The pages of the course, and what loads leave behind."""

from lessons.models.cases import CasePage, CasesPage, known_slots, slots_in
from lessons.models.checks import SourceCheck
from lessons.models.loads import LoadedField
from lessons.models.notes import FacilitatorNotesPage
from lessons.models.pages import (
    CONTINUATION,
    CoursePage,
    FacetsField,
    GlossaryPage,
    KeyedPage,
    LessonPage,
    Outcome,
    PartPage,
    UnitPage,
)

__all__ = [
    "CONTINUATION",
    "CasePage",
    "CasesPage",
    "CoursePage",
    "FacetsField",
    "FacilitatorNotesPage",
    "GlossaryPage",
    "KeyedPage",
    "LessonPage",
    "LoadedField",
    "Outcome",
    "PartPage",
    "SourceCheck",
    "UnitPage",
    "known_slots",
    "slots_in",
]
