"""What a rule may ask for of the course as it is now, and what it asks for by each template."""

from collections.abc import Iterable
from uuid import UUID

from openmuseums.learners.outline import Outline, OutlineChapter
from openmuseums.trainers.completing.measuring import Kind
from openmuseums.trainers.completing.ruling import Asked

UNITS, SELF_CHECKS, SESSIONS = "units", "self-checks", "sessions"
SESSIONS_OF_BLENDED = 3


def by_template(template: str, outline: Outline | None) -> list[Asked]:
    """Return what a rule asks for by a template: `reading`, `course` or `blended`. Without a course it is nothing."""
    if outline is None:
        return []
    asked = [units_asked(outline, len(outline.units))] if outline.units else []
    if template != "reading":
        asked += [quiz_asked(chapter, 0) for chapter in chapters_with_quiz(outline)]
    if template == "blended":
        asked.append(sessions_asked(SESSIONS_OF_BLENDED))
    return asked


def units_asked(outline: Outline, needed: int) -> Asked:
    """Return that so many of all units are to be read."""
    return Asked(UNITS, Kind.UNITS, _keys(outline), needed)


def quiz_asked(chapter: OutlineChapter, mark: int) -> Asked:
    """Return that a lesson's quiz is to be passed: with so many per cent, or as the quiz says (0)."""
    page = chapter.quiz.page_key if chapter.quiz else chapter.page_key
    return Asked(quiz_key(chapter), Kind.QUIZ, (page,), mark)


def self_checks_asked(outline: Outline, needed: int) -> Asked:
    """Return that so many questions of units are to be answered right."""
    return Asked(SELF_CHECKS, Kind.SELF_CHECKS, _keys(outline), needed)


def sessions_asked(needed: int) -> Asked:
    """Return that so many sessions are to be attended."""
    return Asked(SESSIONS, Kind.SESSIONS, (), needed)


def chapters_with_quiz(outline: Outline) -> Iterable[OutlineChapter]:
    """Return the chapters that end with a quiz."""
    return [chapter for chapter in outline.chapters if chapter.quiz]


def quiz_key(chapter: OutlineChapter) -> str:
    """Return what the quiz of a lesson is called in lists: the same in every language."""
    return f"quiz-{chapter.key}"[:80]


def self_checks_in(outline: Outline) -> int:
    """Return how many questions there are in units."""
    return sum(len(unit.questions) for unit in outline.units)


def _keys(outline: Outline) -> tuple[UUID, ...]:
    return tuple(unit.page_key for unit in outline.units)
