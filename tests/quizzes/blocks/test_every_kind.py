"""What holds for the block and the template of every kind of question."""

import re
from collections import Counter
from typing import Any

import pytest
from django.http import QueryDict
from django.utils.http import urlencode
from wagtail import blocks

from quizzes.answered import answers_in
from quizzes.attempts.forms import changed_answers
from quizzes.blocks.registry import QUESTION_BLOCKS, block_of
from quizzes.questions.registry import KINDS, fault_of, is_complete, read
from quizzes.scoring import NOTHING, Given, Question, Words
from quizzes.shown import written
from quizzes.words import plain_words
from tests.kinds import WITHOUT_FILES, asked, elements_in, example, faults_in, sent_by, shown, stream_of

MODES = ("attempt", "check", "read", "checked", "result")
CONTROLS = {"input", "select", "textarea"}
ANSWERED = [kind for kind in WITHOUT_FILES if KINDS[kind].TAKES_ANSWER]
GRADED = [kind for kind in WITHOUT_FILES if KINDS[kind].IS_GRADED]


def model_of(question: Question, words: Words) -> Given:
    """Return an answer to a question: the right one, or what somebody might say where nothing is right or wrong."""
    kind = KINDS[question.kind]
    if kind.IS_GRADED:
        return Given(kind.model_answer(question, words), "en")
    return Given(read(question, {"": ("3" if question.kind == "self_rating" else "What I think of it.",)}), "en")


@pytest.mark.parametrize("kind", ANSWERED)
def test_preview_can_be_asked(kind: str) -> None:
    question = example(kind)
    assert set(faults_in(question).values()) <= {"remark"}
    block_of(kind).clean(stream_of(question)[0].value)


def too_short(block: Any, value: Any) -> list[str]:
    """Return the lists in a value that have too few items, at any depth."""
    if isinstance(block, blocks.ListBlock):
        found = [name for item in value for name in too_short(block.child_block, item)]
        return [*found, str(block.label)] if len(value) < (block.meta.min_num or 0) else found
    children = block.child_blocks.items() if isinstance(block, blocks.StructBlock) else ()
    return [name for key, child in children for name in too_short(child, value[key])]


@pytest.mark.parametrize("kind", QUESTION_BLOCKS)
def test_new_question_has_as_many_items_in_its_lists_as_it_takes(kind: str) -> None:
    block = block_of(kind)
    assert too_short(block, block.get_default()) == []


@pytest.mark.parametrize("kind", GRADED)
def test_model_answer_of_the_preview_is_worth_all_points(kind: str) -> None:
    question, words = asked(example(kind))
    model = model_of(question, words)
    assert (fault_of(question, model), is_complete(question, model)) == ("", True)
    assert KINDS[kind].grade(question, model, words) == 1


@pytest.mark.parametrize("kind", ANSWERED)
def test_form_sends_back_what_was_answered(kind: str) -> None:
    stored = example(kind)
    question, words = asked(stored)
    for given in (NOTHING, model_of(question, words)):
        sent = sent_by(shown(stored, "attempt", given))
        data = QueryDict(urlencode([*sent, (f"before-{question.id}", written(given.parts))]))
        assert answers_in(data).get(question.id, {}) == dict(given.parts)
        assert changed_answers(data) == {}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("kind", ANSWERED)
def test_ids_are_used_once_and_references_lead_somewhere(kind: str, mode: str) -> None:
    one, other = example(kind), example(kind)
    given = [model_of(*asked(question)) for question in (one, other)]
    html = shown(one, mode, given[0], fault="Look again.") + shown(other, mode, given[1], fault="Look again.")
    elements = elements_in(html)
    ids = Counter(found["id"] for _tag, found in elements if "id" in found)
    assert set(ids.values()) <= {1}
    references = {
        reference
        for _tag, found in elements
        for name in ("for", "aria-describedby", "aria-labelledby")
        for reference in found.get(name, "").split()
    }
    assert references <= set(ids)


