"""What the units of the shipped course teach, how they read, and what stands on each."""

import math
import re
from collections import Counter
from typing import Any

import pytest

from lessons.authoring.coverage import PageFigures, cover_topics, measure_pages, prose_of, unit_pages
from lessons.authoring.prose import words_of
from lessons.pack.content import PageContent
from openmuseums.competences.facets import Facet
from openmuseums.competences.guide import get_guide
from tests.lessons.course.reading import (
    LESSONS,
    UNITS,
    blocks_of,
    checks_of,
    page_of,
    pages,
    pages_of_unit,
    read_course,
    texts,
)

PARTNERS = {"GR", "IT", "ES", "NL"}
COMPETENCE_LEVELS = ("beginning", "sound", "strong")
# A printed sheet: its prompts and ruled lines fit on two sides of A4.
LINES_ON_A_SHEET = 76


def figures() -> list[PageFigures]:
    return measure_pages(read_course())


def test_topics_are_taught_in_the_units_that_have_them() -> None:
    strays = [
        f"{page.path}: {topic}"
        for page in unit_pages(read_course())
        for block in page.values["body"]
        for topic in block.get("topics", [])
        if topic not in {known.key for known in get_guide().units[page.values["key"]].topics}
    ]
    assert strays == []


def test_every_topic_is_taught_in_ninety_words_or_more() -> None:
    thin = {topic.key: topic.words for topic in cover_topics(read_course()) if topic.words < 90}
    assert thin == {}


def test_every_topic_is_asked() -> None:
    """In the lesson's quiz, in its bank, or in a self-check; around the lessons in self-checks."""
    assert [topic.key for topic in cover_topics(read_course()) if not topic.asked] == []


def test_pages_have_six_hundred_to_fifteen_hundred_words() -> None:
    assert {page.path: page.words for page in figures() if not 600 <= page.words <= 1500} == {}


def test_sentences_are_short_and_read_easily() -> None:
    """Eighteen words on average; a reading ease of 50 is where newspapers end and official prose begins."""
    long = {page.path: page.words_a_sentence for page in figures() if page.words_a_sentence > 18}
    assert long == {}
    assert {page.path: page.reading_ease for page in figures() if page.reading_ease < 50} == {}


def test_paragraphs_hold_ninety_words_at_most() -> None:
    long = [
        f"{page.path}: {paragraph[:60]}"
        for page in unit_pages(read_course())
        for paragraph in prose_of(page)
        if len(words_of(paragraph)) > 90
    ]
    assert long == []


def test_minutes_are_honest() -> None:
    """A hundred and eighty words a minute; tasks as they say, and two minutes for a self-check."""
    told = {
        page.path: (page.values["minutes_to_read"], page.values["minutes_to_do"]) for page in unit_pages(read_course())
    }
    reckoned = {
        found.path: (
            math.ceil(found.words / 180),
            sum(block["minutes"] for block in blocks_of(page, "activity")) + 2 * found.checks,
        )
        for found, page in zip(figures(), unit_pages(read_course()), strict=True)
    }
    assert told == reckoned


@pytest.mark.parametrize(("chapter", "key"), UNITS)
def test_unit_is_whole(chapter: str, key: str) -> None:
    """Outcomes, facets, a case with its source, an activity with a sheet, self-checks, resources."""
    first, *rest = pages_of_unit(key)
    assert 2 <= len(first.values["outcomes"]) <= 4
    assert [page.values["facets"] for page in rest] == [first.values["facets"] for page in rest]
    assert set(first.values["facets"]) <= set(Facet.values)
    assert first.values["facets"] != []
    together = [first, *rest]
    assert [block["title"] for page in together for block in blocks_of(page, "case_study")] != []
    activities = [block for page in together for block in blocks_of(page, "activity")]
    assert activities != []
    assert [block["title"] for block in activities if not block.get("sheet") or not block.get("for_roles")] == []
    # Two or three as a rule. Around the lessons there is no quiz, so each topic is asked in place.
    most = 4 if chapter in LESSONS else len(get_guide().units[key].topics)
    assert [page.path for page in together if not 2 <= len(checks_of(page)) <= most] == []
    for page in together:
        links = [item for block in blocks_of(page, "resources") for item in block["items"]]
        assert len(links) <= 6
    assert sum(len(block["items"]) for page in together for block in blocks_of(page, "resources")) >= 3


def test_second_parts_belong_to_their_units() -> None:
    seconds = [page for page in unit_pages(read_course()) if page.parent and page.parent.type.name == "unit"]
    assert [page.slug for page in seconds] == ["part-2"] * len(seconds)
    assert [page.values["key"] for page in seconds] == [page.parent.slug for page in seconds if page.parent]


