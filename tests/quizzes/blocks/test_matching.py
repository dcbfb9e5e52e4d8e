"""Matching: what editors may store, and how it is shown."""

import re

import pytest

from quizzes.blocks.registry import QUESTION_BLOCKS, block_of
from quizzes.questions.matching import grade, model_answer, options_of
from quizzes.running.arranging import Arranger
from quizzes.scoring import Given, Question
from quizzes.words import Word, plain_words, words_in
from tests.kinds import asked, elements_in, example, faults_in, sent_by, shown

PAIRS = [
    {"prompt": "Website", "answer": "Owned", "feedback": "Ours."},
    {"prompt": "Review", "answer": "Earned", "feedback": ""},
    {"prompt": "Newsletter", "answer": "owned.", "feedback": "Ours as well."},
]
OTHERS = [{"text": "Paid"}]
STORED = example("matching", pairs=PAIRS, distractors=OTHERS)


def given(question: Question, *chosen: str) -> Given:
    """Return an answer that chooses the answers of these pairs for the prompts in their order; “-” leaves one open."""
    options = {"0": 0, "1": 1, "other": 2}
    parts = zip((pair["id"] for pair in question.key["pairs"]), chosen, strict=False)
    return Given({part: (options_of(question)[options[name]],) for part, name in parts if name != "-"}, "en")


def test_prompts_with_the_same_answer_share_it() -> None:
    question, _words = asked(STORED)
    first, second, third = question.key["pairs"]
    assert first["answer"] == third["answer"] == first["option"] != third["option"]
    assert options_of(question) == [first["option"], second["option"], question.key["distractors"][0]["option"]]


def test_page_does_not_say_which_answer_was_written_with_which_prompt() -> None:
    question, _words = asked(STORED)
    ids = {pair["id"] for pair in question.key["pairs"]} | {other["id"] for other in question.key["distractors"]}
    assert not ids & set(options_of(question))
    offered = re.findall(r'<option value="([^"]+)"', shown(STORED, "attempt"))
    assert {len(option) for option in offered} == {16}
    assert set(offered) == set(options_of(question))


def test_answers_are_shuffled_also_where_the_quiz_shuffles_nothing() -> None:
    stored = example("matching", pairs=[{"prompt": f"P{n}", "answer": f"A{n}"} for n in range(8)], distractors=[])
    question, words = asked(stored)
    orders = {
        tuple(
            word.text
            for word in block_of("matching").present(question, plain_words(words), Given(), arranger)["options"]
        )
        for arranger in (Arranger(seed, question.id) for seed in "abcdef")
    }
    assert len(orders) > 1
    assert {tuple(sorted(order)) for order in orders} == {tuple(f"A{n}" for n in range(8))}


def test_each_prompt_keeps_what_was_chosen() -> None:
    question, _words = asked(STORED)
    chosen = given(question, "0", "-", "other")
    sent = dict(sent_by(shown(STORED, "attempt", chosen)))
    assert sent == {
        f"question-{question.id}:{pair['id']}": "".join(chosen.parts.get(pair["id"], ()))
        for pair in question.key["pairs"]
    }


def test_answer_that_only_a_translation_offers_is_shown_as_the_one_it_stands_for() -> None:
    question, words = asked(STORED)
    last = question.key["pairs"][2]
    own = Given({last["id"]: (last["option"],)}, "nl")
    assert grade(question, own, words) == grade(question, given(question, "-", "-", "0"), words)
    assert dict(sent_by(shown(STORED, "attempt", own)))[f"question-{question.id}:{last['id']}"] == last["answer"]


def test_result_says_of_each_prompt_what_was_chosen_and_what_is_right() -> None:
    question, _words = asked(STORED)
    html = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown(STORED, "result", given(question, "0", "other", "-"))))
    assert html.split("What kind of media is each of these channels? ")[1].strip() == (
        "Website That is right. You chose: Owned Ours."
        " Review That is not right. You chose: Paid Right is: Earned"
        " Newsletter Not answered Right is: Owned Ours as well."
    )


def test_self_check_says_what_is_wrong_but_not_what_would_be_right() -> None:
    question, _words = asked(STORED)
    html = shown(STORED, "checked", given(question, "1", "1", "other"))
    assert (html.count("choice--right"), html.count("choice--wrong")) == (1, 2)
    assert not re.search("Right is|Ours|Owned", html)


def test_summary_has_a_line_for_each_prompt() -> None:
    question, words = asked(STORED)
    summary = block_of("matching").summary(question, plain_words(words), given(question, "1", "-", "0"))
    assert [word.text for word in summary] == ["Website – Earned", "Review – …", "Newsletter – Owned"]


def test_words_that_a_translation_lacks_are_marked() -> None:
    question, words = asked(STORED)
    pair = question.key["pairs"][0]
    dutch = {"prompt": "Van wie?", "pairs": {pair["id"]: {"prompt": "Website", "answer": "Eigen", "feedback": ""}}}
    made = block_of("matching").shown(question, words_in(dutch, words, "en"))
    labels = [part["label"] for part in made.detail["parts"]]
    assert labels == [Word("Website", "en"), Word("Review", "en"), Word("Newsletter", "en")]
    assert set(made.detail["options"]) == {Word("Eigen"), Word("Earned", "en"), Word("Paid", "en")}


@pytest.mark.parametrize(
    ("pairs", "others", "faults"),
    [
        (PAIRS, OTHERS, {}),
        ([*PAIRS, {"prompt": "website", "answer": "Paid"}], [], {"doubled-prompt": "unpublishable"}),
        (PAIRS, [{"text": "Earned"}], {"doubled-answer": "unpublishable"}),
        (PAIRS, [*OTHERS, *OTHERS], {"doubled-answer": "unpublishable"}),
        ([PAIRS[0], PAIRS[2]], [], {"nothing-to-choose": "unpublishable"}),
        (PAIRS[:2], [], {"last-answer-given-away": "remark"}),
        (PAIRS, [], {}),
    ],
)
def test_faults_of_matching(pairs: list[dict], others: list[dict], faults: dict[str, str]) -> None:
    assert faults_in(example("matching", pairs=pairs, distractors=others)) == faults


def test_model_answer_is_right_in_the_order_of_the_pairs() -> None:
    question, _words = asked(STORED)
    first, second, third = question.key["pairs"]
    expected = {first["id"]: first["option"], second["id"]: second["option"], third["id"]: first["option"]}
    assert {part: value for part, (value,) in model_answer(question, {}).items()} == expected


def test_prompts_stand_in_the_order_they_were_written_in() -> None:
    labels = [found["for"] for tag, found in elements_in(shown(STORED, "attempt")) if tag == "label"]
    question, _words = asked(STORED)
    assert labels == [f"part-{question.id}-{pair['id']}" for pair in question.key["pairs"]]


def test_files_of_other_programs_carry_pairs_and_answers_without_a_prompt() -> None:
    block = QUESTION_BLOCKS["matching"]()
    item = block.to_item(block.to_python(STORED["value"]))
    assert item is not None
    back = block.from_item(item)
    assert back is not None
    assert [(pair["prompt"], pair["answer"]) for pair in back["pairs"]] == [
        (pair["prompt"], pair["answer"]) for pair in PAIRS
    ]
    assert back["distractors"] == OTHERS