@pytest.mark.parametrize("kind", ANSWERED)
def test_every_field_has_a_name_of_its_own(kind: str) -> None:
    elements = elements_in(shown(example(kind), "attempt"))
    labelled = {found["for"] for tag, found in elements if tag == "label"}
    fields = [found for tag, found in elements if tag in CONTROLS]
    assert fields
    assert all(found["id"] in labelled or {"aria-label", "aria-labelledby"} & set(found) for found in fields)


@pytest.mark.parametrize("kind", [kind for kind in ANSWERED if QUESTION_BLOCKS[kind].in_units])
def test_fields_of_a_self_check_belong_to_the_form_outside(kind: str) -> None:
    stored = example(kind)
    for given in (NOTHING, model_of(*asked(stored))):
        fields = [found for tag, found in elements_in(shown(stored, "check", given)) if tag in CONTROLS]
        assert {found["form"] for found in fields} == {f"check-{stored['id']}"}


@pytest.mark.parametrize("mode", ["read", "checked", "result"])
@pytest.mark.parametrize("kind", ANSWERED)
def test_what_is_only_read_has_no_fields(kind: str, mode: str) -> None:
    stored = example(kind)
    assert not {tag for tag, _found in elements_in(shown(stored, mode, model_of(*asked(stored))))} & CONTROLS


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("kind", ANSWERED)
def test_hostile_words_are_escaped(kind: str, mode: str) -> None:
    stored = example(kind)
    stored["value"] = hostile(stored["value"], block_of(kind))
    html = shown(stored, mode, model_of(*asked(stored)), fault="<i>fault</i>")
    assert "<i>" not in html
    assert "&lt;i&gt;" in html


@pytest.mark.parametrize("kind", GRADED)
def test_nothing_is_given_away_before_it_is_answered(kind: str) -> None:
    stored = example(kind)
    _question, words = asked(stored)
    feedback = [text for name, text in texts_in(words) if name == "feedback" and text]
    for mode in ("attempt", "check", "read"):
        html = shown(stored, mode)
        assert not re.search(r"choice--(right|wrong)| selected| checked", html)
        assert not [text for text in feedback if text in html]


@pytest.mark.parametrize("kind", ANSWERED)
def test_summary_says_what_was_answered_and_nothing_of_what_was_not(kind: str) -> None:
    question, words = asked(example(kind))
    block = block_of(kind)
    assert block.summary(question, plain_words(words), NOTHING) == []
    said = block.summary(question, plain_words(words), model_of(question, words))
    assert said
    assert all(said)


@pytest.mark.parametrize("kind", ANSWERED)
def test_every_fault_of_an_answer_has_its_words(kind: str) -> None:
    question, words = asked(example(kind))
    block = block_of(kind)
    right = dict(model_of(question, words).parts)
    part = next(iter(right))
    for parts in ({part: ("x" * 20_000,)}, {part: (*right[part], "x" * 20_000)}, {"no-such-part": ("x",)}):
        given = Given(parts, "en")
        code = fault_of(question, given)
        assert not code or str(block.fault_messages[code])


def hostile(value: Any, block: Any) -> Any:
    """Return a stored value with markup in each of its texts."""
    if isinstance(block, blocks.StructBlock):
        return {name: hostile(part, block.child_blocks[name]) for name, part in value.items()}
    if isinstance(block, blocks.ListBlock):
        return [{**item, "value": hostile(item["value"], block.child_block)} for item in value]
    is_text = isinstance(block, blocks.CharBlock | blocks.TextBlock) and not isinstance(block, blocks.RegexBlock)
    return f"<i>{value}</i>" if is_text and value else value


def texts_in(words: Words, name: str = "") -> list[tuple[str, str]]:
    """Return all texts of a question, each with the name it has among those around it."""
    if isinstance(words, str):
        return [(name, words)]
    return [found for name, below in words.items() for found in texts_in(below, name)]
