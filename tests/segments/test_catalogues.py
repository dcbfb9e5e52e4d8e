"""PO files: read, written, refused."""

import subprocess
from pathlib import Path

import pytest

from openmuseums.segments.catalogues import Catalogue, CatalogueError, Fault, Message, read_catalogue

HEADER = """msgid ""
msgstr ""
"Language: nl\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"X-Course: c\\n"
"X-Source-Language: en\\n"

"""
LONG = "A long text with “quotation marks”, a backslash \\ and a tab, which goes on and on. " * 4


def catalogue(*messages: Message) -> Catalogue:
    return Catalogue("c", "en", "nl", list(messages))


def everything() -> Catalogue:
    return catalogue(
        Message("k:title", "A title", "Een titel", notes="title, at most 255 characters", where="home"),
        Message("k:lead", LONG.strip(), "Nog\u00a0niets", remarks="Ask the museum."),
        Message("k:body.1.text", "Twice", "Eerst"),
        Message("k:body.2.text", "Twice", ""),
        Message("k:body.3.text", "New text", "Oude tekst", fuzzy=True, previous="Old text"),
        Message("k:body.4.text", "Gone", "Weg", obsolete=True),
    )


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def faults(path: Path) -> list[Fault]:
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(path)
    return caught.value.faults


def test_catalogue_comes_out_as_it_went_in(tmp_path: Path) -> None:
    text = everything().text()
    read = read_catalogue(write(tmp_path / "nl.po", text))
    assert read.text() == text
    lines = [message.line for message in read.messages]
    assert lines == sorted(lines)
    for message in read.messages:
        message.line = 1
    assert read == everything()


@pytest.mark.gettext
def test_catalogue_passes_msgfmt_without_a_warning(tmp_path: Path) -> None:
    path = write(tmp_path / "nl.po", everything().text())
    done = subprocess.run(["msgfmt", "-c", "-o", "/dev/null", str(path)], capture_output=True, text=True, check=False)  # noqa: S607
    assert (done.returncode, done.stderr) == (0, "")


def test_catalogue_has_no_date(tmp_path: Path) -> None:
    assert '"PO-Revision-Date: \\n"' in everything().text()


@pytest.mark.parametrize(
    ("course", "source", "language", "message"),
    [
        ("d", "en", "nl", "This PO file is of another course (“c”, not “d”)."),
        ("c", "en", "el", "This PO file holds the language “nl”, not “el”."),
        ("c", "de", "nl", "This PO file is translated from “en”, not from “de”."),
    ],
)
def test_catalogue_of_something_else_is_refused(course: str, source: str, language: str, message: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        everything().expect(course=course, source_language=source, language=language)
    assert caught.value.faults == [Fault(1, message)]


def test_catalogue_of_the_course_is_accepted() -> None:
    everything().expect(course="c", source_language="en", language="nl")


def test_reading_says_where_the_syntax_is_wrong(tmp_path: Path) -> None:
    path = write(tmp_path / "nl.po", HEADER + 'msgctxt "k:title"\nmsgid "A title\nmsgstr "Een titel"\n')
    (fault,) = faults(path)
    assert fault.line == 9
    assert fault.message.startswith("This is no PO file: ")


def test_reading_refuses_what_is_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "nl.po"
    path.write_bytes(HEADER.encode() + b'msgctxt "k:title"\nmsgid "\xe9"\nmsgstr ""\n')
    assert faults(path) == [Fault(9, "This file is not written in UTF-8.")]


def test_reading_refuses_texts_without_context_doubled_ones_and_plurals(tmp_path: Path) -> None:
    path = write(
        tmp_path / "nl.po",
        HEADER
        + 'msgid "A"\nmsgstr ""\n\n'
        + 'msgctxt "k:a"\nmsgid "B"\nmsgstr ""\n\n'
        + 'msgctxt "k:a"\nmsgid "B"\nmsgstr ""\n\n'
        + 'msgctxt "k:c"\nmsgid "C"\nmsgid_plural "Cs"\nmsgstr[0] ""\nmsgstr[1] ""\n',
    )
    assert faults(path) == [
        Fault(8, "This text has no msgctxt, which says where it belongs."),
        Fault(15, "This text stands at line 11 already."),
        Fault(19, "Texts of a course have no plural forms."),
    ]


def test_reading_refuses_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "nl.po"
    path.write_bytes(b"\x00\x01\x02" * 50)
    assert [fault.line for fault in faults(path)] == [1]
