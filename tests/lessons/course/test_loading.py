"""The course that the project ships: it loads whole, and is what the guide says."""

import re
import shutil
from pathlib import Path

import pytest
from django.conf import LazySettings
from wagtail.models import Page

from lessons.models import LessonPage, UnitPage
from lessons.pack.dumping import dump_course
from openmuseums.competences.guide import get_guide
from openmuseums.delivery.languages import source_language
from openmuseums.editorial.checks import errors_of
from tests.lessons.course.reading import page_of, pages, read_course, texts
from tests.packs import SHIPPED, files_of, load, load_and_keep, rows_of_everything

PLACEHOLDER = re.compile(r"lorem|ipsum|\bTODO\b|\bTBD\b|coming soon|placeholder|to be written|\bxxx+\b", re.IGNORECASE)


@pytest.mark.xdist_group("shipped course")
def test_course_loads_publishes_everything_and_dumps_to_the_same_bytes(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    report = load_and_keep(SHIPPED)
    assert (report.kept, report.removed, report.not_in_pack) == ([], [], [])
    source = Page.objects.filter(depth__gt=1, locale__language_code=source_language())
    assert source.filter(live=False).count() == 0
    assert [page.title for page in Page.objects.filter(depth__gt=1).live().specific() if errors_of(page)] == []
    units = UnitPage.objects.filter(locale__language_code=source_language(), live=True)
    assert units.count() == len(pages("unit"))
    assert LessonPage.objects.filter(locale__language_code=source_language(), live=True).count() == 5
    before = rows_of_everything()
    assert load(SHIPPED).changed is False
    assert rows_of_everything() == before
    # A dump keeps what is no part of a site: doubtful translations, and the documents beside the pack.
    shutil.copytree(SHIPPED, tmp_path / "dump")
    dump_course(tmp_path / "dump")
    assert files_of(tmp_path / "dump") == files_of(SHIPPED)


def test_course_has_all_that_the_guide_has_in_its_order() -> None:
    (course,) = pages("course")
    chapters = [page for page in course.children if page.type.name != "glossary"]
    assert [page.slug for page in chapters] == [chapter.key for chapter in get_guide().chapters]
    for page, chapter in zip(chapters, get_guide().chapters, strict=True):
        units = [child.slug for child in page.children if child.type.name == "unit"]
        assert units == [unit.key for unit in chapter.units]
        assert [child.slug for child in page.children if child.type.name == "quiz"] == (
            ["quiz"] if chapter.number else []
        )


def test_every_lesson_has_a_plan_for_two_hours_tied_to_its_own_units() -> None:
    """A group works with at least three units of the lesson, and in at least three forms, and has a break."""
    for lesson in get_guide().lessons:
        notes = page_of(lesson.key, "notes")
        steps = notes.values["plan"]
        assert (notes.values["minutes"], notes.values["group_min"], notes.values["group_max"]) == (120, 6, 30)
        assert sum(step["minutes"] for step in steps) == 120
        used = {step["unit"] for step in steps if step.get("unit")}
        assert used <= {unit.key for unit in lesson.units}
        assert len(used) >= 3
        assert len({step["form"] for step in steps}) >= 3
        assert any(step.get("unit") is None for step in steps)
        assert sum(bool(step.get("online")) for step in steps) >= 3
        assert sum(bool(step.get("small_group") or step.get("large_group")) for step in steps) >= 3


def test_no_text_stands_for_another() -> None:
    found = [
        f"{page.path}: {text[:80]}"
        for page in read_course().pages
        for text in texts(page.values)
        if PLACEHOLDER.search(text)
    ]
    assert found == []
