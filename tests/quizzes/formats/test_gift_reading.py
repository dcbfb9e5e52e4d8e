"""GIFT as Moodle reads it: a file for each edge of the format."""

import pytest

from quizzes.formats.gift_reading import read_gift
from quizzes.formats.items import Item, ItemKind, Pair, Position
from quizzes.formats.limits import MAX_ITEMS, MAX_TEXT, MAX_TEXT_BYTES
from tests.quizzes.formats.reading import answers_of, faults_of, fixture, losses_of, names_of


def read(name: str) -> list[Item]:
    reading = read_gift(fixture(name))
    assert (reading.faults, reading.losses) == ([], [])
    return reading.items


def test_kinds_by_the_first_rule_that_fits() -> None:
    reading = read_gift(fixture("gift_kinds.gift"))
    assert [(item.name, item.kind) for item in reading.items] == [
        ("Numbers", ItemKind.NUMERIC),
        ("Range", ItemKind.NUMERIC),
        ("Year", ItemKind.NUMERIC),
        ("Short", ItemKind.SHORT_ANSWER),
        ("Truth", ItemKind.TRUE_FALSE),
        ("Open", ItemKind.ESSAY),
        ("Said", ItemKind.DESCRIPTION),
        ("Lower case", ItemKind.SHORT_ANSWER),
        ("Pairs", ItemKind.MATCHING),
    ]
    assert {item.category for item in reading.items} == {"Open Museums/Marketing"}
    assert faults_of(reading) == [("no-number", 25, 27), ("bad-weight", 27, 29)]
    by_name = {item.name: item for item in reading.items}
    assert answers_of(by_name["Numbers"]) == [("3.14:0.01", "100", "")]
    assert answers_of(by_name["Range"]) == [("3.15:0.05", "100", "")]
    assert answers_of(by_name["Year"]) == [
        ("1822:0", "100", "Exactly."),
        ("1822:2", "50", "Nearly."),
        ("*", "0", "No."),
    ]
    assert answers_of(by_name["Short"]) == [
        ("The town", "100", "Yes."),
        ("Citizens", "50", "In part."),
        ("The king", "0", "No."),
    ]
    assert answers_of(by_name["Truth"]) == [("true", "100", "Yes."), ("false", "0", "It has.")]
    assert by_name["Open"].feedback == "Think of the visitors."
    assert by_name["Pairs"].pairs == (Pair("Object", "Record"), Pair("Visitor", "Ticket"))
    assert by_name["Pairs"].feedback == "Both are numbered."


def test_blank_line_cuts_a_question_in_two() -> None:
    reading = read_gift(fixture("gift_a_blank_line_inside.gift"))
    assert names_of(reading) == ["Whole"]
    assert faults_of(reading) == [("brace-not-closed", 1, 67), ("brace-not-opened", 5, 1)]


def test_answers_stand_between_the_first_braces_that_are_not_escaped() -> None:
    reading = read_gift(fixture("gift_b_first_braces.gift"))
    assert [item.prompt for item in reading.items] == [
        "A label says {draft}. What is left to do?",
        "The first _____ counts, the second {=two} is text.",
    ]
    assert answers_of(reading.items[0]) == [("Take out {draft}", "100", ""), ("Print it", "0", "")]
    assert faults_of(reading) == [("brace-not-closed", 8, 39)]


def test_escapes_stand_for_themselves() -> None:
    (item,) = read("gift_c_escapes.gift")
    assert item.name == "A:B"
    assert item.prompt == "What does a ~ b = c # d {e} : f mean?\nOn a second line."
    assert answers_of(item) == [("A path: C:\\new#1", "100", ""), ("50% = half\nof it", "0", "")]


def test_equals_sign_starts_another_right_answer_and_none_makes_several_right() -> None:
    two, several, thirds = read("gift_d_equals_sign.gift")
    assert two.kind is ItemKind.SINGLE_CHOICE
    assert answers_of(two) == [
        ("https://museum.example/?id", "100", ""),
        ("7", "100", ""),
        ("None of them", "0", ""),
    ]
    assert several.kind is ItemKind.MULTIPLE_CHOICE
    assert answers_of(several) == [("A letter", "50", ""), ("A photograph", "50", ""), ("A guess", "-100", "")]
    assert [str(answer.share) for answer in thirds.answers] == ["1/3", "1/3", "1/3", "0"]


