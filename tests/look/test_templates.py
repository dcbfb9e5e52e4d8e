"""Every template keeps to the strict policy, names icons that are there, and is written as the tools write it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from openmuseums.components import icon

ROOT = Path(settings.PROJECT_DIR)
TEMPLATES = sorted(
    file for folder in ("site", "lessons", "quizzes") for file in (ROOT / folder).rglob("templates/**/*.html")
)
# What is opened in a mail program, or as a file, is under no policy of the site's and gets no style sheet of its own.
PAGES = [
    file
    for file in TEMPLATES
    if file.parent.name != "letters" and not file.as_posix().endswith(("mail/letter.html", "privacy/export.html"))
]
ICONS = sorted((ROOT / "site" / "openmuseums" / "templates" / "components" / "icons").glob("*.svg"))
FORBIDDEN = {
    "an inline style": re.compile(r"<style|\sstyle\s*="),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)"),
    "an inline handler": re.compile(r"\son[a-z]+\s*="),
    "an address of another scheme": re.compile(r"(?:href|src)\s*=\s*[\"']\s*(?:javascript|data):"),
}


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def test_templates_are_found() -> None:
    assert "site/openmuseums/templates/base.html" in map(name_of, TEMPLATES)


@pytest.mark.parametrize("template", PAGES, ids=name_of)
def test_template_has_nothing_inline(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


def test_icons_that_templates_name_are_there() -> None:
    named = {
        found for template in TEMPLATES for found in re.findall(r'{% icon "([\w-]+)" %}', template.read_text("utf-8"))
    }
    assert named - {file.stem for file in ICONS} == set()


@pytest.mark.parametrize("file", ICONS, ids=lambda file: file.stem)
def test_icon_is_hidden_and_takes_the_colour_of_its_words(file: Path) -> None:
    tag = re.match(r"<svg ([^>]*)>", icon(file.stem))
    assert tag is not None
    assert tag[1] == (
        'class="icon" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        'aria-hidden="true" focusable="false"'
    )


@pytest.mark.parametrize(
    "tool",
    [["djade", "--check", "--target-version", "5.2"], ["djhtml", "--check", "--tabwidth", "2"]],
    ids=lambda tool: tool[0],
)
def test_templates_are_written_as_the_tools_write_them(tool: list[str]) -> None:
    program = Path(sys.executable).with_name(tool[0])
    done = subprocess.run([program, *tool[1:], *TEMPLATES], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
