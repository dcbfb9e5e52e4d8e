"""The outline of the course, as learners' records are read against it, and where its topics are taught."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.cache import caches
from django.utils.translation import get_language

from lessons.models import CoursePage, LessonPage, PartPage, UnitPage
from openmuseums.competences.facets import Facet
from openmuseums.competences.guide import get_guide
from openmuseums.delivery.versions import OUTLINE, version_of
from openmuseums.learners.outline import Outline, OutlineChapter, OutlineItem, OutlineQuestion
from quizzes.blocks.registry import QUESTION_BLOCKS
from quizzes.models import QuizPage


@dataclass(frozen=True)
class CourseMap:
    """The course in one language, and the title and address of the first block that teaches each topic."""

    outline: Outline | None
    places: Mapping[str, tuple[str, str]]


# By language: the version that a map was made of, and the map. It spares each process reading the shared cache anew.
_maps: dict[str, tuple[str, CourseMap]] = {}


def current_outline() -> Outline | None:
    """Return the course in the active language, or None where it is not published in it."""
    return current_map().outline


def current_map() -> CourseMap:
    """Return the outline and the places of topics in the active language; no query but after a page has changed."""
    language = get_language() or settings.LANGUAGE_CODE
    version = version_of(OUTLINE)
    made = _maps.get(language)
    if made is None or made[0] != version:
        key = f"course-map:{settings.RELEASE}:{language}:{version}"
        course_map = caches["bodies"].get(key)
        if course_map is None:
            course_map = _draw_map(language)
            caches["bodies"].set(key, course_map)
        _maps[language] = made = (version, course_map)
    return made[1]


def key_of(page: Any) -> UUID:
    """Return the key that records of a page are kept under: an alias shares that of the page it shows."""
    return (page.alias_of if page.alias_of_id else page).translation_key


def block_anchor(block_id: str) -> str:
    """Return the anchor of a block in its unit."""
    return f"b-{block_id[:8]}"


def check_anchor(block_id: str) -> str:
    """Return the anchor of a self-check in its unit."""
    return f"check-{block_id}"


_SHARED = (
    "path", "url_path", "live", "title", "key", "translation_key", "alias_of__translation_key",
    "locale__language_code",
)  # fmt: skip


def _draw_map(language: str) -> CourseMap:
    course = (
        CoursePage.objects.live()
        .filter(key=get_guide().course_key, locale__language_code=language)
        .order_by("path")
        .first()
    )
    parts = course.get_url_parts() if course else None
    if course is None or parts is None:
        return CourseMap(None, {})

    def address_of(row: Any) -> str:
        return f"{parts[2]}{row.url_path[len(course.url_path) :]}"

    chapters = [*_rows(LessonPage, language, "message", *(f"statement_{facet}" for facet in Facet.values))]
    chapters += _rows(PartPage, language)
    units = _Rows(_rows(UnitPage, language, "minutes_to_read", "minutes_to_do", "facets", "body"), language)
    quizzes = _Rows(_rows(QuizPage, language, "questions"), language)
    numbers = {lesson.key: lesson.number for lesson in get_guide().lessons}

    def chapter_of(row: Any) -> OutlineChapter:
        quiz = next((found for found in quizzes.below(row) if _questions(quizzes.source_of(found).questions)), None)
        return OutlineChapter(
            page_key=_key(row),
            key=row.key,
            title=row.title,
            url=address_of(row),
            number=numbers.get(row.key),
            units=tuple(_unit(unit, units.source_of(unit), address_of(unit)) for unit in units.below(row)),
            quiz=_quiz(quiz, quizzes.source_of(quiz), address_of(quiz)) if quiz else None,
            message=getattr(row, "message", ""),
            statements=tuple(
                (facet.value, getattr(row, f"statement_{facet}"))
                for facet in Facet
                if hasattr(row, f"statement_{facet}")
            ),
        )

    taught = sorted((row for row in chapters if _is_shown_below(row, course, language)), key=lambda row: row.path)
    outline = Outline(
        course_key=key_of(course),
        title=course.title,
        url=parts[2],
        chapters=tuple(chapter_of(row) for row in taught),
    )
    places: dict[str, tuple[str, str]] = {}
    for row in taught:
        for unit in units.below(row):
            for topic, block_id in _topics(unit.body):
                places.setdefault(topic, (unit.title, f"{address_of(unit)}#{block_anchor(block_id)}"))
    return CourseMap(outline, places)


def _rows(model: Any, language: str, *fields: str) -> list[Any]:
    # Both languages at once: what is graded is read from the source's pages, whatever the reader's language.
    languages = {language, settings.LANGUAGE_CODE}
    rows = model.objects.filter(locale__language_code__in=languages).order_by("path")
    return list(rows.values_list(*_SHARED, *fields, named=True))


def _key(row: Any) -> UUID:
    return row.alias_of__translation_key or row.translation_key


def _is_shown_below(row: Any, ancestor: Any, language: str) -> bool:
    return bool(row.live and row.locale__language_code == language and row.path.startswith(ancestor.path))


class _Rows:
    """Rows of one model in the reader's and the source's language."""

    def __init__(self, rows: list[Any], language: str) -> None:
        self._rows, self._language = rows, language
        self._sources = {
            row.translation_key: row for row in rows if row.locale__language_code == settings.LANGUAGE_CODE
        }

    def below(self, parent: Any) -> list[Any]:
        """Return what is shown below a page, in the order of the menu."""
        return [row for row in self._rows if _is_shown_below(row, parent, self._language)]

    def source_of(self, row: Any) -> Any:
        """Return the source's row; a page without a source is its own."""
        return self._sources.get(_key(row), row)


def _unit(row: Any, source: Any, url: str) -> OutlineItem:
    return OutlineItem(
        page_key=_key(row),
        key=row.key,
        title=row.title,
        url=url,
        minutes=source.minutes_to_read + source.minutes_to_do,
        facets=tuple(source.facets),
        questions=_questions(source.body),
    )


def _quiz(row: Any, source: Any, url: str) -> OutlineItem:
    questions = _questions(source.questions)
    tested = {question.facet for question in questions}
    return OutlineItem(
        page_key=_key(row),
        key=row.key,
        title=row.title,
        url=url,
        minutes=len(questions),  # about a minute a question
        facets=tuple(facet.value for facet in Facet if facet in tested),
        questions=questions,
    )


def _questions(stream: Any) -> tuple[OutlineQuestion, ...]:
    return tuple(
        OutlineQuestion(block["id"], block["value"].get("facet", ""))
        for block in stream.raw_data
        if block["type"] in QUESTION_BLOCKS
    )


def _topics(stream: Any) -> Iterator[tuple[str, str]]:
    """Yield the topics that blocks teach, with the blocks' ids. Stored values are read as they are: it is cheap."""
    for block in stream.raw_data:
        if block["type"] not in QUESTION_BLOCKS:
            for topic in block["value"].get("topics") or ():
                yield (topic["value"] if isinstance(topic, dict) else topic), block["id"]
