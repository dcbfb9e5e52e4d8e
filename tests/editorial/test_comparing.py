"""What differs between two versions of a text: numbers, links and structure, or words alone."""

import pytest

from openmuseums.editorial.comparing import Aspect, Form, Part, differences, links_in, numbers_in, plain


def text(value, path="lead"):
    return [Part(path, Form.TEXT, value)]


def rich(value, path="body"):
    return [Part(path, Form.RICH, value)]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("", ()),
        ("No numbers, someone often says so.", ()),
        ("3 chairs and 4 tables", ("3", "4")),
        ("three chairs and Four tables", ("3", "4")),
        ("one of them", ()),
        ("1,000, 1\N{NO-BREAK SPACE}000 and 1000", ("1000", "1000", "1000")),
        ("1,000.50", ("1000.50",)),
        ("3.14 and 3,14 are written apart", ("3.14", "3,14")),
        ("5 %, 5% and five %", ("5%", "5%", "5%")),
        ("€5, 5 € and 5", ("5€", "5€", "5")),
        ("-5 or \N{MINUS SIGN}5 degrees", ("-5", "-5")),
        ("3-5 days, 3–5 days", ("3", "5", "3", "5")),
        ("in 2024, 5 of them", ("2024", "5")),
        ("at 10:30", ("10:30",)),
        ("½ a day", ("½",)),
        ("٣ chairs", ("3",)),
        ("see https://example.org/2024/5 or www.example.org/7", ()),
        ("tension, weight, fifteenth", ()),
    ],
)
def test_numbers_are_read_however_they_are_written(words, numbers):
    assert numbers_in(words) == numbers


@pytest.mark.parametrize(
    ("words", "links"),
    [
        ("", ()),
        ("See https://Example.org/a, please.", ("https://example.org/a",)),
        ("(www.example.org/b)", ("www.example.org/b",)),
        ("Write to info@example.org.", ("info@example.org",)),
        ("12 at 5", ()),
    ],
)
def test_addresses_are_read_without_the_stop_behind_them(words, links):
    assert links_in(words) == links


def test_rich_text_is_words_and_targets():
    html = '<p>See <a linktype="page" id="3">this</a> and <a href="https://a.org">that</a>.</p><p>4 &amp; 5</p>'
    assert plain(html) == ("\nSee this and that.\n4 & 5", ("page:3", ":https://a.org"))


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (text("Same."), text("Same."), set()),
        (text("Teh 3 rooms"), text("The three rooms"), {Aspect.WORDS}),
        (text("3 rooms"), text("4 rooms"), {Aspect.WORDS, Aspect.NUMBERS}),
        (text("3 by 4"), text("4 by 3"), {Aspect.WORDS, Aspect.NUMBERS}),
        (text("many rooms"), text("12 rooms"), {Aspect.WORDS, Aspect.NUMBERS}),
        (text("www.a.org/1"), text("www.a.org/2"), {Aspect.WORDS, Aspect.LINKS}),
        (rich("<p>Teh 3 rooms</p>"), rich("<p>The <b>3</b> rooms</p>"), {Aspect.WORDS}),
        (rich("<p>3</p><p>4</p>"), rich("<p>34</p>"), {Aspect.WORDS, Aspect.NUMBERS}),
        (
            rich('<a linktype="page" id="3">a</a>'),
            rich('<a linktype="page" id="4">a</a>'),
            {Aspect.WORDS, Aspect.LINKS},
        ),
        (rich('<a href="https://a.org">a</a>'), rich("a"), {Aspect.WORDS, Aspect.LINKS}),
        (rich('<a href="https://a.org">a</a>'), rich('<a href="https://a.org">b</a>'), {Aspect.WORDS}),
        (text("a"), text("a", "other"), {Aspect.STRUCTURE}),
        ([*text("a", "1"), *text("b", "2")], [*text("b", "2"), *text("a", "1")], {Aspect.STRUCTURE}),
        (text("a"), rich("a", "lead"), {Aspect.STRUCTURE, Aspect.WORDS}),
        ([Part("minutes", Form.VALUE, 5)], [Part("minutes", Form.VALUE, 6)], {Aspect.STRUCTURE}),
        ([], text("New, with 3."), {Aspect.STRUCTURE}),
        (text("Gone, with 3."), [], {Aspect.STRUCTURE}),
    ],
)
def test_two_versions_differ_in_what_they_say(old, new, found):
    assert differences(old, new) == found
