"""Fill in from lists: what editors may store, and how it is shown."""

import re

import pytest
from django.core.exceptions import ValidationError

from quizzes.blocks.registry import block_of
from quizzes.running.arranging import Arranger
from quizzes.scoring import Given, Words
from quizzes.words import Word, plain_words, words_in
from tests.kinds import asked, example, faults_in, sent_by, shown, stream_of


def gap(right: str, wrong: str, *, feedback: str = "") -> dict:
    """Return a gap whose first choice is right."""
    return {
        "choices": [
            {"text": right, "right": True, "feedback": feedback},
            {"text": wrong, "right": False, "feedback": f"Not {wrong}."},
        ]
    }


TEXT = "Our site is [[1]] media.\n\nA review is [[2]]."
GAPS = [gap("owned", "paid", feedback="Ours."), gap("earned", "sold")]
STORED = example("fill_in", text=TEXT, gaps=GAPS)


def filled(*places: int | None) -> Given:
    """Return an answer that fills the gaps with the choices that stand in these places."""
    gaps = asked(STORED)[0].key["gaps"]
    return Given(
        {
            made["id"]: (made["choices"][place]["id"],)
            for made, place in zip(gaps, places, strict=True)
            if place is not None
        },
        "en",
    )


def read_aloud(html: str) -> str:
    """Return the text of a piece of HTML, with what is chosen in a list in its place."""
    html = re.sub(r"<select.*?</select>", lambda found: f"({sent_by(found[0])[0][1]})", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).strip()


def test_gaps_stand_in_the_lines_of_the_text() -> None:
    html = shown(STORED, "attempt", filled(0, None))
    lines = re.findall(r'<p class="gaps">(.*?)</p>', html, flags=re.DOTALL)
    chosen = filled(0, None).parts[asked(STORED)[0].key["gaps"][0]["id"]][0]
    assert [read_aloud(line) for line in lines] == [f"Our site is ({chosen}) media.", "A review is ()."]


def test_gaps_are_numbered_as_they_are_read_and_not_as_they_are_listed() -> None:
    stored = {**STORED, "value": {**STORED["value"], "text": "[[2]] before [[1]]"}}
    question, _words = asked(stored)
    html = shown(stored, "attempt")
    assert re.findall(r'aria-label="([^"]+)"', html) == ["Gap 1", "Gap 2"]
    names = [name for name, _value in sent_by(html)]
    assert names == [f"question-{question.id}:{made['id']}" for made in reversed(question.key["gaps"])]


@pytest.mark.parametrize("text", ["No gap at all", "[[1]] [[1]] [[3]]", "", "[[2]]"])
def test_every_gap_can_be_filled_whatever_a_translation_made_of_the_text(text: str) -> None:
    question, words = asked(STORED)
    made = block_of("fill_in").shown(question, plain_words({**words, "text": text}))
    gaps = [piece["id"] for line in made.detail["lines"] for piece in line if "id" in piece]
    assert sorted(gaps) == sorted(found["id"] for found in question.key["gaps"])
    assert [part["id"] for part in made.detail["parts"]] == gaps


def test_choices_stand_as_written_unless_the_quiz_shuffles_them() -> None:
    gaps = [gap("a", "b"), {"choices": [{"text": letter, "right": letter == "c"} for letter in "cdefgh"]}]
    question, words = asked(example("fill_in", text="[[1]] [[2]]", gaps=gaps))
    block = block_of("fill_in")

    def orders(*, shuffles: bool) -> set[str]:
        arrangers = [Arranger(str(seed), question.id, shuffles) for seed in range(8)]
        made = [block.present(question, plain_words(words), Given(), arranger) for arranger in arrangers]
        return {"".join(str(option["text"]) for option in each["parts"][1]["options"]) for each in made}

    assert orders(shuffles=False) == {"cdefgh"}
    assert len(orders(shuffles=True)) > 1


def test_result_reads_the_text_as_it_should_be_and_says_what_was_chosen() -> None:
    html = shown(STORED, "result", filled(1, None))
    assert re.findall(r"<b>(\w+)</b>", html) == ["owned", "earned"]
    assert read_aloud(html).split("A review is earned. ")[1] == (
        "Gap 1 That is not right. You chose: paid Not paid. Right is: owned Ours. Gap 2 Not answered Right is: earned"
    )


def test_self_check_does_not_say_what_is_right() -> None:
    html = shown(STORED, "checked", filled(1, 0))
    assert (html.count("choice--right"), html.count("choice--wrong")) == (1, 1)
    assert not re.search("owned|Ours|Right is", html)


def test_reader_without_a_record_sees_what_there_is_to_choose_from() -> None:
    assert read_aloud(shown(STORED, "read")).endswith("Our site is (owned / paid) media. A review is (earned / sold).")


def test_summary_is_the_text_with_what_was_chosen_in_it() -> None:
    question, words = asked(STORED)
    summary = block_of("fill_in").summary(question, plain_words(words), filled(1, None))
    assert summary == [Word("Our site is paid media."), Word("A review is ….")]


def test_words_that_a_translation_lacks_are_marked_and_lists_are_not() -> None:
    question, words = asked(STORED)
    first = question.key["gaps"][0]
    choice = first["choices"][0]["id"]
    dutch: Words = {"gaps": {first["id"]: {choice: {"text": "eigen", "feedback": ""}}}}
    made = block_of("fill_in").shown(question, words_in(dutch, words, "en"))
    pieces = [piece["words"] for line in made.detail["lines"] for piece in line if "words" in piece]
    assert {piece.lang for piece in pieces} == {"en"}
    assert [option["text"] for option in made.detail["parts"][0]["options"]] == [Word("eigen"), Word("paid", "en")]


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({}, {}),
        ({"text": "[[2]] and [[1]]"}, {}),
        ({"text": "Only [[1]]"}, {"gaps-unlike-text": "unusable"}),
        ({"text": "[[1]] [[2]] [[1]]"}, {"gaps-unlike-text": "unusable"}),
        ({"text": "[[1]] [[2]] [[3]]"}, {"gaps-unlike-text": "unusable"}),
        ({"text": "[[0]] [[1]]"}, {"gaps-unlike-text": "unusable"}),
        (
            {"gaps": [GAPS[0], {"choices": [{"text": "a", "right": False}, {"text": "b", "right": False}]}]},
            {"wrong-number-of-right-choices": "unusable"},
        ),
        (
            {"gaps": [GAPS[0], {"choices": [{"text": "a", "right": True}, {"text": "b", "right": True}]}]},
            {"wrong-number-of-right-choices": "unusable"},
        ),
        ({"gaps": [GAPS[0], gap("Sold", "sold.")]}, {"doubled-choice": "unpublishable"}),
    ],
)
def test_faults_of_fill_in(fields: dict, faults: dict[str, str]) -> None:
    assert faults_in(example("fill_in", **{"text": TEXT, "gaps": GAPS, **fields})) == faults


def test_block_refuses_a_text_without_its_gaps() -> None:
    child = stream_of(example("fill_in", text="Nothing to fill in", gaps=GAPS))[0]
    with pytest.raises(ValidationError) as refused:
        child.block.clean(child.value)
    assert list(refused.value.block_errors) == ["text"]  # type: ignore[attr-defined]
