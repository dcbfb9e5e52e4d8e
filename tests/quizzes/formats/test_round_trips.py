"""What a format can say comes back from it to the letter; what it cannot is seen by reading it back."""

from hypothesis import given

from quizzes.formats.gift_reading import read_gift
from quizzes.formats.gift_writing import write_gift
from quizzes.formats.items import Item, ItemKind, lost_between
from quizzes.formats.moodle_reading import read_moodle_xml
from quizzes.formats.moodle_writing import write_moodle_xml
from tests.quizzes.formats.strategies import FEW, MANY, items, nightly

IN_GIFT = tuple(kind for kind in ItemKind if kind is not ItemKind.ORDERING)
in_gift = items(IN_GIFT, is_rich=False)
in_moodle = items(tuple(ItemKind), is_rich=True)


def holds_arrow(item: Item) -> bool:
    """Return whether an item says what no escape in GIFT can."""
    if item.kind is ItemKind.SHORT_ANSWER:
        return any("->" in answer.text + answer.feedback for answer in item.answers)
    return any("->" in pair.left for pair in item.pairs)


def comes_back_from_gift(item: Item) -> None:
    reading = read_gift(write_gift([item], title="A title: of {all}"))
    assert (reading.faults, reading.losses, len(reading.items)) == ([], [], 1)
    assert reading.items[0].category == "A title: of {all}"
    lost = lost_between(item, reading.items[0])
    if holds_arrow(item):
        assert set(lost) <= {"answers.text", "answers.feedback", "pairs"}
    else:
        assert lost == []


def comes_back_from_moodle(item: Item) -> None:
    reading = read_moodle_xml(write_moodle_xml([item], title="A title: of {all} ]]>"))
    assert (reading.faults, reading.losses, len(reading.items)) == ([], [], 1)
    assert reading.items[0].category == "A title: of {all} ]]>"
    assert lost_between(item, reading.items[0]) == []


@FEW
@given(item=in_gift)
def test_gift_round_trip(item: Item) -> None:
    comes_back_from_gift(item)


@FEW
@given(item=in_moodle)
def test_moodle_round_trip(item: Item) -> None:
    comes_back_from_moodle(item)


@nightly
@MANY
@given(item=in_gift)
def test_gift_round_trip_at_length(item: Item) -> None:
    comes_back_from_gift(item)


@nightly
@MANY
@given(item=in_moodle)
def test_moodle_round_trip_at_length(item: Item) -> None:
    comes_back_from_moodle(item)
