"""manage.py translations: out, in, and how the languages stand."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.factories import FixtureCourse, make_course_in, make_translation
from tests.packs import rows_of_everything
from tests.translation.bundles.sending import po_with, translation_of

LEAD = "What you get from The digital strategy."


@pytest.fixture
def dutch(course: FixtureCourse) -> FixtureCourse:
    make_translation(course.units["digital-strategy"], "nl")
    return course


def run(*arguments: Any) -> tuple[str, str]:
    """Run the command; return what it says, and why it ends with 1, or an empty text where it does not."""
    out = io.StringIO()
    try:
        call_command("translations", *map(str, arguments), stdout=out, stderr=io.StringIO())
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


def export(path: Path, form: str = "po") -> Path:
    said, error = run("export", "--course", "open-museums", "--locale", "nl", "--format", form, "--output", path)
    assert (said, error) == (f"Written: {path}.\n", "")
    return path


@pytest.mark.parametrize(("form", "name"), [("po", "nl.po"), ("xliff", "nl.xlf")])
def test_export_and_import_touch_no_row(dutch: FixtureCourse, tmp_path: Path, form: str, name: str) -> None:
    path, rows = export(tmp_path / name, form), None
    rows = rows_of_everything()
    said, error = run("import", path)
    assert (error, said.startswith("No translation is new.")) == ("", True)
    assert rows_of_everything() == rows
    before = path.read_bytes()
    assert export(path, form).read_bytes() == before


def test_import_is_told_line_by_line_and_ends_with_a_code(dutch: FixtureCourse, tmp_path: Path) -> None:
    path = export(tmp_path / "nl.po")
    data = po_with(path.read_bytes(), LEAD, "Wat u eraan hebt.")
    path.write_bytes(po_with(data, "The digital strategy", "x" * 256))
    rows = rows_of_everything()
    said, error = run("import", path, "--dry-run")
    assert rows_of_everything() == rows
    assert error == "1 entry was not taken."
    assert "unfit: This translation is too long: 256 characters, of 255 at most. [The digital strategy]" in said
    assert "1 translation is new." in said
    said, error = run("import", path, "--json")
    found = json.loads(said)
    assert (found["written"], [entry["reason"] for entry in found["refused"]]) == (1, ["unfit"])
    assert error == "1 entry was not taken."
    assert translation_of(LEAD) == ["Wat u eraan hebt."]


def test_language_and_course_can_be_said_where_the_file_has_lost_them(dutch: FixtureCourse, tmp_path: Path) -> None:
    path = export(tmp_path / "file.po")
    data = po_with(path.read_bytes(), LEAD, "Wat u eraan hebt.").decode()
    path.write_text(data.partition("\n\n")[2], encoding="utf-8")
    assert run("import", path) == (
        "",
        "The file does not say which language it holds, or none that the course has. Say so by --locale.",
    )
    assert run("import", path, "--locale", "nl", "--course", "open-museums")[1] == ""
    assert translation_of(LEAD) == ["Wat u eraan hebt."]


def test_file_of_another_language_than_said_is_not_taken(dutch: FixtureCourse, tmp_path: Path) -> None:
    path = export(tmp_path / "nl.po")
    said, error = run("import", path, "--locale", "el")
    assert "other-language: This file holds the language “nl”, not “el”." in said
    assert error == "1 entry was not taken."


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["export", "--course", "x", "--locale", "nl", "--output", "x"],
            "There is no course “x”. There are: open-museums.",
        ),
        (["status", "--locale", "fr"], "The course is not translated into “fr”. Languages: el, nl, it, es."),
        (["import", "/nowhere/x.po", "--locale", "nl"], "“/nowhere/x.po” cannot be read: No such file or directory."),
    ],
)
def test_what_cannot_be_done_is_said(dutch: FixtureCourse, arguments: list[str], message: str) -> None:
    said, error = run(*arguments)
    assert said == ""
    if "Languages" not in message:
        assert error == message
    else:
        assert error.startswith("The course is not translated into “fr”.")


def test_status_counts_pages_texts_and_words(course: FixtureCourse) -> None:
    make_course_in(course, "nl", without=(course.quizzes["e-commerce"],))
    found = json.loads(run("status", "--json", "--locale", "nl")[0])
    assert sorted(found) == ["course", "languages"]
    dutch = found["languages"][0]
    assert sorted(dutch) == ["behind_since", "language", "pages", "texts", "words"]
    assert dutch["pages"] == {
        "all": 12, "missing": 1, "incomplete": 0, "behind": 0, "ready": 0, "in-review": 0, "live": 11, "live-behind": 0,
    }  # fmt: skip
    assert dutch["texts"]["machine"] == 0
    assert 0 < dutch["texts"]["all"] - dutch["texts"]["done"] < 60
    assert 0 < dutch["words"]["left"] < dutch["words"]["all"]
    unit = course.units["digital-strategy"]
    unit.lead = "Something quite different."
    unit.save_revision().publish()
    dutch = json.loads(run("status", "--json", "--locale", "nl")[0])["languages"][0]
    assert (dutch["pages"]["live-behind"], dutch["pages"]["live"]) == (1, 10)
    assert dutch["behind_since"]
    lines = run("status")[0].splitlines()
    assert lines[0].split()[:3] == ["language", "missing", "incomplete"]
    assert len({len(line.split()) for line in lines[1:]}) == 1
