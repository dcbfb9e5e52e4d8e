"""Every kind of question in a course pack: read, checked, loaded, dumped and loaded again."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from lessons.pack.dumping import dump_course
from lessons.pack.problems import PackError
from quizzes.blocks.registry import QUESTION_BLOCKS
from quizzes.models import QuizPage
from tests.kinds import example
from tests.packs import QUIZ, have_loaded, load

pytestmark = pytest.mark.django_db


def packed(value: Any) -> Any:
    """Return a stored value as a pack has it: without what is empty, the parts of an item beside its id."""
    if isinstance(value, list):
        return [_with_id(each) for each in value]
    return {
        name: packed(part) if isinstance(part, list) else part
        for name, part in value.items()
        if part not in ("", None, [])
    }


def _with_id(item: dict[str, Any]) -> dict[str, Any]:
    kind = {} if item["type"] == "item" else {"type": item["type"]}
    return {"id": item["id"], **kind, **packed(item["value"])}


def every_kind() -> list[dict[str, Any]]:
    """Return a question of each kind; that about a picture is about the pack's own, as the case is."""
    found = []
    for kind in QUESTION_BLOCKS:
        question = _with_id(example(kind))
        if kind in {"hotspot", "scenario"}:
            question["image"] = "coin"
        found.append(question)
    return found


def with_questions(pack: Path, questions: list[dict[str, Any]]) -> None:
    """Have the pack's quiz ask other questions."""
    path = pack / QUIZ
    page = yaml.safe_load(path.read_text(encoding="utf-8"))
    page["questions"] = questions
    path.write_text(yaml.safe_dump(page, allow_unicode=True, sort_keys=False), encoding="utf-8")


def test_every_kind_is_loaded_and_dumped_as_it_was(pack: Path, tmp_path: Path) -> None:
    questions = every_kind()
    with_questions(pack, questions)
    have_loaded(pack)
    stored = QuizPage.objects.get(slug="quiz").questions
    assert [(child.id, child.block_type) for child in stored] == [(asked["id"], asked["type"]) for asked in questions]
    dump_course(tmp_path / "one")
    dumped = yaml.safe_load((tmp_path / "one" / QUIZ).read_text(encoding="utf-8"))
    assert dumped["questions"] == questions
    assert load(tmp_path / "one").updated == []


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("numeric", {"number": "12,5"}),
        ("hotspot", {"left": 900, "width": 200}),
    ],
)
def test_question_that_cannot_be_asked_is_refused_where_it_stands(
    pack: Path, kind: str, change: dict[str, Any]
) -> None:
    questions = every_kind()
    asked = next(question for question in questions if question["type"] == kind)
    asked["values" if kind == "numeric" else "choices"][0] |= change
    with_questions(pack, questions)
    with pytest.raises(PackError) as refused:
        load(pack)
    assert {problem.place.file for problem in refused.value.problems} == {QUIZ}
