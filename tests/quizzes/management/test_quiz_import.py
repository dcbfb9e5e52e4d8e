"""manage.py quiz_import and quiz_export."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from quizzes.exchanging.importing import draft_of
from quizzes.models import QuizPage
from tests.factories import FixtureCourse, make_translation

GIFT = "// [id:om-1] [tag:use] [tag:swot]\n::A name::Is it open? {T}\n"
BAD = "\nHalf {=a\n"


@pytest.fixture
def quiz(course: FixtureCourse) -> QuizPage:
    return course.quizzes["marketing"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "questions.gift"
    path.write_text(GIFT, encoding="utf-8")
    return path


def run(*arguments: Any) -> str:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


def count(quiz: QuizPage) -> int:
    return len(draft_of(quiz).questions)


def test_import_says_what_it_did(quiz: QuizPage, file: Path) -> None:
    assert run("quiz_import", file, "--quiz", "marketing").splitlines() == [
        "Not carried: “A name”: name",
        "1 question is new.",
        "Saved as a draft. Publish it in the CMS.",
    ]
    assert count(quiz) == 4


def test_dry_run_saves_nothing_and_reports_in_json(quiz: QuizPage, file: Path) -> None:
    report = json.loads(run("quiz_import", file, "--quiz", "marketing", "--dry-run", "--json"))
    assert report == {
        "saved": False,
        "added": ["A name"],
        "changed": [],
        "same": [],
        "unfinished": [],
        "errors": [],
        "losses": [
            {
                "question": "A name",
                "what": "name",
                "detail": "",
                "message": "“A name”: name",
                "line": 2,
                "column": 1,
            }
        ],
    }
    assert count(quiz) == 3


@pytest.mark.parametrize("extra", [["--dry-run"], []])
def test_fault_is_told_with_line_and_column_and_fails(quiz: QuizPage, file: Path, extra: list[str]) -> None:
    file.write_text(GIFT + BAD, encoding="utf-8")
    out = StringIO()
    with pytest.raises(CommandError) as failed:
        call_command("quiz_import", str(file), "--quiz", "marketing", *extra, stdout=out)
    assert failed.value.returncode == 1
    assert out.getvalue().splitlines()[0] == (
        "questions.gift:4:6: A “}” is missing: the answers do not end, or a blank line cuts the question in two."
    )
    assert count(quiz) == 3


def test_good_part_is_saved_where_that_is_accepted(quiz: QuizPage, file: Path) -> None:
    file.write_text(GIFT + BAD, encoding="utf-8")
    report = json.loads(run("quiz_import", file, "--quiz", "marketing", "--accept-good-part", "--json"))
    assert (report["saved"], len(report["errors"]), count(quiz)) == (True, 1, 4)


def test_export_writes_a_file_that_can_be_taken_again(quiz: QuizPage, tmp_path: Path) -> None:
    path = tmp_path / "quiz.json"
    said = run("quiz_export", "--quiz", "marketing", "--format", "json", "--output", path)
    assert said.splitlines() == [f"{path} is written."]
    assert run("quiz_import", path, "--quiz", "marketing", "--dry-run").splitlines() == [
        "3 questions stay as they are."
    ]


def test_export_reports_losses_in_json(quiz: QuizPage, tmp_path: Path) -> None:
    make_translation(quiz, "nl")
    path = tmp_path / "quiz.xml"
    options = ("--quiz", "marketing", "--format", "moodlexml", "--locale", "nl", "--output", path, "--json")
    report = json.loads(run("quiz_export", *options))
    assert [(loss["question"], loss["what"], loss["message"]) for loss in report["losses"]] == [
        ("What do you make? [nl]", "field", "“What do you make? [nl]”: Points for a part of it"),
        ("", "languages", "other languages (English)"),
    ]
    assert "What do you use first? [nl]" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ["quiz_import", "missing.gift", "--quiz", "marketing"],
        ["quiz_export", "--quiz", "nothing", "--format", "gift", "--output", "x.gift"],
        ["quiz_export", "--quiz", "marketing", "--format", "gift", "--locale", "el", "--output", "x.gift"],
        ["quiz_export", "--quiz", "marketing", "--format", "gift", "--output", "/nowhere/x.gift"],
    ],
)
def test_what_is_not_there_is_told(quiz: QuizPage, arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        run(*arguments)


def test_import_into_an_unknown_quiz_is_told(quiz: QuizPage, file: Path) -> None:
    with pytest.raises(CommandError, match=r"^There is no quiz with the key “nothing”\.$"):
        run("quiz_import", file, "--quiz", "nothing")