def test_text_after_the_answers_leaves_a_gap_for_them() -> None:
    assert [item.prompt for item in read("gift_e_missing_word.gift")] == [
        "The museum was founded in _____ by its town.",
        "The first word _____ here",
    ]


def test_unknown_format_stays_text_and_markup_is_told() -> None:
    reading = read_gift(fixture("gift_f_unknown_format.gift"))
    assert [item.prompt for item in reading.items] == [
        "Which *star* is a planet?",
        "Which two?",
        "[latex]What does the bracket say?",
        "What is 1 < 2?",
    ]
    assert reading.items[1].answers[0].text == "This & that"
    assert losses_of(reading) == [(name, "formatting", "") for name in ("Known", "Html", "Plain")]


def test_too_few_pairs_or_choices_are_faults() -> None:
    reading = read_gift(fixture("gift_g_too_few.gift"))
    assert faults_of(reading) == [("too-few-pairs", 2, 3), ("too-few-choices", 6, 3), ("no-arrow", 11, 4)]
    assert [item.pairs for item in reading.items] == [
        (Pair("Object", "Record"), Pair("Visitor", "Ticket"), Pair("", "Left over"))
    ]


def test_name_that_does_not_end_is_a_fault() -> None:
    reading = read_gift(fixture("gift_h_unclosed_name.gift"))
    assert names_of(reading) == ["A name that ends"]
    assert faults_of(reading) == [("name-not-closed", 1, 1)]


def test_address_is_no_comment_and_comments_hold_id_and_tags() -> None:
    (item,) = read("gift_i_addresses.gift")
    assert item.prompt == "Read https://museum.example/a//b first. // This is no comment."
    assert answers_of(item) == [("It is at https://museum.example", "100", ""), ("It is nowhere", "0", "")]
    assert (item.id, item.tags, item.position) == ("om-l1-q1", ("make", "one ] two"), Position(3, 1))


def test_byte_order_mark_crlf_and_greek() -> None:
    first, second = read("gift_j_bytes.gift")
    assert (first.id, first.name, first.prompt) == ("el-1", "Ελληνικά", "Ποιο μουσείο;")
    assert answers_of(first) == [("Το Μουσείο της Ακρόπολης", "100", "Σωστά."), ("Κανένα", "0", "")]
    assert answers_of(second) == [("true", "0", "Όχι."), ("false", "100", "Ναι.")]
    assert second.feedback == "Γενικά."


def test_other_encoding_is_a_fault_where_it_begins() -> None:
    reading = read_gift(fixture("gift_j_not_utf_8.gift"))
    assert (reading.items, faults_of(reading)) == ([], [("not-utf-8", 2, 6)])


def test_pictures_and_links_are_told() -> None:
    reading = read_gift(fixture("gift_k_picture.gift"))
    assert losses_of(reading) == [("Picture", "links", ""), ("Picture", "pictures", "")]
    assert [item.prompt for item in reading.items] == ["What do you see? Look"]


def test_doubled_id_keeps_the_first() -> None:
    reading = read_gift(fixture("gift_l_doubled_ids.gift"))
    assert [(item.id, item.prompt) for item in reading.items] == [("one", "First?"), ("two", "Third?")]
    assert faults_of(reading) == [("doubled-id", 5, 1)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"x" * (MAX_TEXT_BYTES + 1), "too-large"),
        (b"Why? {T}\n\n" * (MAX_ITEMS + 1), "too-many-questions"),
        (b"Why" * MAX_TEXT + b"? {T}", "text-too-long"),
        (b"Wh\x00y? {T}", "bad-character"),
        (b"{T}", "no-prompt"),
        (b"Who? {=}", "no-answer"),
        (b"How many? {#}", "no-answer"),
        (b"How many? {#1..x}", "no-number"),
        (b"How many? {#1:-2}", "no-number"),
        (b"How many? {#1e999}", "no-number"),
    ],
)
def test_what_cannot_be_read_is_a_fault(data: bytes, code: str) -> None:
    assert [fault.code for fault in read_gift(data).faults] == [code]
