"""A dump holds the course as it is published, and loads again into the same."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from lessons.models import LessonPage, LoadedField, UnitPage
from lessons.pack.dumping import dump_course
from lessons.pack.introspection import StreamFieldShape
from lessons.pack.page_types import page_types
from lessons.pack.problems import PackError
from lessons.pack.reading import read_pack
from lessons.pack.stamping import stamp_course
from openmuseums.uploads.models import Attachment, Picture
from quizzes.blocks.registry import QUESTION_BLOCKS
from tests.factories import FixtureCourse, block, item, make_unit
from tests.files import make_picture
from tests.packs import CHANNELS, SAFETY, STRATEGY, change, files_of, have_loaded, load

pytestmark = pytest.mark.django_db


def empty_the_site() -> None:
    """Leave a site without pages and uploads, as before the first load."""
    for page in Page.objects.filter(depth=2):
        page.specific.delete()
    Picture.objects.all().delete()
    Attachment.objects.all().delete()
    LoadedField.objects.all().delete()


def assert_survives(folder: Path, tmp_path: Path) -> None:
    """Load a dump into an empty site and dump that again: the files are the same."""
    empty_the_site()
    load(folder)
    dump_course(tmp_path / "again")
    assert files_of(tmp_path / "again") == files_of(folder)


def test_small_pack_holds_every_page_type_and_block(pack: Path) -> None:
    used: set[str] = set()
    for page in read_pack(pack).home.walk():
        text = (pack / page.file).read_text(encoding="utf-8")
        used |= {line.strip().removeprefix("type: ") for line in text.splitlines() if line.strip().startswith("type: ")}
    known = set(page_types())
    for kind in page_types().values():
        for shape in kind.fields.values():
            if isinstance(shape, StreamFieldShape):
                known |= set(shape.children)
    # Every kind of question is taken through a pack in test_kinds_of_question.py.
    assert known - used - set(QUESTION_BLOCKS) == set()


def test_dump_of_a_loaded_pack_is_the_pack(pack: Path, tmp_path: Path) -> None:
    have_loaded(pack)
    report = dump_course(tmp_path / "dump")
    assert files_of(tmp_path / "dump") == files_of(pack)
    assert (report.pages, report.uploads, report.drafts, report.left_out, report.lost) == (12, 3, [], [], [])
    assert_survives(tmp_path / "dump", tmp_path)


def test_dump_after_edits_in_the_cms_loads_into_the_same(pack: Path, tmp_path: Path) -> None:
    have_loaded(pack)
    vase = make_picture(title="Eine Vase!")
    unit = UnitPage.objects.get(key="channels-and-media")
    lesson = LessonPage.objects.get()
    stream: list[Any] = list(unit.body.raw_data)
    stream += [
        block("rich_text", {
            "text": f'<p data-block-key="a">See <a linktype="page" id="{lesson.pk}">the lesson</a>, '
            f'<a linktype="document" id="{Attachment.objects.get(pack_key="plan").pk}">the plan</a> and '
            f'<em>more</em> &quot;here&quot;.</p><p data-block-key="b"></p>',
            "topics": [item("owned-media")],
        }),
        block("image", {
            "image": vase.pk, "alt_text": "A vase", "decorative": False, "caption": "It: a vase # really", "topics": [],
        }),
        block("comparison_table", {
            "caption": "Two",
            "columns": [block("column", "A"), block("column", "Νέο “β”")],
            "rows": [block("row", [block("cell", "- x"), block("cell", "yes\r\nno ")])],
            "topics": [],
        }),
        block("quotation", {
            "text": "  Two lines\n\n  and a third\u2028end", "person": "1984", "source_title": "", "source_address": "",
            "topics": [],
        }),
    ]  # fmt: skip
    unit.body = stream
    unit.save_revision().publish()
    make_unit(lesson, "audiences")
    dump_course(tmp_path / "dump")
    text = (tmp_path / "dump" / CHANNELS).read_text(encoding="utf-8")
    assert (
        '      <p>See <a href="page:open-museums/marketing">the lesson</a>, <a href="document:plan">the plan</a> and '
        '<i>more</i> "here".</p>\n    topics: [owned-media]\n'
    ) in text
    assert f"    image: eine-vase-{vase.key.hex[:8]}\n" in text
    assert 'value: "- x"\n' in text
    assert "value: |-\n              yes\n              no\n" in text
    assert 'text: "Two lines\\n\\n  and a third\\u2028end"\n    person: "1984"\n' in text
    assert_survives(tmp_path / "dump", tmp_path)


def test_dump_of_pages_that_came_from_no_pack_loads_into_the_same(course: FixtureCourse, tmp_path: Path) -> None:
    for unit in course.units.values():
        unit.refresh_from_db()
    dump_course(tmp_path / "dump")
    assert_survives(tmp_path / "dump", tmp_path)


def test_dump_leaves_drafts_and_what_leads_to_them_out(pack: Path, tmp_path: Path) -> None:
    have_loaded(pack)
    unit = UnitPage.objects.get(key="digital-strategy")
    unit.unpublish()
    safety = UnitPage.objects.get(key="online-safety")
    safety.title = "Not yet"
    safety.save_revision()
    report = dump_course(tmp_path / "dump")
    assert (report.left_out, report.drafts, report.lost) == (
        ["The digital strategy"], ["Safety: first things"], [f"page {unit.pk}"],
    )  # fmt: skip
    assert not (tmp_path / "dump" / STRATEGY).exists()
    text = (tmp_path / "dump" / SAFETY).read_text(encoding="utf-8")
    assert 'title: "Safety: first things"\n' in text
    assert "Then read about the strategy.</p>" in text


def test_dump_replaces_a_pack_and_leaves_other_files_alone(pack: Path) -> None:
    (pack / "FORMAT.md").write_text("what it is", encoding="utf-8")
    have_loaded(pack)
    files = files_of(pack)
    change(pack, SAFETY, "lead: ", "lead: Something else. ")
    (pack / "media/pictures/vase.png").write_bytes(b"x")
    dump_course(pack)
    assert files_of(pack) == files
    assert [path.name for path in pack.parent.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("make", ["folder", "file", "link"])
def test_dump_refuses_a_place_that_holds_something_else(pack: Path, tmp_path: Path, make: str) -> None:
    have_loaded(pack)
    target = tmp_path / "target"
    if make == "file":
        target.write_text("mine", encoding="utf-8")
    elif make == "link":
        target.symlink_to(pack)
    else:
        target.mkdir()
        (target / "mine.txt").write_text("mine", encoding="utf-8")
    before = files_of(tmp_path)
    with pytest.raises(PackError):
        dump_course(target)
    assert files_of(tmp_path) == before


def test_dump_that_would_not_load_again_is_refused(pack: Path, tmp_path: Path) -> None:
    have_loaded(pack)
    channels = UnitPage.objects.get(key="channels-and-media")
    # An editor's script that copies a text with the ids of its blocks.
    channels.body = UnitPage.objects.get(key="online-safety").body
    channels.save_revision().publish()
    with pytest.raises(PackError, match=r"channels-and-media/page.yaml:13:9: This id stands at .* already\."):
        dump_course(tmp_path / "dump")
    assert not (tmp_path / "dump").exists()


def test_dump_of_an_empty_site_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="This site holds no course yet"):
        call_command("dump_course", tmp_path / "dump")


def test_stamp_fills_in_ids_and_keeps_those_that_are_there(pack: Path) -> None:
    before = files_of(pack)
    assert stamp_course(pack) == 0
    assert files_of(pack) == before
    change(pack, STRATEGY, "  - id: f3873db5-1400-4ba2-8822-87d2db84445f\n    type: heading", "  - type: heading")
    change(pack, SAFETY, "minutes_to_do: 0\n", "")
    change(pack, SAFETY, "title: ", "minutes_to_do: 0  # in the wrong place\ntitle: ")
    assert stamp_course(pack) == 1
    after = files_of(pack)
    assert [name for name in before if after[name] != before[name]] == [STRATEGY]
    assert len(after[STRATEGY]) == len(before[STRATEGY])


def test_stamp_of_a_faulty_pack_changes_no_file(pack: Path) -> None:
    change(pack, STRATEGY, "  - id: f3873db5-1400-4ba2-8822-87d2db84445f\n    type: heading", "  - type: heading")
    change(pack, STRATEGY, "diagram: swot", "diagram: swat")
    before = files_of(pack)
    with pytest.raises(PackError):
        stamp_course(pack)
    assert files_of(pack) == before
