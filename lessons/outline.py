"""The outline of the course, as learners' records are read against it, and where its topics are taught."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.cache import caches
from django.db.models import Case, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from lessons.models import CoursePage, LessonPage, PartPage, UnitPage
from openmuseums.competences.facets import Facet
from openmuseums.competences.guide import get_guide
from openmuseums.delivery.versions import OUTLINE, version_of
from openmuseums.learners.outline import Outline, OutlineChapter, OutlineItem, OutlineQuestion
from quizzes.blocks.registry import QUESTION_BLOCKS
from quizzes.models import QuizPage


@dataclass(frozen=True)
class CourseMap:
    """The course in one language; by topic, unit and section that teach it first, and the address of the block."""

    outline: Outline | None
    places: Mapping[str, tuple[str, str]]


# By language: the version that a map was made of, and the map. It spares each process reading the shared cache anew.
_maps: dict[str, tuple[str, CourseMap]] = {}


def current_outline() -> Outline | None:
    """Return the course in the active language, or None where it is not published in it."""
    return current_map().outline


def current_map() -> CourseMap:
    """Return the outline and the places of topics in the active language: one query after a page has changed."""
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


def _draw_map(language: str) -> CourseMap:
    tree = _Tree(language)
    course = next((row for row in tree.shown("course") if row.key == get_guide().course_key), None)
    if course is None:
        return CourseMap(None, {})
    chapters = tree.shown("lesson", "part", below=course)
    outline = Outline(
        course_key=_key(course),
        title=course.title,
        url=_address(course, language),
        chapters=tuple(_chapter(row, tree, language) for row in chapters),
    )
    places: dict[str, tuple[str, str]] = {}
    for unit in (unit for chapter in chapters for unit in tree.shown("unit", below=chapter)):
        for topic, block_id, section in _topics(unit.unitpage__body):
            title = _("%(unit)s: %(section)s") % {"unit": unit.title, "section": section} if section else unit.title
            places.setdefault(topic, (title, f"{_address(unit, language)}#{block_anchor(block_id)}"))
    return CourseMap(outline, places)


_KINDS = {"course": CoursePage, "lesson": LessonPage, "part": PartPage, "unit": UnitPage, "quiz": QuizPage}


class _Tree:
    """The pages of the course in the reader's and the source's language, read in one query whatever there are."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._rows = self._read()
        self._sources = {
            row.translation_key: row for row in self._rows if row.locale__language_code == settings.LANGUAGE_CODE
        }

    def _read(self) -> list[Any]:
        # A page's row and that of its kind are joined by the links that Django makes from the one to the other.
        links = {kind: model._meta.model_name for kind, model in _KINDS.items()}
        kinds = [When(**{f"{link}__isnull": False}, then=Value(kind)) for kind, link in links.items()]
        fields = [
            *(f"lessonpage__{name}" for name in ("message", *(f"statement_{facet}" for facet in Facet.values))),
            *(f"unitpage__{name}" for name in ("minutes_to_read", "minutes_to_do", "facets", "body")),
            "quizpage__questions",
        ]
        # Both languages at once: what is graded is read from the source's pages, whatever the reader's language.
        rows = (
            Page.objects.filter(locale__language_code__in={self._language, settings.LANGUAGE_CODE})
            .annotate(kind=Case(*kinds), key=Coalesce(*(f"{link}__key" for link in links.values())))
            .filter(kind__isnull=False)
            .order_by("path")
        )
        shared = ("path", "url_path", "live", "title", "translation_key", "alias_of__translation_key")
        return list(rows.values_list(*shared, "locale__language_code", "kind", "key", *fields, named=True))

    def shown(self, *kinds: str, below: Any = None) -> list[Any]:
        """Return the live pages of some kinds in the reader's language (below a page), in the order of the menu."""
        return [
            row
            for row in self._rows
            if row.kind in kinds
            and row.live
            and row.locale__language_code == self._language
            and (below is None or row.path.startswith(below.path))
        ]

    def source_of(self, row: Any) -> Any:
        """Return the source's row; a page without a source is its own."""
        return self._sources.get(_key(row), row)


def _key(row: Any) -> UUID:
    return row.alias_of__translation_key or row.translation_key


def _address(row: Any, language: str) -> str:
    # The first part of a page's path is that of its home page, which no address shows.
    below_home = row.url_path.lstrip("/").partition("/")[2]
    with translation.override(language):
        return reverse("wagtail_serve", args=[below_home])


def _chapter(row: Any, tree: _Tree, language: str) -> OutlineChapter:
    units = [_unit(unit, tree.source_of(unit), language) for unit in tree.shown("unit", below=row)]
    quizzes = [_quiz(quiz, tree.source_of(quiz), language) for quiz in tree.shown("quiz", below=row)]
    return OutlineChapter(
        page_key=_key(row),
        key=row.key,
        title=row.title,
        url=_address(row, language),
        number=next((lesson.number for lesson in get_guide().lessons if lesson.key == row.key), None),
        units=tuple(units),
        # A quiz that asks nothing can be neither taken nor passed.
        quiz=next((quiz for quiz in quizzes if quiz.questions), None),
        message=row.lessonpage__message or "",
        statements=tuple(
            (facet.value, getattr(row, f"lessonpage__statement_{facet}")) for facet in Facet if row.kind == "lesson"
        ),
    )


def _unit(row: Any, source: Any, language: str) -> OutlineItem:
    return OutlineItem(
        page_key=_key(row),
        key=row.key,
        title=row.title,
        url=_address(row, language),
        minutes=source.unitpage__minutes_to_read + source.unitpage__minutes_to_do,
        facets=tuple(source.unitpage__facets),
        questions=_questions(source.unitpage__body),
    )


def _quiz(row: Any, source: Any, language: str) -> OutlineItem:
    questions = _questions(source.quizpage__questions)
    tested = {question.facet for question in questions}
    return OutlineItem(
        page_key=_key(row),
        key=row.key,
        title=row.title,
        url=_address(row, language),
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


def _topics(stream: Any) -> Iterator[tuple[str, str, str]]:
    """Yield the topics that blocks teach, with the blocks' ids and the headings above them ("" before the first).

    Stored values are read as they are: it is cheap.
    """
    section = ""
    for block in stream.raw_data:
        if block["type"] == "heading":
            section = block["value"].get("text", "")
        elif block["type"] not in QUESTION_BLOCKS:
            for topic in block["value"].get("topics") or ():
                yield (topic["value"] if isinstance(topic, dict) else topic), block["id"], section
