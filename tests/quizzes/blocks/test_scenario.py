"""Cases: what editors may store under them, and how they are shown."""

import pytest
from django.core.exceptions import ValidationError

from quizzes.blocks.registry import QUESTION_BLOCKS, block_of, questions_of, stored_questions
from tests.factories import multiple_choice, single_choice
from tests.kinds import elements_in, example, faults_in, shown, stream_of


def test_case_is_asked_before_the_questions_under_it() -> None:
    first, second = single_choice("First?"), multiple_choice("Second?")
    stored = example("scenario", title="A quiet Tuesday", prompt="Hardly anybody.", questions=[first, second])
    asked = questions_of(stream_of(stored)[0], page="the page")
    assert [(question.id, question.kind, question.scenario, question.page) for question, _words in asked] == [
        (stored["id"], "scenario", "", "the page"),
        (first["id"], "single_choice", stored["id"], "the page"),
        (second["id"], "multiple_choice", stored["id"], "the page"),
    ]
    assert [words["prompt"] for _question, words in asked] == ["Hardly anybody.", "First?", "Second?"]
    assert (asked[0][0].points, asked[0][0].key) == (0, {})


def test_graded_questions_under_a_case_are_counted() -> None:
    first = single_choice(facet="make")
    stored = example("scenario", questions=[first, example("self_rating")])
    assert list(stored_questions(stored)) == [(first["id"], "make")]


def test_all_kinds_but_a_case_may_stand_under_a_case() -> None:
    below = block_of("scenario").child_blocks["questions"].child_blocks
    assert list(below) == [kind for kind in QUESTION_BLOCKS if kind != "scenario"]


def test_case_without_a_question_is_refused() -> None:
    stored = example("scenario", questions=[])
    assert faults_in(stored) == {"scenario-without-question": "unusable"}
    with pytest.raises(ValidationError):
        block_of("scenario").clean(stream_of(stored)[0].value)


def test_question_under_a_case_that_was_stored_without_id_is_refused() -> None:
    question = single_choice()
    question["value"]["choices"][0].pop("id")
    with pytest.raises(ValueError, match="without an id"):
        questions_of(stream_of(example("scenario", questions=[question]))[0], page="")


@pytest.mark.parametrize(("mode", "level"), [("attempt", "h2"), ("result", "h3"), ("read", "h3")])
def test_case_is_shown_with_its_title_and_without_its_questions(mode: str, level: str) -> None:
    stored = example(
        "scenario", title="A <i>quiet</i> Tuesday", prompt="One.\n\nTwo <i>.", questions=[single_choice("Below?")]
    )
    html = shown(stored, mode)
    assert f"<{level}>A &lt;i&gt;quiet&lt;/i&gt; Tuesday</{level}>" in html
    assert "<p>One.</p>\n\n<p>Two &lt;i&gt;.</p>" in html
    assert "Below?" not in html


def test_preview_shows_the_questions_under_it() -> None:
    question = single_choice("Below?")
    html = stream_of(example("scenario", questions=[question]))[0].render(context={"is_kept": True})
    assert [found["name"] for tag, found in elements_in(html) if tag == "input"] == [f"question-{question['id']}"] * 3
