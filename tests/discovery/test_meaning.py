"""What a page says changes with its words and with nothing else."""

import pytest

from openmuseums.discovery.meaning import digest_of_words
from tests.factories import FixtureCourse, block


@pytest.fixture
def text(course: FixtureCourse):
    """Return a function that says what a unit's digest is with a text in it."""
    unit = course.units["digital-strategy"]

    def digest(*html: str) -> str:
        unit.body = [block("rich_text", {"text": part, "topics": []}) for part in html]
        return digest_of_words(unit)

    return digest


@pytest.mark.parametrize(
    "other",
    [
        "<p>A museum, that knows what it is for!</p>",
        "<p>A <b>museum</b> that knows what it <i>is</i> for.</p>",
        "<p>a Museum that knows   what it is for.</p>",
        '<p>A museum that <a href="https://example.org/">knows</a> what it is for.</p>',
    ],
    ids=["punctuation", "markup", "case and space", "link"],
)
def test_digest_is_the_same_for_the_same_words(text, other: str) -> None:
    assert text(other) == text("<p>A museum that knows what it is for.</p>")


@pytest.mark.parametrize(
    "other", ["<p>A museum that knows what it was for.</p>", "<p>A museum that knows.</p>", "<p>Μουσείο</p>"]
)
def test_digest_is_another_for_other_words(text, other: str) -> None:
    assert text(other) != text("<p>A museum that knows what it is for.</p>")


def test_order_of_texts_does_not_count(text) -> None:
    assert text("<p>One.</p>", "<p>Two.</p>") == text("<p>Two.</p>", "<p>One.</p>")


def test_title_counts_and_minutes_do_not(course: FixtureCourse) -> None:
    unit = course.units["digital-strategy"]
    before = digest_of_words(unit)
    unit.minutes_to_read += 1
    assert digest_of_words(unit) == before
    unit.title = "Another title"
    assert digest_of_words(unit) != before
