"""The page types of the course and the rules for their keys."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from lessons.models import (
    CONTINUATION,
    CoursePage,
    FacilitatorNotesPage,
    GlossaryPage,
    LessonPage,
    PartPage,
    UnitPage,
)
from lessons.pack.content import CHILDREN, PageContent
from lessons.pack.page_types import register_page_type
from openmuseums.competences.guide import get_guide
from quizzes.models import BankPage, QuizPage


def register_course_pages() -> None:
    """Let packs hold the pages of the course."""
    register_page_type("course", CoursePage, key_rule=course_key)
    register_page_type("lesson", LessonPage, key_rule=lesson_key)
    register_page_type("part", PartPage, key_rule=part_key)
    register_page_type("unit", UnitPage, key_rule=unit_key, place_rule=unit_in_place)
    register_page_type("quiz", QuizPage, key_rule=quiz_key)
    register_page_type("bank", BankPage, key_rule=bank_key)
    register_page_type("notes", FacilitatorNotesPage)
    register_page_type("glossary", GlossaryPage)


def course_key(key: str, slug: str, parent_slug: str) -> str:
    """Require the guide's course."""
    return _among([get_guide().course_key], key, slug)


def lesson_key(key: str, slug: str, parent_slug: str) -> str:
    """Require a numbered lesson of the guide."""
    return _among([lesson.key for lesson in get_guide().lessons], key, slug)


def part_key(key: str, slug: str, parent_slug: str) -> str:
    """Require a part around the lessons."""
    return _among([part.key for part in (*get_guide().parts_before, *get_guide().parts_after)], key, slug)


def unit_key(key: str, slug: str, parent_slug: str) -> str:
    """Require a unit that the guide has in the lesson or part above; below a unit, the unit above."""
    if parent_slug == CONTINUATION:
        return _("A unit has two pages at most. Write this in “%(slug)s”.") % {"slug": CONTINUATION}
    if parent_slug in get_guide().units:
        return _second_page(key, slug, parent_slug)
    chapter = next((chapter for chapter in get_guide().chapters if chapter.key == parent_slug), None)
    return _among([unit.key for unit in chapter.units] if chapter else [], key, slug)


def unit_in_place(page: PageContent) -> Iterator[tuple[str, str]]:
    """Require of a unit one second page at most, and that this has the unit's facets and no outcomes."""
    pages = [child for child in page.children if child.type is page.type]
    if len(pages) > 1:
        yield CHILDREN, _("A unit has one second page at most, “%(slug)s”.") % {"slug": CONTINUATION}
    unit = page.parent
    if unit is None or unit.type is not page.type:
        return
    if page.values.get("facets") != unit.values.get("facets"):
        yield (
            "facets",
            _("The second page of a unit has the unit’s facets: %(facets)s.")
            % {"facets": ", ".join(unit.values.get("facets") or ())},
        )
    if page.values.get("outcomes"):
        yield "outcomes", _("Outcomes stand on the first page of the unit, for both. Take them out here.")


def _second_page(key: str, slug: str, unit: str) -> str:
    if key != unit:
        return _("The key of the second page of a unit is the key of the unit, “%(key)s”.") % {"key": unit}
    if slug != CONTINUATION:
        return _("The folder of the second page of a unit is called “%(slug)s”.") % {"slug": CONTINUATION}
    return ""


def quiz_key(key: str, slug: str, parent_slug: str) -> str:
    """Require the key of the lesson above, and the folder that all quizzes have."""
    if key != parent_slug:
        return _("The key of a quiz is the key of its lesson, “%(key)s”.") % {"key": parent_slug}
    return "" if slug == "quiz" else _("The folder of a quiz is called “quiz”.")


def bank_key(key: str, slug: str, parent_slug: str) -> str:
    """Require the key of the lesson above, and the folder that all banks have."""
    if key != parent_slug:
        return _("The key of a bank is the key of its lesson, “%(key)s”.") % {"key": parent_slug}
    return "" if slug == "bank" else _("The folder of a bank is called “bank”.")


def _among(keys: list[str], key: str, slug: str) -> str:
    if key not in keys:
        if not keys:
            return _("The competence guide has no keys for pages in this place.")
        return _("The competence guide has no “%(key)s” in this place. It has: %(keys)s.") % {
            "key": key,
            "keys": ", ".join(keys),
        }
    return (
        ""
        if slug == key
        else _("The key is “%(key)s”, but the folder is called “%(slug)s”.") % {"key": key, "slug": slug}
    )
