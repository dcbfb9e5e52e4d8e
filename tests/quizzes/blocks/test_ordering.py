"""Ordering: what editors may store, and how it is shown."""

import re

import pytest

from quizzes.blocks.registry import QUESTION_BLOCKS, block_of
from quizzes.questions.ordering import NEIGHBOURS, items_of
from quizzes.running.arranging import Arranger
from quizzes.scoring import Given
from quizzes.words import plain_words
from tests.kinds import asked, example, faults_in, sent_by, shown

ITEMS = [{"text": text} for text in ("Aim", "People", "Channel", "Text")]
STORED = example("ordering", items=ITEMS, scoring=NEIGHBOURS, feedback="First what for, then how.")
ALL_OR_NOTHING = {**STORED, "value": {**STORED["value"], "scoring": ""}}


def placed(*places: str) -> Given:
    """Return an answer that gives the items, in their right order, these places; “-” leaves one open."""
    items = items_of(asked(STORED)[0])
    return Given({item: (place,) for item, place in zip(items, places, strict=True) if place != "-"}, "en")


@pytest.mark.parametrize("count", [3, 4, 6])
def test_items_never_lie_there_in_their_right_order(count: int) -> None:
    question, words = asked(example("ordering", items=[{"text": f"Item {n}"} for n in range(count)]))
    block = block_of("ordering")
    orders = {
        tuple(part["label"].text for part in block.present(question, plain_words(words), Given(), arranger)["parts"])
        for arranger in (Arranger(str(seed), question.id) for seed in range(40))
    }
    assert tuple(f"Item {n}" for n in range(count)) not in orders
    assert len(orders) > 1


def test_each_item_has_a_list_of_the_places() -> None:
    html = shown(STORED, "attempt", placed("2", "-", "1", "1"))
    question, _words = asked(STORED)
    assert re.findall(r"<option[^>]*>([^<]*)</option>", html) == ["Choose", "1", "2", "3", "4"] * 4
    assert {name.partition(":")[2]: value for name, value in sent_by(html)} == dict(
        zip(items_of(question), ["2", "", "1", "1"], strict=True)
    )


def test_result_shows_the_right_order_and_where_each_item_was_put() -> None:
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown(STORED, "result", placed("2", "3", "-", "4"))))
    assert text.split("The right order: ")[1].strip() == (
        "1. Aim You have it in place 2."
        " 2. People You have it in place 3."
        " 3. Channel Not answered"
        " 4. Text You have it in the right place."
        " 1 of 3 items is followed by the right one. Points are given for that."
        " First what for, then how."
    )


def test_result_says_nothing_of_neighbours_where_the_whole_order_counts() -> None:
    assert "followed" not in shown(ALL_OR_NOTHING, "result", placed("2", "3", "1", "4"))


def test_self_check_does_not_say_the_right_order() -> None:
    html = shown(STORED, "checked", placed("2", "1", "3", "4"))
    assert (html.count("choice--right"), html.count("choice--wrong")) == (2, 2)
    labels = re.findall(r"<p><span>(\w+)</span></p>", html)
    assert sorted(labels) == ["Aim", "Channel", "People", "Text"]
    assert labels != [item["text"] for item in ITEMS]


def test_summary_has_the_items_by_their_places() -> None:
    question, words = asked(STORED)
    summary = block_of("ordering").summary(question, plain_words(words), placed("3", "1", "-", "2"))
    assert [word.text for word in summary] == ["1. People", "2. Text", "3. Aim"]


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({}, {}),
        ({"items": [*ITEMS, {"text": "aim."}]}, {"doubled-item": "unpublishable"}),
    ],
)
def test_faults_of_ordering(fields: dict, faults: dict[str, str]) -> None:
    assert faults_in(example("ordering", **{"items": ITEMS, "feedback": "Because.", **fields})) == faults


def test_files_of_other_programs_carry_the_items_in_their_order() -> None:
    block = QUESTION_BLOCKS["ordering"]()
    item = block.to_item(block.to_python(STORED["value"]))
    assert item is not None
    back = block.from_item(item)
    assert back is not None
    assert (back["items"], back["scoring"]) == (ITEMS, NEIGHBOURS)
