"""The two registries of kinds."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.template.loader import get_template

from quizzes.blocks.registry import QUESTION_BLOCKS, question_blocks
from quizzes.questions.registry import GRADERS, KINDS, accepts, is_right
from quizzes.scoring import Choice, Question

TESTS = Path(__file__).parent


def test_registries_know_the_same_kinds() -> None:
    assert set(KINDS) == set(QUESTION_BLOCKS) == set(GRADERS) == {"single_choice", "multiple_choice"}


def test_blocks_stand_in_their_order() -> None:
    assert [kind for kind, _ in question_blocks()] == ["single_choice", "multiple_choice"]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_kind_has_template_icon_and_test(kind: str) -> None:
    block = QUESTION_BLOCKS[kind]()
    assert get_template(block.meta.template)
    assert block.meta.icon != "placeholder"
    assert (TESTS / f"test_{kind}.py").exists()


def test_accepts_and_is_right_ask_the_kind() -> None:
    question = Question("q", "multiple_choice", "use", "swot", 2, (Choice("a", True), Choice("b", True)))
    assert accepts(question, ["a"])
    assert not is_right(question, ["a"])
    assert is_right(question, ["b", "a"])


def test_registry_of_questions_needs_no_django() -> None:
    program = "import sys, quizzes.questions.registry; print({'django', 'wagtail'} & set(sys.modules))"
    found = subprocess.run(
        [sys.executable, "-c", program], cwd=TESTS.parents[2], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "set()"
