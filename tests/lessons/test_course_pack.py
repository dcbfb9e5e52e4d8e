"""The course that the project ships: whole, taught as the guide says, with questions that test and do not tell."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings, settings
from wagtail.models import Page

from lessons.models import LessonPage, UnitPage
from lessons.pack.checking import check_pack
from lessons.pack.content import PackContent, PageContent
from lessons.pack.dumping import dump_course
from lessons.pack.markup import Html
from lessons.pack.reading import read_pack
from openmuseums.competences.facets import Facet
from openmuseums.competences.guide import get_guide
from openmuseums.editorial.checks import errors_of
from quizzes.blocks.registry import QUESTION_BLOCKS
from tests.packs import files_of, load, load_and_keep, rows_of_everything

COURSE = Path(settings.PROJECT_DIR) / "lessons" / "course"
PLACEHOLDER = re.compile(r"lorem|ipsum|\bTODO\b|\bTBD\b|coming soon|placeholder|to be written|\bxxx+\b", re.IGNORECASE)
FIGURES = {"chart", "diagram"}


@cache
def read_course() -> PackContent:
    return check_pack(read_pack(COURSE))


@pytest.fixture
def content(db: None) -> PackContent:
    """Return the course as it stands in its files."""
    return read_course()


def pages(content: PackContent, kind: str) -> list[PageContent]:
    return [page for page in content.pages if page.type.name == kind]


def below(content: PackContent, lesson: str, kind: str) -> list[PageContent]:
    return [page for page in pages(content, kind) if page.parent and page.parent.slug == lesson]


def texts(value: Any, name: str = "") -> Iterator[str]:
    """Yield every text that a reader reads."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in {"id", "type", "topics", "address", "source_address", "kind", "level", "image", "diagram"}:
                yield from texts(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, name)
    elif isinstance(value, str):
        yield unescape(re.sub(r"<[^>]+>", " ", value)) if isinstance(value, Html) else value


def words(value: Any) -> int:
    return sum(len(text.split()) for text in texts(value))


def blocks_of(page: PageContent, *kinds: str) -> list[dict[str, Any]]:
    return [block for block in page.values.get("body", []) if block["type"] in kinds]


def questions(content: PackContent, lesson: str) -> list[dict[str, Any]]:
    (quiz,) = below(content, lesson, "quiz")
    return quiz.values["questions"]


