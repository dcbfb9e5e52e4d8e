"""The questions of the shipped course: enough of them, of many kinds, and none that gives itself away."""

import re
from collections import Counter
from typing import Any

import pytest

from lessons.authoring.coverage import unit_pages
from openmuseums.competences.facets import Facet
from quizzes.blocks.registry import QUESTION_BLOCKS
from quizzes.running.drawing import draw
from quizzes.scoring import Question
from tests.lessons.course.reading import (
    LESSONS,
    bank_questions,
    checks_of,
    page_of,
    quiz_questions,
    read_course,
    topics_of_lesson,
)

SEEDS = 200
UNGRADED = {"self_rating", "reflection"}
EVERY_FEEDBACK = {
    "single_choice": ("choices",),
    "multiple_choice": ("choices",),
    "hotspot": ("choices",),
    "matching": ("pairs",),
    "numeric": ("values",),
    "short_answer": ("answers",),
}


def all_questions() -> list[dict[str, Any]]:
    asked = [question for lesson in LESSONS for question in quiz_questions(lesson) + bank_questions(lesson)]
    return asked + [check for page in unit_pages(read_course()) for check in checks_of(page)]


@pytest.mark.parametrize("lesson", LESSONS)
def test_quiz_has_questions_enough_of_many_kinds(lesson: str) -> None:
    asked = quiz_questions(lesson)
    assert len(asked) >= 24
    assert len({question["type"] for question in asked} - UNGRADED) >= 6
    assert sum(block["type"] == "scenario" for block in page_of(lesson, "quiz").values["questions"]) == 1
    facets = Counter(question["facet"] for question in asked)
    assert {facet for facet in Facet.values if facets[facet] < 4} == set()
    assert max(Counter(question["topic"] for question in asked).values()) <= 2


@pytest.mark.parametrize("lesson", LESSONS)
def test_questions_stay_with_their_lesson(lesson: str) -> None:
    asked = quiz_questions(lesson) + bank_questions(lesson)
    assert [question["prompt"] for question in asked if question["topic"] not in topics_of_lesson(lesson)] == []


def questions_as_drawn(lesson: str) -> list[Question]:
    """Return what an attempt is drawn from, scenarios before their questions."""
    found = []
    for block in page_of(lesson, "quiz").values["questions"]:
        inner = block["questions"] if block["type"] == "scenario" else []
        if inner:
            found.append(as_question(block, scenario=""))
        found += [as_question(question, scenario=block["id"]) for question in inner] or [as_question(block)]
    return found


def as_question(block: dict[str, Any], scenario: str = "") -> Question:
    return Question(
        id=block["id"],
        kind=block["type"],
        facet=block.get("facet", ""),
        topic=block.get("topic", ""),
        points=block.get("points", 0),
        key={},
        scenario=scenario,
    )


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_draw_asks_twelve_and_each_facet_twice(lesson: str) -> None:
    quiz = page_of(lesson, "quiz").values
    assert (quiz["draws"], quiz["draws_each_facet"]) == (12, 2)
    pool = questions_as_drawn(lesson)
    by_id = {question.id: question for question in pool}
    for seed in range(SEEDS):
        ids = draw(pool, quiz["draws"], seed=str(seed), each_facet=quiz["draws_each_facet"])
        asked = [by_id[each] for each in ids if by_id[each].kind != "scenario"]
        assert len(asked) == 12
        facets = Counter(question.facet for question in asked)
        assert {facet for facet in Facet.values if facets[facet] < 2} == set(), f"seed {seed}"
        assert max(Counter(question.topic for question in asked).values()) <= 2, f"seed {seed}"


def test_every_answer_is_explained() -> None:
    silent = []
    for question in all_questions():
        for field in EVERY_FEEDBACK.get(question["type"], ()):
            silent += [question["prompt"] for part in question[field] if not part.get("feedback", "").strip()]
        if question["type"] == "fill_in":
            choices = [choice for gap in question["gaps"] for choice in gap["choices"]]
            silent += [question["prompt"] for choice in choices if not choice.get("feedback", "").strip()]
        if question["type"] == "true_false" and not (question.get("feedback_true") and question.get("feedback_false")):
            silent.append(question["prompt"])
        if question["type"] in {"numeric", "short_answer"} and not question.get("feedback_other"):
            silent.append(question["prompt"])
        if question["type"] == "ordering" and not question.get("feedback"):
            silent.append(question["prompt"])
    assert silent == []


