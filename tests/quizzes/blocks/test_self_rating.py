"""Self-ratings: how they are shown."""

from django.utils import translation

from quizzes.blocks.registry import block_of
from quizzes.words import Word, plain_words
from tests.answers import given
from tests.kinds import asked, elements_in, example, shown

STORED = example("self_rating", prompt="I can say what our museum is for.")


def test_editors_change_nothing_but_the_statement() -> None:
    assert list(block_of("self_rating").child_blocks) == ["prompt", "facet", "topic"]
    question, words = asked(STORED)
    assert (question.key, words) == ({}, {"prompt": "I can say what our museum is for."})


def test_four_steps_are_offered_with_words() -> None:
    with translation.override("en"):
        html = shown(STORED, "attempt", given("2"))
    inputs = [found for tag, found in elements_in(html) if tag == "input"]
    assert [(found["type"], found["value"], "checked" in found) for found in inputs] == [
        ("radio", "1", False),
        ("radio", "2", True),
        ("radio", "3", False),
        ("radio", "4", False),
    ]
    places = [html.index(step) for step in ("Not yet", "With help", "On my own", "Well enough to teach it to others")]
    assert places == sorted(places)


def test_result_says_what_was_chosen_and_no_verdict() -> None:
    with translation.override("en"):
        html = shown(STORED, "result", given("4"))
        question, words = asked(STORED)
        summary = block_of("self_rating").summary(question, plain_words(words), given("4"))
    assert "You chose: Well enough to teach it to others" in html
    assert "With help" not in html
    assert summary == [Word("Well enough to teach it to others")]
