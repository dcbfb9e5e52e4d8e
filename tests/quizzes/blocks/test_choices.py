"""Question blocks: what editors may store, and how a self-check is shown."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from quizzes.blocks.registry import QUESTION_BLOCKS
from quizzes.models import QuizPage
from tests.factories import choice, multiple_choice, single_choice


def shown(question: dict[str, Any], *, is_kept: bool) -> str:
    child = QuizPage.questions.field.stream_block.to_python([question])[0]
    return child.render(context={"is_kept": is_kept, "block_id": question["id"]})


def test_self_check_in_public_state_is_only_to_be_read() -> None:
    html = shown(single_choice("Which one?"), is_kept=False)
    assert '<p class="prompt">Which one?</p>' in html
    assert re.findall(r"<li>([^<]+)</li>", html) == ["The right one", "A wrong one", "Another"]
    assert "<input" not in html


@pytest.mark.parametrize(("question", "kind"), [(single_choice(), "radio"), (multiple_choice(), "checkbox")])
def test_self_check_in_kept_state_belongs_to_the_form_outside(question: dict[str, Any], kind: str) -> None:
    html = shown(question, is_kept=True)
    inputs = re.findall(r"<input[^>]*>", html)
    key, ids = question["id"], [item["id"] for item in question["value"]["choices"]]
    assert inputs == [
        f'<input type="{kind}" id="choice-{key}-{choice_id}" name="question-{key}" value="{choice_id}"'
        f' form="check-{key}">'
        for choice_id in ids
    ]
    assert "csrf" not in html


@pytest.mark.parametrize("is_kept", [False, True])
def test_self_check_does_not_say_what_is_right(is_kept: bool) -> None:
    assert "Because of what the unit says." not in shown(single_choice(), is_kept=is_kept)


def test_hostile_words_are_escaped() -> None:
    html = shown(single_choice("<script>alert(1)</script>"), is_kept=True)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script" not in html


@pytest.mark.parametrize(
    ("kind", "right", "is_refused"),
    [
        ("single_choice", 0, True),
        ("single_choice", 1, False),
        ("single_choice", 2, True),
        ("multiple_choice", 0, True),
        ("multiple_choice", 1, False),
        ("multiple_choice", 2, False),
    ],
)
def test_block_refuses_a_wrong_number_of_right_choices(kind: str, right: int, is_refused: bool) -> None:
    question = single_choice() if kind == "single_choice" else multiple_choice()
    question["value"]["choices"] = [choice(f"Choice {place}", right=place < right) for place in range(2)]
    block = QUESTION_BLOCKS[kind]()
    value = block.to_python(question["value"])
    if is_refused:
        with pytest.raises(ValidationError) as refused:
            block.clean(value)
        assert list(refused.value.block_errors) == ["choices"]  # type: ignore[attr-defined]
    else:
        assert block.clean(value)["prompt"] == value["prompt"]
