"""How a text reads: counted by hand on short texts."""

import pytest

from lessons.authoring.prose import paragraphs_of, reading_ease, sentences_of, words_a_sentence, words_of


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One jug, two handles.", 4),
        ("It’s 14,500 years old", 4),
        ("a two-hour tour (with maps)", 5),
        ("GDPR art. 6", 3),
        ("Μουσείο Κυκλαδικής Τέχνης", 3),
        ("… – /", 0),
    ],
)
def test_words_are_counted_as_people_count_them(text: str, count: int) -> None:
    assert len(words_of(text)) == count


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Ask first. Then listen.", ["Ask first.", "Then listen."]),
        ("Is it ours? “Probably.” Ask!", ["Is it ours?", "“Probably.", "Ask!"]),
        ("It costs 2.50 a day. 30 people came.", ["It costs 2.50 a day.", "30 people came."]),
        ("See art. 14 and e.g. St. Mary’s mill.", ["See art. 14 and e.g. St. Mary’s mill."]),
        ("without a mark", ["without a mark"]),
        ("", []),
    ],
)
def test_sentences_end_where_they_end(text: str, sentences: list[str]) -> None:
    assert sentences_of(text) == sentences


def test_paragraphs_and_items_of_html_stand_by_themselves() -> None:
    html = (
        '<p>One &amp; <b>only</b>.</p>\n<ul>\n<li>Two</li>\n<li><a href="x">Three</a> more</li>\n</ul>\n<p>4<br>5</p>'
    )
    assert paragraphs_of(html) == ["One & only.", "Two", "Three more", "4", "5"]


def test_average_counts_sentences_of_all_paragraphs() -> None:
    assert words_a_sentence(["One two three. Four.", "Five six"]) == 2.0
    assert words_a_sentence([]) == 0.0


def test_reading_ease_is_flesch_s_on_a_text_counted_by_hand() -> None:
    # Ten words, two sentences, eleven syllables.
    text = ["The cat sat on the mat. The museum is shut."]
    assert reading_ease(text) == pytest.approx(206.835 - 1.015 * 10 / 2 - 84.6 * 11 / 10)


def test_official_prose_is_harder_than_plain_words() -> None:
    plain = ["Show the jug. Say who made it. Ask what people know."]
    official = ["Organisational interoperability necessitates comprehensive harmonisation of documentation procedures."]
    assert reading_ease(plain) > 80
    assert reading_ease(official) < 0
