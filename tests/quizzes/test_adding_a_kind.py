"""CONTRIBUTING says how to add a kind of question. What it says is done here, and is enough."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

ROOT = Path(settings.PROJECT_DIR)
FILES = ["quizzes/questions/year.py", "quizzes/blocks/year.py", "quizzes/templates/quizzes/kinds/year.html"]

# Run where the three files are beside all others. Needs no database.
PROGRAM = """
import json
import django
django.setup()
from django.http import QueryDict
from django.utils.http import urlencode
from lessons.blocks.body import unit_blocks
from quizzes.blocks.registry import block_of
from quizzes.answered import answers_in
from quizzes.models import QuizPage
from quizzes.questions.registry import GRADERS, KINDS, fault_of
from quizzes.scoring import Given, score
from tests.kinds import asked, elements_in, example, shown
from tests.quizzes.blocks import test_every_kind as every_kind

stored = example("year")
question, words = asked(stored)
names = [found["name"] for tag, found in elements_in(shown(stored, "attempt")) if tag == "input"]
parts = {year: answers_in(QueryDict(urlencode([(names[0], year)])))[question.id] for year in ("1829", "1830", "soon")}
given = {year: Given(found, "en") for year, found in parts.items()}
scores = {year: score([question], {question.id: found}, graders=GRADERS, pass_mark=60) for year, found in given.items()}
checks = []
for name, check in sorted(vars(every_kind).items()):
    if name.startswith("test_"):
        asked_of = {mark.args[0]: mark.args[1] for mark in check.pytestmark}
        assert "year" in asked_of["kind"]
        for mode in asked_of.get("mode", [None]):
            check("year", *([mode] if mode else []))
            checks.append(name)
print(json.dumps({
    "found": "year" in KINDS,
    "in_quizzes": "year" in QuizPage._meta.get_field("questions").stream_block.child_blocks,
    "in_units": "year" in dict(unit_blocks()),
    "asked": names == [f"question-{question.id}"],
    "faults": [str(block_of("year").fault_messages.get(fault_of(question, found), "")) for found in given.values()],
    "points": [int(found.points) for found in scores.values()],
    "passed": [found.passed for found in scores.values()],
    "shown": ["1829" in shown(stored, mode, given["1830"]) for mode in every_kind.MODES],
    "checks": len(checks),
}))
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what became of the kind that CONTRIBUTING describes, in a copy of the project that has it."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "quizzes", folder / "quizzes", ignore=shutil.ignore_patterns("__pycache__"))
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.split("## How to add a kind of question")[1].split("\n## ")[0]
    described = re.findall(r"^`(quizzes/[\w/.]+)`.*?```\w+\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)
    assert [name for name, _source in described] == FILES
    for name, source in described:
        assert not (folder / name).exists()
        (folder / name).write_text(source, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (folder, ROOT / "site", ROOT)))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_three_files_are_enough_for_a_kind_to_be_found_asked_graded_and_shown(written: dict[str, Any]) -> None:
    assert written.pop("checks") > len(FILES)
    assert written == {
        "found": True,
        "in_quizzes": True,
        "in_units": True,
        "asked": True,
        "faults": ["", "", "Write a year in digits, such as 1822."],
        "points": [1, 0, 0],
        "passed": [True, False, False],
        # In an attempt, a self-check, to be read, after a self-check; and in a result.
        "shown": [False, False, False, False, True],
    }


def test_files_of_the_kind_are_written_as_all_others(tmp_path: Path) -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for number, source in enumerate(re.findall(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)):
        (tmp_path / f"kind_{number}.py").write_text(source, encoding="utf-8")
    ruff = [str(Path(sys.executable).with_name("ruff"))]
    config = ["--config", str(ROOT / "pyproject.toml"), str(tmp_path)]
    for command in ([*ruff, "check", *config], [*ruff, "format", "--check", *config]):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