def test_choices_are_three_or_more_and_differ() -> None:
    few = [q["prompt"] for q in all_questions() if "choices" in q and len({c["text"] for c in q["choices"]}) < 3]
    assert few == []


def single_choices(questions: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    return [question["choices"] for question in questions if question["type"] == "single_choice"]


def lengths(choices: list[dict[str, Any]]) -> tuple[int, list[int]]:
    """Return how long the right choice is, and the wrong ones."""
    right = next(len(choice["text"]) for choice in choices if choice["right"])
    return right, [len(choice["text"]) for choice in choices if not choice["right"]]


@pytest.mark.parametrize("lesson", LESSONS)
def test_right_answers_cannot_be_told_by_their_length(lesson: str) -> None:
    pairs = [lengths(choices) for choices in single_choices(quiz_questions(lesson))]
    assert len(pairs) >= 6
    assert sum(right > max(wrong) for right, wrong in pairs) <= len(pairs) * 0.4
    assert sum(right < min(wrong) for right, wrong in pairs) <= len(pairs) * 0.4
    # What the eye sees: a sixth more or less than any other.
    seen = [pair for pair in pairs if pair[0] > max(pair[1]) * 7 / 6 or pair[0] < min(pair[1]) * 5 / 6]
    assert len(seen) <= len(pairs) / 8


def test_right_answers_cannot_be_told_by_their_length_anywhere() -> None:
    pairs = [lengths(choices) for choices in single_choices(all_questions())]
    assert sum(right > max(wrong) for right, wrong in pairs) <= len(pairs) * 0.4
    assert sum(right < min(wrong) for right, wrong in pairs) <= len(pairs) * 0.4


@pytest.mark.parametrize("lesson", LESSONS)
def test_right_answers_stand_in_every_place(lesson: str) -> None:
    choices = single_choices(quiz_questions(lesson))
    places = Counter(next(i for i, choice in enumerate(each) if choice["right"]) for each in choices)
    assert max(places.values()) <= len(choices) * 0.45
    assert len(places) >= 3


def test_true_and_false_are_both_right_somewhere() -> None:
    right = Counter(question["answer"] for question in all_questions() if question["type"] == "true_false")
    assert min(right["true"], right["false"]) >= sum(right.values()) / 4


def test_no_question_is_answered_by_its_own_words() -> None:
    """No right choice shares two words with the question that no wrong one shares."""
    told = []
    for question in all_questions():
        if "choices" not in question:
            continue
        prompt = rare(question["prompt"])
        wrong = set().union(*(rare(choice["text"]) for choice in question["choices"] if not choice["right"]))
        right = [choice["text"] for choice in question["choices"] if choice["right"]]
        told += [(question["prompt"], text) for text in right if len((rare(text) & prompt) - wrong) >= 2]
    assert told == []


def rare(text: str) -> set[str]:
    """Return the words of a text that say something, without their endings."""
    common = {"about", "other", "people", "their", "there", "these", "where", "which", "would"}
    return {re.sub(r"(ings?|ed|es|s)$", "", word) for word in set(re.findall(r"[^\W\d_]{5,}", text.lower())) - common}


def test_no_prompt_is_asked_twice() -> None:
    prompts = Counter(question["prompt"] for question in all_questions())
    assert [prompt for prompt, count in prompts.items() if count > 1] == []


def test_self_checks_are_of_several_kinds_in_each_lesson() -> None:
    for lesson in LESSONS:
        kinds = {
            check["type"]
            for page in unit_pages(read_course())
            if page.path.split("/")[1] == lesson
            for check in checks_of(page)
        }
        assert len(kinds & set(QUESTION_BLOCKS)) >= 3, lesson
