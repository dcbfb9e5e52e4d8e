"""Out, in, out: the same bytes, and no row touched; also by way of programs that write files anew."""

import re

import polib
import pytest
from defusedxml import minidom

from openmuseums.translation.bundles.files import Format
from tests.factories import FixtureCourse, in_language, make_course_in
from tests.packs import SMALL, have_loaded, rows_of_everything
from tests.translation.bundles.sending import (
    exported,
    kept,
    po_with,
    reasons,
    taken,
    texts_in,
    translation_of,
    xliff_with,
)

FORMATS = list(Format)


@pytest.fixture
def dutch(course: FixtureCourse) -> FixtureCourse:
    """Return the fixture course with all of it in Dutch but a quiz."""
    make_course_in(course, "nl", without=(course.quizzes["e-commerce"],))
    return course


def rewrapped(data: bytes) -> bytes:
    return str(polib.pofile(data.decode(), wrapwidth=40)).encode()


def reordered(data: bytes) -> bytes:
    head, *entries = data.decode().rstrip("\n").split("\n\n")
    return ("\n\n".join([head, *reversed(entries)]) + "\n").encode()


def without_header(data: bytes) -> bytes:
    return data.decode().partition("\n\n")[2].encode()


def without_comments(data: bytes) -> bytes:
    return re.sub(r"(?m)^#[.:].*\n", "", data.decode()).encode()


def with_crlf(data: bytes) -> bytes:
    return data.replace(b"\n", b"\r\n")


def with_mark(data: bytes) -> bytes:
    return b"\xef\xbb\xbf" + data


def indented(data: bytes) -> bytes:
    return minidom.parseString(data).toprettyxml(indent="\t", encoding="utf-8")


def in_utf_16(data: bytes) -> bytes:
    return data.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")


def without_notes(data: bytes) -> bytes:
    text = re.sub(r"(?s) *<(note|header)>.*?</\1>\n", "", data.decode())
    return re.sub(r' (extradata|product-name|maxwidth|size-unit|ctype|state)="[^"]*"', "", text).encode()


def with_prefix(data: bytes) -> bytes:
    text = re.sub(r"<(/?)([a-z])", r"<\1x:\2", data.decode().partition("\n")[2])
    return text.replace(" xmlns=", " xmlns:x=").encode()


@pytest.mark.parametrize("format_name", FORMATS)
def test_out_in_out_is_the_same_and_touches_no_row(dutch: FixtureCourse, format_name: Format) -> None:
    before, rows = exported(format_name), rows_of_everything()
    plan = taken(before)
    assert (plan.refused, plan.remarks, plan.writes) == ([], [], [])
    assert plan.unchanged == before.count(b"msgctxt" if format_name is Format.PO else b"<trans-unit ")
    assert rows_of_everything() == rows
    assert exported(format_name) == before


@pytest.mark.parametrize("tool", [rewrapped, reordered, without_header, without_comments, with_crlf, with_mark])
def test_po_file_of_another_program_writes_nothing(dutch: FixtureCourse, tool: object) -> None:
    data = tool(exported())  # type: ignore[operator]
    rows = rows_of_everything()
    plan = taken(data)
    assert (plan.refused, plan.writes) == ([], [])
    assert plan.unchanged > 100
    assert rows_of_everything() == rows


@pytest.mark.parametrize("tool", [indented, in_utf_16, without_notes, with_crlf, with_mark, with_prefix])
def test_xliff_file_of_another_program_writes_nothing(dutch: FixtureCourse, tool: object) -> None:
    data = tool(exported(Format.XLIFF))  # type: ignore[operator]
    rows = rows_of_everything()
    plan = taken(data)
    assert (plan.refused, plan.writes) == ([], [])
    assert plan.unchanged > 100
    assert rows_of_everything() == rows


@pytest.mark.parametrize("format_name", FORMATS)
def test_one_changed_string_is_one_write(dutch: FixtureCourse, format_name: Format) -> None:
    source, text = "What you get from The digital strategy.", "Wat u eraan hebt."
    change = po_with if format_name is Format.PO else xliff_with
    before = kept()
    plan = taken(change(exported(format_name), source, text))
    assert (len(plan.writes), plan.refused) == (1, [])
    after = kept()
    assert len(after) == len(before)
    assert [new[1:3] for new, old in zip(after, before, strict=True) if new != old] == [(text, "translation file")]
    assert translation_of(source) == [text]
    assert taken(exported(format_name)).writes == []


@pytest.mark.parametrize("format_name", FORMATS)
def test_every_kind_of_block_goes_out_and_comes_back(db: None, format_name: Format) -> None:
    have_loaded(SMALL)
    data = texts_in(exported(format_name))
    if format_name is Format.PO:
        po = polib.pofile(data)
        for entry in po:
            if not entry.msgid.startswith("http"):
                entry.msgstr = in_language(entry.msgid, "nl")
        filled = f"{po}\n".encode()
        count = sum(1 for entry in po if entry.msgstr)
    else:
        filled = re.sub(
            r'(<source xml:lang="en">(?!http)(.*?)</source>\n *<target xml:lang="nl" state=")needs-translation(">)',
            r"\1translated\3\2 [nl]",
            data,
        ).encode()
        count = filled.count(b'state="translated"')
    plan = taken(filled)
    assert reasons(plan) == []
    assert len(plan.writes) == count > 80
    assert taken(filled).writes == []
    again = exported(format_name)
    assert taken(again).writes == []
    assert texts_in(again).count(" [nl]") >= count
