"""The two registries of kinds."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.template.loader import get_template

from quizzes.blocks.registry import QUESTION_BLOCKS, question_blocks
from quizzes.questions.choosing import FOREIGN
from quizzes.questions.registry import GRADERS, KINDS, fault_of, is_complete, share_of
from tests.answers import choice_question, given

TESTS = Path(__file__).parent


def test_registries_know_the_same_kinds() -> None:
    assert set(KINDS) == set(QUESTION_BLOCKS) == set(GRADERS)
    assert {"single_choice", "multiple_choice", "true_false"} <= set(KINDS)


def test_blocks_stand_in_their_order() -> None:
    positions = [block.position for _, block in question_blocks()]
    assert positions == sorted(set(positions))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_kind_has_template_icon_and_test(kind: str) -> None:
    block = QUESTION_BLOCKS[kind]()
    assert get_template(block.meta.template)
    assert block.meta.icon != "placeholder"
    assert (TESTS / f"test_{kind}.py").exists()


def test_share_of_nothing_is_nothing_and_of_the_model_answer_everything() -> None:
    question = choice_question("multiple_choice", "ab", "c")
    assert (share_of(question, given(), {}), share_of(question, given("a", "b"), {})) == (0, 1)
    assert (fault_of(question, given()), fault_of(question, given("x"))) == ("", FOREIGN)
    assert (is_complete(question, given()), is_complete(question, given("a"))) == (False, True)


def test_registry_of_questions_needs_no_django() -> None:
    program = "import sys, quizzes.questions.registry; print({'django', 'wagtail'} & set(sys.modules))"
    found = subprocess.run(
        [sys.executable, "-c", program], cwd=TESTS.parents[2], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "set()"
