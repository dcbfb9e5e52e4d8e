"""The style sheet for authors: one page, the same in the CMS and in the pack."""

from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from lessons.authoring.style_sheet import STYLE_SHEET, TITLE, style_sheet_as_markdown
from tests.factories import FixtureCourse, make_editor, signed_in

IN_THE_PACK = Path(settings.PROJECT_DIR) / "lessons" / "course" / "STYLE.md"


def test_pack_holds_the_words_of_the_cms() -> None:
    with translation.override("en"):
        assert IN_THE_PACK.read_text(encoding="utf-8") == style_sheet_as_markdown()


def test_style_sheet_is_one_page() -> None:
    with translation.override("en"):
        assert len(style_sheet_as_markdown().split()) <= 600


def test_editor_finds_every_rule_in_the_help_of_the_cms(course: FixtureCourse) -> None:
    editor = signed_in(make_editor())
    page = editor.get(reverse("lessons_admin:style-sheet")).content.decode()
    rules = [rule for chapter in STYLE_SHEET for rule in (chapter.heading, *chapter.rules)]
    assert [rule for rule in rules if str(escape(rule)) not in page] == []
    home = editor.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("lessons_admin:style-sheet") in home
    assert str(TITLE) in home
