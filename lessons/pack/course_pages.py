"""The page types of the course and the rules for their keys."""

from django.utils.translation import gettext as _

from lessons.models import CoursePage, FacilitatorNotesPage, GlossaryPage, LessonPage, PartPage, UnitPage
from lessons.pack.page_types import register_page_type
from openmuseums.competences.guide import get_guide
from quizzes.models import BankPage, QuizPage


def register_course_pages() -> None:
    """Let packs hold the pages of the course."""
    register_page_type("course", CoursePage, key_rule=course_key)
    register_page_type("lesson", LessonPage, key_rule=lesson_key)
    register_page_type("part", PartPage, key_rule=part_key)
    register_page_type("unit", UnitPage, key_rule=unit_key)
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
    """Require a unit that the guide has in the lesson or part above."""
    chapter = next((chapter for chapter in get_guide().chapters if chapter.key == parent_slug), None)
    return _among([unit.key for unit in chapter.units] if chapter else [], key, slug)


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
