"""Moodle XML as Moodle writes it, and as nobody should."""

import pytest

from quizzes.formats.items import ItemKind, Pair
from quizzes.formats.limits import MAX_DEPTH, MAX_TEXT
from quizzes.formats.moodle_reading import read_moodle_xml
from tests.quizzes.formats.reading import answers_of, faults_of, fixture, losses_of, names_of


def test_kinds() -> None:
    reading = read_moodle_xml(fixture("moodle_kinds.xml"))
    assert (reading.faults, reading.losses) == ([], [])
    assert [(item.name, item.kind) for item in reading.items] == [
        ("Single", ItemKind.SINGLE_CHOICE),
        ("Several", ItemKind.MULTIPLE_CHOICE),
        ("Truth", ItemKind.TRUE_FALSE),
        ("Short", ItemKind.SHORT_ANSWER),
        ("Number", ItemKind.NUMERIC),
        ("Pairs", ItemKind.MATCHING),
        ("Steps", ItemKind.ORDERING),
        ("Open", ItemKind.ESSAY),
        ("Said", ItemKind.DESCRIPTION),
    ]
    single, several, truth, short, number, pairs, steps, *_rest = reading.items
    assert (single.id, single.feedback, single.hints, single.tags) == (
        "om-1",
        "In general.",
        ("Think again.",),
        ("make", "owned-media"),
    )
    assert (str(single.points), str(single.penalty), single.shuffle, single.category) == (
        "2",
        "1/3",
        True,
        "$course$/top/Marketing",
    )
    assert answers_of(single) == [("Right", "100", "Yes."), ("Wrong", "0", "No.")]
    assert [str(answer.share) for answer in several.answers] == ["1/3", "1/3", "1/3", "-1"]
    assert answers_of(truth) == [("true", "0", "It has."), ("false", "100", "Yes.")]
    assert short.case_matters
    assert answers_of(short) == [("The town", "100", ""), ("Citizens", "50", "In part.")]
    assert answers_of(number) == [("3.14:0.01", "100", ""), ("3:0.5", "50", ""), ("*", "0", "No.")]
    assert pairs.pairs == (Pair("Object", "Record"), Pair("Visitor", "Ticket"), Pair("", "Left over"))
    assert [answer.text for answer in steps.answers] == ["First", "Second", "Third"]


def test_types_and_elements_without_a_place_are_told_by_name() -> None:
    reading = read_moodle_xml(fixture("moodle_not_carried.xml"))
    assert names_of(reading) == ["Besides"]
    assert reading.faults == []
    assert losses_of(reading) == [
        ("Gaps", "type", "cloze"),
        ("Sum", "type", "calculated"),
        ("Markers", "type", "ddmarker"),
        ("Besides", "formatting", ""),
        ("Besides", "links", ""),
        ("Besides", "element", "hidden"),
        ("Besides", "element", "correctfeedback"),
        ("Besides", "element", "answernumbering"),
    ]


def test_pictures_come_with_their_question() -> None:
    reading = read_moodle_xml(fixture("moodle_pictures.xml"))
    first, second = reading.items
    assert [(picture.name, picture.alt, picture.data[:4]) for picture in first.pictures] == [
        ("a coin.png", "A coin", b"\x89PNG")
    ]
    assert (first.prompt, second.prompt, second.pictures) == ("What is this?", "Is it here?", ())
    assert losses_of(reading) == [
        ("Elsewhere", "media", ""),
        ("Elsewhere", "pictures", "lost.png"),
        ("Elsewhere", "files", "unused.png"),
    ]
    assert faults_of(reading) == [("bad-picture", 18, 103)]


def test_split_cdata_is_one_text() -> None:
    reading = read_moodle_xml(fixture("moodle_cdata.xml"))
    assert (reading.faults, reading.losses) == ([], [])
    assert [(item.prompt, item.answers[0].text) for item in reading.items] == [("What does ]]> end?", "a[0]]>1")]


def test_faults_are_told_with_line_and_column() -> None:
    reading = read_moodle_xml(fixture("moodle_faults.xml"))
    assert faults_of(reading) == [
        ("too-few-choices", 3, 3),
        ("bad-weight", 12, 5),
        ("no-number", 17, 5),
        ("too-few-pairs", 19, 3),
        ("no-true-and-false", 24, 3),
        ("no-answer", 30, 3),
        ("doubled-id", 42, 3),
        ("no-prompt", 49, 3),
        ("markup-in-text", 52, 47),
    ]
    assert [item.id for item in reading.items] == ["two"]


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("moodle_entity.xml", ("xml-declares", 2, 16)),
        ("moodle_external_entity.xml", ("xml-declares", 2, 16)),
        ("moodle_not_closed.xml", ("not-xml", 4, 23)),
    ],
)
def test_hostile_or_broken_file_is_refused_whole(name: str, fault: tuple[str, int, int]) -> None:
    reading = read_moodle_xml(fixture(name))
    assert (reading.items, faults_of(reading)) == ([], [fault])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not-xml"),
        (b"GIFT {T}", "not-xml"),
        (b"<questestinterop/>", "not-moodle"),
        (b'<?xml version="1.0" encoding="nowhere"?><quiz/>', "not-xml"),
        (b'<?xml version="1.0" encoding="utf-7"?><quiz/>', "not-xml"),
        (b"<quiz>" + b"<a>" * MAX_DEPTH + b"</a>" * MAX_DEPTH + b"</quiz>", "too-deep"),
        (
            b'<quiz><question type="essay"><questiontext><text>'
            + b"x" * (MAX_TEXT + 1)
            + b"</text></questiontext></question></quiz>",
            "text-too-long",
        ),
    ],
)
def test_what_cannot_be_read_is_a_fault(data: bytes, code: str) -> None:
    assert [fault.code for fault in read_moodle_xml(data).faults] == [code]