def test_sheets_fit_on_two_sides_of_paper() -> None:
    activities = [block for page in [*unit_pages(read_course())] for block in blocks_of(page, "activity")]
    long = {
        block["title"]: sum(line["lines"] + 1 for line in block["sheet"])
        for block in activities
        if sum(line["lines"] + 1 for line in block["sheet"]) > LINES_ON_A_SHEET
    }
    assert long == {}


@pytest.mark.parametrize("lesson", LESSONS)
def test_cases_come_from_all_partner_countries(lesson: str) -> None:
    countries = Counter(
        block["country"]
        for page in unit_pages(read_course())
        if page.path.split("/")[1] == lesson
        for block in blocks_of(page, "case_study")
    )
    assert set(countries) >= PARTNERS


def test_museums_are_not_told_twice() -> None:
    """A museum may come back in another lesson, but not with the same story."""
    titles = Counter(block["title"] for page in unit_pages(read_course()) for block in blocks_of(page, "case_study"))
    assert [title for title, count in titles.items() if count > 1] == []


@pytest.mark.parametrize("lesson", LESSONS)
def test_lesson_has_one_place_for_a_case_of_each_country(lesson: str) -> None:
    slots = [
        block["slot"]
        for page in unit_pages(read_course())
        if page.path.split("/")[1] == lesson
        for block in blocks_of(page, "local_case")
    ]
    assert len(slots) == 1


@pytest.mark.parametrize("lesson", LESSONS)
def test_lesson_speaks_of_artificial_intelligence(lesson: str) -> None:
    told = [
        page.path
        for page in unit_pages(read_course())
        if page.path.split("/")[1] == lesson
        and any(re.search(r"artificial intelligence", text, re.IGNORECASE) for text in texts(page.values["body"]))
    ]
    assert told != []


@pytest.mark.parametrize("lesson", LESSONS)
def test_lesson_ends_in_a_task_with_four_criteria_in_words(lesson: str) -> None:
    (page,) = [page for page in pages("lesson") if page.slug == lesson]
    (task,) = page.values["final_task"]
    assert len(task["rubric"]) == 4
    assert [
        criterion["criterion"]
        for criterion in task["rubric"]
        if not all(len(words_of(criterion[level])) >= 5 for level in COMPETENCE_LEVELS)
    ] == []
    assert task["sheet"] != []


def test_every_unit_is_drawn_or_tabled_at_least_once() -> None:
    """Something to look at: a diagram, a chart or a table in every unit."""
    bare = [
        key
        for _chapter, key in UNITS
        if not any(blocks_of(page, "diagram", "chart", "comparison_table", "image") for page in pages_of_unit(key))
    ]
    assert bare == []


def test_glossary_explains_a_hundred_and_twenty_terms() -> None:
    (glossary,) = pages("glossary")
    terms = [entry["term"] for entry in glossary.values["terms"]]
    assert len(terms) >= 120
    assert [term for term, count in Counter(terms).items() if count > 1] == []


def test_no_text_holds_a_form_that_the_glossary_avoids() -> None:
    (glossary,) = pages("glossary")
    avoided = [form.strip() for entry in glossary.values["terms"] for form in entry["avoid"].split(",") if form.strip()]
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, avoided))})(?!\w)", re.IGNORECASE)
    found = [
        f"{page.path}: {match.group()}: {text[:60]}"
        for page in read_course().pages
        if page.type.name != "glossary"
        for text in texts(without_names_of_works(page))
        for match in pattern.finditer(text)
    ]
    assert found == []


def without_names_of_works(page: PageContent) -> Any:
    """Return the values of a page without the titles of others' works, which stand as their makers wrote them."""

    def strip(value: Any) -> Any:
        if isinstance(value, dict):
            names = {"source_title", "museum", "person"}
            kept = {key: strip(inner) for key, inner in value.items() if key not in names}
            return {key: inner for key, inner in kept.items() if not (key == "title" and "address" in value)}
        return [strip(inner) for inner in value] if isinstance(value, list) else value

    return strip(page.values)


@pytest.mark.parametrize("lesson", LESSONS)
def test_lesson_opens_with_what_one_will_have_made(lesson: str) -> None:
    (page,) = [page for page in pages("lesson") if page.slug == lesson]
    opening = " ".join(texts(page.values["opening"]))
    assert 120 <= len(words_of(opening)) <= 320
    assert page_of(lesson, "quiz").values["introduction"]
