"""Reflections: how they are shown."""

import pytest
from django.utils import translation

from quizzes.blocks.registry import CHECK_BLOCKS
from tests.answers import given
from tests.kinds import elements_in, example, sent_by, shown

STORED = example("reflection", prompt="What will you change?", hint="Think of one thing.", feedback="Try it.")
TEXT = "First <b>this</b>.\n\nThen that."


def test_field_says_that_nobody_else_reads_it() -> None:
    with translation.override("en"):
        html = shown(STORED, "attempt", given(TEXT))
    (field,) = [found for tag, found in elements_in(html) if tag == "textarea"]
    assert (field["maxlength"], field["aria-describedby"]) == ("4000", f"note-{STORED['id']}")
    assert f'id="note-{STORED["id"]}">Only you can read what you write here. It is not graded.</p>' in html
    assert sent_by(html) == [(f"question-{STORED['id']}", TEXT)]


def test_fault_stands_beside_the_note() -> None:
    (field,) = [
        found
        for tag, found in elements_in(shown(STORED, "attempt", given(TEXT), fault="Too long."))
        if tag == "textarea"
    ]
    assert field["aria-describedby"] == f"note-{STORED['id']} fault-{STORED['id']}"
    assert field["aria-invalid"] == "true"


@pytest.mark.parametrize("mode", ["result", "checked"])
def test_what_was_written_is_shown_in_its_paragraphs(mode: str) -> None:
    html = shown(STORED, mode, given(TEXT))
    assert "<p>First &lt;b&gt;this&lt;/b&gt;.</p>\n\n<p>Then that.</p>" in html
    assert '<p class="feedback">Try it.</p>' in html


def test_what_is_the_learners_own_stands_in_no_unit() -> None:
    assert not {"reflection", "self_rating", "scenario"} & set(CHECK_BLOCKS)
