"""Files for translators, read: whatever bytes they are, what is wrong is said and nothing is raised."""

import random
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openmuseums.segments.bundles.entries import Bundle, Entry, PageNote
from openmuseums.segments.bundles.inline import html_of, pieces_of, respelt, xml_text
from openmuseums.segments.bundles.po_files import read_po, write_po
from openmuseums.segments.bundles.xliff_reading import MAX_BYTES, read_xliff
from openmuseums.segments.bundles.xliff_writing import write_xliff

FEW = settings(
    derandomize=True, max_examples=60, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
MANY = settings(FEW, max_examples=3000)
nightly = pytest.mark.nightly
KEY = "14f980d3-c16d-4de1-818c-115cda5098ef"
TEXTS = [
    "Plain words",
    'A <a id="a1">link</a> and <b>bold <i>both</i></b>.<br/>Next &amp; more &lt;b&gt;',
    'Ταξίδι “εδώ” \\ "quoted" and a\u00a0blank',
    "  two  blanks  ",
]


def bundle(*entries: Entry) -> Bundle:
    return Bundle("c", "en", "nl", list(entries), {KEY: PageNote("A title & more", "https://example.org/en/?a=1&b=2")})


def everything() -> Bundle:
    found = [
        Entry(f"{KEY}:body.{number}.text", text, f"{text} (nl)", notes=("body.text, at most 9 characters",), limit=9)
        for number, text in enumerate(TEXTS)
    ]
    found.append(
        Entry(f"{KEY}:body.9.text", "New", "Oud", is_fuzzy=True, previous_source="Old", previous_translation="Oud")
    )
    found.append(Entry(f"{KEY}:body.10.text", "Missing"))
    return bundle(*found)


WRITERS = {"po": (write_po, read_po), "xliff": (write_xliff, read_xliff)}


@pytest.mark.parametrize("name", WRITERS)
def test_what_is_written_is_read(name: str) -> None:
    write, read = WRITERS[name]
    before = everything()
    found = read(write(before))
    assert (found.course, found.source_language, found.language, found.faults, found.is_whole) == (
        "c", "en", "nl", [], True,
    )  # fmt: skip
    assert [(entry.context, entry.source, entry.translation, entry.is_fuzzy) for entry in found.entries] == [
        (entry.context, entry.source, entry.translation, entry.is_fuzzy) for entry in before.entries
    ]
    assert all(re.fullmatch(r"[0-9a-f]{12}", entry.digest) for entry in found.entries)
    lines = write(before).decode().split("\n")
    begin = "#." if name == "po" else "      <trans-unit "
    assert all(lines[entry.line - 1].startswith(begin) for entry in found.entries)


def test_previous_version_is_none_of_the_translation() -> None:
    data = write_xliff(everything()).decode()
    assert data.count("<alt-trans ") == 1
    entry = next(found for found in read_xliff(data.encode()).entries if found.source == "New")
    assert (entry.translation, entry.is_fuzzy) == ("Oud", True)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('<g id="a1" ctype="link">', '<ph id="a1">', "The tag <ph> is none that the file was written with."),
        ('resname="', 'name="', "This text does not say where it belongs, or of what it is a translation."),
        ("body.1.text", "body.0.text", ""),
    ],
)
def test_unit_that_cannot_be_read_is_told_and_the_others_are_read(old: str, new: str, message: str) -> None:
    data = write_xliff(everything()).decode()
    head, unit, rest = data.partition(f'resname="{"body.1.text"}"')
    before, begin, inside = (head + unit).rpartition("<trans-unit")
    body, end, after = (inside + rest).partition("</trans-unit>")
    spoilt = (begin + body + end).replace(old, new)
    if new.startswith("<ph"):
        spoilt = spoilt.replace("link</g>", "link</ph>")
    found = read_xliff((before + spoilt + after).encode())
    assert [fault.message for fault in found.faults] == ([message] if message else [])
    assert found.is_whole
    assert len(found.entries) == (5 if message else 6)


BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<xliff version="1.2"><file original="x"><body><trans-unit id="1" resname="title">
<source>&b;</source></trans-unit></body></file></xliff>"""


@pytest.mark.parametrize(
    "data",
    [
        BOMB,
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><xliff/>',
        b"<xliff>" + b"<g>" * 1000,
        b"<tmx/>",
        b"<",
        b"",
        b"<xliff version='1.2'><file source-language='en'/><file source-language='fr'/></xliff>",
        write_xliff(everything())[:-200],
        b"<?xml version='1.0' encoding='x-none'?><xliff/>",
        b"x" * (MAX_BYTES + 1),
    ],
)
def test_nothing_is_taken_from_a_file_that_is_broken_or_a_trap(data: bytes) -> None:
    for read in (read_xliff, read_po):
        found = read(data)
        if data or read is read_xliff:
            assert (found.entries, found.is_whole, len(found.faults)) == ([], False, 1)


def test_po_file_that_names_a_file_is_not_that_file() -> None:
    found = read_po(b"/etc/passwd")
    assert (found.is_whole, found.entries) == (False, [])


@pytest.mark.parametrize(
    "text", ["\n" * 300_000, " " * 300_000, "x\n" * 150_000, "<" * 300_000, "&amp;" * 100_000, '"' * 300_000]
)
def test_long_texts_are_read_without_going_over_them_again_and_again(text: str) -> None:
    # What costs the square of its length would not come to an end here.
    inside = text.replace("<", "&lt;")
    xliff = write_xliff(bundle(Entry(f"{KEY}:title", "x", "MARK"))).decode().replace("MARK", inside)
    assert len(read_xliff(xliff.encode()).entries) == 1
    assert read_po(f'msgctxt "a"\nmsgid {text}'.encode()).entries == []


PIECES = [
    *(b'msgid "', b'msgstr "', b"#, fuzzy\n", b"#~ ", b"msgctxt ", b"msgid_plural", b"msgstr[0]", b'"', b"\\", b"\n\n"),
    *(b"<source>", b"</source>", b"<target>", b"<g id='a1'>", b"</g>", b"<![CDATA[", b"]]>", b"&", b"&x;", b"\x00"),
    *(b"<trans-unit>", b"<file>", b"\xff", b"\r", b"#| ", b"#. Digest: 000000000000\n", b"<mrk>", b"<x id='br-1'/>"),
]


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=nightly) for seed in range(1, 60))])
def test_spoilt_file_raises_nothing(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same files at every run
    for _ in range(60):
        for write, read in WRITERS.values():
            data = write(everything())
            for _ in range(chance.randrange(1, 6)):
                at, length = chance.randrange(len(data) + 1), chance.randrange(12)
                piece = chance.choice([b"", chance.choice(PIECES), data[at : at + length] * 2])
                data = data[:at] + piece + data[at + chance.randrange(length + 1) :]
            found = read(data)
            assert found.is_whole or not found.entries
            assert all(entry.line > 0 for entry in found.entries)


def is_read(data: bytes) -> None:
    for read in (read_po, read_xliff):
        found = read(data)
        assert found.is_whole or (not found.entries and found.faults)


@FEW
@given(data=st.binary(max_size=200))
def test_any_bytes_raise_nothing(data: bytes) -> None:
    is_read(data)


@nightly
@MANY
@given(data=st.binary(max_size=400))
def test_any_bytes_raise_nothing_at_length(data: bytes) -> None:
    is_read(data)


# Line by line what means something, what is nearly that, and what no text may hold.
MARKS = [
    *("<b>", "</b>", '<a id="a1">', '<a id="x">', "</a>", "<br/>", "<br>", "words", " ", "\n", "&amp;", "&", "<", ">"),
    *("<script>", "<!--", "-->", "&#0;", "\x0b", "\ud800", "<p/>", "“", '"'),
]
markup = st.lists(st.sampled_from(MARKS)).map("".join)


def comes_back(html: str) -> None:
    once = respelt(html)
    assert respelt(once) == once
    assert html_of(pieces_of(once)) == once
    assert xml_text(once) == once
    if "\n" in once:
        return  # a program may have put it there: it is read as a blank
    written = write_xliff(bundle(Entry(f"{KEY}:title", once, once)))
    found = read_xliff(written)
    assert [(entry.source, entry.translation) for entry in found.entries] == [(once, once)], html


@FEW
@given(html=markup)
def test_any_markup_comes_back(html: str) -> None:
    comes_back(html)


@nightly
@MANY
@given(html=markup)
def test_any_markup_comes_back_at_length(html: str) -> None:
    comes_back(html)
