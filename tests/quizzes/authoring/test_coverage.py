"""Which topics and facets the questions of a quiz and its bank cover."""

import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import escape

from openmuseums.competences.guide import get_guide
from quizzes.authoring.coverage import Cell, coverage_of
from quizzes.models import QuizPage
from tests.factories import FixtureCourse, block, make_bank, make_editor, signed_in, single_choice


def question(topic: str, facet: str, difficulty: str = "") -> dict[str, Any]:
    return block("single_choice", {"topic": topic, "facet": facet, "difficulty": difficulty})


def test_questions_are_counted_by_topic_facet_and_difficulty() -> None:
    own = [question("swot", "use", "hard"), question("swot", "use", "easy"), question("smart", "make")]
    case = block("scenario", {"title": "A case", "questions": [question("swot", "use", "easy")]})
    found = coverage_of(key="marketing", own=own, beside=[case])
    rows = {row.topic: row for row in found.rows}
    topics = get_guide().topics

    assert [row.topic for row in found.rows] == [
        topic.label for unit in get_guide().lessons[0].units for topic in unit.topics
    ]
    swot, smart = rows[topics["swot"].label], rows[topics["smart"].label]
    assert swot.cells == (Cell(2, 1, (("easy", 2), ("hard", 1))), Cell(), Cell(), Cell())
    assert smart.cells == (Cell(), Cell(), Cell(1), Cell())
    assert found.totals == (Cell(2, 1, (("easy", 2), ("hard", 1))), Cell(), Cell(1), Cell())
    assert found.total == Cell(3, 1, (("easy", 2), ("hard", 1)))
    assert [cell.is_gap for cell in found.totals] == [False, True, False, True]


def test_topics_of_other_lessons_follow() -> None:
    foreign = get_guide().lessons[1].units[0].topics[0]
    found = coverage_of(key="marketing", own=[question(foreign.key, "use")], beside=[question("gone", "use")])
    assert [(row.topic, row.total) for row in found.rows if not row.total.is_gap] == [
        (foreign.label, Cell(1)),
        ("gone", Cell(0, 1)),
    ]
    assert [row.topic for row in found.rows][-2:] == [foreign.label, "gone"]


def test_quiz_without_a_known_lesson_has_the_topics_it_asks_about() -> None:
    found = coverage_of(key="", own=[question("swot", "use")], beside=[])
    assert [(row.topic, row.total) for row in found.rows] == [(get_guide().topics["swot"].label, Cell(1))]


def panel_in(html: str) -> list[list[str]]:
    """Return the table of the panel: a list of cells a row, without markup."""
    table = re.search(r'aria-label="Topics by facets">(.*?)</table>', html, re.DOTALL)
    assert table
    rows = re.findall(r"<tr>(.*?)</tr>", table[1], re.DOTALL)
    return [
        [
            " ".join(re.sub(r"<[^>]*>", "", cell).split())
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        for row in rows
    ]


@pytest.mark.parametrize("is_bank", [False, True])
def test_form_shows_the_table_with_gaps_in_words(course: FixtureCourse, *, is_bank: bool) -> None:
    bank = make_bank(course.lessons[0], questions=[single_choice("Of the bank?", facet="use")])
    quiz = QuizPage.objects.get(pk=course.quizzes["marketing"].pk)
    quiz.draws_from_bank = True
    quiz.save_revision()
    page = bank if is_bank else quiz
    browser = signed_in(make_editor())
    html = browser.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    rows = panel_in(html)
    assert rows[0] == ["Topic", "Use", "Manage", "Make", "Understand", "All"]
    swot = get_guide().topics["swot"].label
    counts = ["1 + 1", "0 + 1", "0 + 1", "none", "1 + 3"] if is_bank else ["1 + 1", "1", "1", "none", "3 + 1"]
    assert next(row for row in rows if row[0] == swot) == [swot, *counts]
    assert len(rows) == 3
    assert rows[-1][4] == "No question"
    gaps = [topic.label for unit in get_guide().lessons[0].units for topic in unit.topics if topic.label != swot]
    assert f"{len(gaps)} topics have no question</summary>" in html
    assert "".join(f"<li>{escape(gap)}</li>" for gap in gaps) in html