@pytest.mark.django_db
@pytest.mark.xdist_group("shipped course")
def test_course_loads_publishes_everything_and_dumps_to_the_same_bytes(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    report = load_and_keep(COURSE)
    assert (report.kept, report.removed, report.not_in_pack, report.remarks) == ([], [], [], [])
    assert Page.objects.filter(depth__gt=1, live=False).count() == 0
    assert [page.title for page in Page.objects.filter(depth__gt=1).specific() if errors_of(page)] == []
    for language, _name in settings.LANGUAGES:
        lessons, units = (model.objects.filter(locale__language_code=language) for model in (LessonPage, UnitPage))
        assert (language, lessons.count(), units.count()) == (language, 5, 24)
    before = rows_of_everything()
    assert load(COURSE).changed is False
    assert rows_of_everything() == before
    dump_course(tmp_path / "dump")
    shipped = {name: data for name, data in files_of(COURSE).items() if not name.endswith(".md")}
    assert files_of(tmp_path / "dump") == shipped


def test_course_has_all_that_the_guide_has_in_its_order(content: PackContent) -> None:
    (course,) = pages(content, "course")
    chapters = [page for page in course.children if page.type.name != "glossary"]
    assert [page.slug for page in chapters] == [chapter.key for chapter in get_guide().chapters]
    for page, chapter in zip(chapters, get_guide().chapters, strict=True):
        units = [child.slug for child in page.children if child.type.name == "unit"]
        assert units == [unit.key for unit in chapter.units]
        assert [child.slug for child in page.children if child.type.name == "quiz"] == (
            ["quiz"] if chapter.number else []
        )


def test_every_unit_has_text_outcomes_an_activity_and_facets(content: PackContent) -> None:
    units = pages(content, "unit")
    assert len(units) == 24
    thin = {
        unit.path: found
        for unit in units
        if (found := words([unit.values["lead"], *(block for block in blocks_of(unit, "rich_text", "callout"))])) < 150
    }
    assert thin == {}
    assert {
        unit.path: len(unit.values["outcomes"]) for unit in units if not 2 <= len(unit.values["outcomes"]) <= 4
    } == {}
    assert [unit.path for unit in units if len(blocks_of(unit, "activity")) != 1] == []
    assert [unit.path for unit in units if not unit.values["facets"] or not unit.values["minutes_to_read"]] == []


def test_every_lesson_has_a_plan_for_two_hours_tied_to_its_own_units(content: PackContent) -> None:
    """A group works with at least three units of the lesson, and in at least three forms, and has a break."""
    for lesson in get_guide().lessons:
        (notes,) = below(content, lesson.key, "notes")
        steps = notes.values["plan"]
        assert (notes.values["minutes"], notes.values["group_min"], notes.values["group_max"]) == (120, 6, 30)
        assert sum(step["minutes"] for step in steps) == 120
        used = {step["unit"] for step in steps if step.get("unit")}
        assert used <= {unit.key for unit in lesson.units}
        assert len(used) >= 3
        assert len({step["form"] for step in steps}) >= 3
        assert any(step.get("unit") is None for step in steps)
        assert sum(bool(step.get("online")) for step in steps) >= 3
        assert sum(bool(step.get("small_group") or step.get("large_group")) for step in steps) >= 3


def test_no_text_stands_for_another(content: PackContent) -> None:
    found = [
        f"{page.path}: {text[:80]}" for page in content.pages for text in texts(page.values) if PLACEHOLDER.search(text)
    ]
    assert found == []


def test_topics_are_taught_in_the_units_that_have_them(content: PackContent) -> None:
    strays = [
        f"{unit.path}: {topic}"
        for unit in pages(content, "unit")
        for block in unit.values["body"]
        for topic in block.get("topics", [])
        if topic not in {known.key for known in get_guide().units[unit.slug].topics}
    ]
    assert strays == []


def test_first_lesson_teaches_each_topic_in_a_block_that_carries_its_key(content: PackContent) -> None:
    wanted = {unit.key: {topic.key for topic in unit.topics} for unit in get_guide().lessons[0].units}
    assert sum(len(topics) for topics in wanted.values()) == 39
    teaching = {
        "rich_text",
        "comparison_table",
        "steps",
        "term",
        "callout",
        "case_study",
        "chart",
        "diagram",
        "quotation",
    }
    taught = {
        unit.slug: {topic for block in blocks_of(unit, *teaching) for topic in block.get("topics", [])}
        for unit in below(content, "marketing", "unit")
    }
    assert taught == wanted


@pytest.mark.parametrize("key", [unit.key for unit in get_guide().lessons[0].units])
def test_unit_of_the_first_lesson_is_written_in_full(content: PackContent, key: str) -> None:
    (unit,) = [unit for unit in below(content, "marketing", "unit") if unit.slug == key]
    assert words([unit.values["lead"], unit.values["body"]]) >= 600
    assert len(blocks_of(unit, *QUESTION_BLOCKS)) >= 2
    cases = blocks_of(unit, "case_study")
    assert cases != []
    assert [case["title"] for case in cases if not case.get("source_title") or not case.get("source_address")] == []
    assert blocks_of(unit, *FIGURES) != []
    assert sum(len(block["items"]) for block in blocks_of(unit, "resources")) >= 3


@pytest.mark.parametrize("lesson", [lesson.key for lesson in get_guide().lessons])
def test_questions_explain_each_choice_and_stay_with_their_lesson(content: PackContent, lesson: str) -> None:
    topics = {
        topic.key
        for chapter in get_guide().lessons
        if chapter.key == lesson
        for unit in chapter.units
        for topic in unit.topics
    }
    asked = questions(content, lesson)
    assert asked != []
    assert [question["prompt"] for question in asked if question["topic"] not in topics] == []
    assert [
        choice["text"] for question in asked for choice in question["choices"] if not choice.get("feedback", "").strip()
    ] == []
    assert [question["prompt"] for question in asked if len({c["text"] for c in question["choices"]}) < 3] == []


def test_quiz_of_the_first_lesson_covers_all_facets(content: PackContent) -> None:
    asked = questions(content, "marketing")
    assert len(asked) >= 12
    assert {question["facet"] for question in asked} == set(Facet.values)


def test_right_answers_cannot_be_told_by_place_or_length(content: PackContent) -> None:
    asked = [question for lesson in get_guide().lessons for question in questions(content, lesson.key)]
    asked += [block for unit in pages(content, "unit") for block in blocks_of(unit, *QUESTION_BLOCKS)]
    single = [question["choices"] for question in asked if question["type"] == "single_choice"]
    assert len(single) >= 20
    places = Counter(next(i for i, choice in enumerate(choices) if choice["right"]) for choices in single)
    assert max(places.values()) <= len(single) / 2
    assert len(places) >= 3
    pairs = [
        (
            next(len(choice["text"]) for choice in choices if choice["right"]),
            [len(choice["text"]) for choice in choices if not choice["right"]],
        )
        for choices in single
    ]
    assert sum(right > max(wrong) for right, wrong in pairs) <= len(single) / 2
    assert sum(right < min(wrong) for right, wrong in pairs) <= len(single) / 2
    # What the eye sees: a sixth more or less than any other.
    seen = [pair for pair in pairs if pair[0] > max(pair[1]) * 7 / 6 or pair[0] < min(pair[1]) * 5 / 6]
    assert len(seen) <= len(single) / 8


def test_no_question_is_answered_by_its_own_words(content: PackContent) -> None:
    """No right choice shares two words with the question that no wrong one shares."""
    asked = [question for lesson in get_guide().lessons for question in questions(content, lesson.key)]
    told = []
    for question in asked:
        prompt = rare(question["prompt"])
        wrong = set().union(*(rare(choice["text"]) for choice in question["choices"] if not choice["right"]))
        right = [choice["text"] for choice in question["choices"] if choice["right"]]
        told += [(question["prompt"], text) for text in right if len((rare(text) & prompt) - wrong) >= 2]
    assert told == []


def rare(text: str) -> set[str]:
    """Return the words of a text that say something, without their endings."""
    common = {"about", "other", "people", "their", "there", "these", "where", "which", "would"}
    return {re.sub(r"(ings?|ed|es|s)$", "", word) for word in set(re.findall(r"[^\W\d_]{5,}", text.lower())) - common}
