import pytest

from openmuseums.translation.notices.changes import Aspect, Changes, changes_between

WORDS, NUMBERS, LINKS, QUESTIONS, ADDED, REMOVED, MOVED, BESIDE = Aspect


@pytest.mark.parametrize(
    ("old", "new", "aspects"),
    [
        ("A museum opens.", "A museum closes.", (WORDS,)),
        ("It opened in 1829.", "It opened in 1831.", (NUMBERS,)),
        ("It costs 3 euros.", "It costs <b>4</b> euros, or nothing.", (WORDS, NUMBERS)),
        ("three rooms", "four rooms", (WORDS, NUMBERS)),
        ("Write to a@example.org", "Write to b@example.org", (WORDS, LINKS)),
        ("https://example.org/a", "https://example.org/b", (LINKS,)),
        ("One <b>word</b>", "One word", (WORDS,)),
    ],
)
def test_text_in_the_place_of_another_is_told_by_what_differs(old: str, new: str, aspects: tuple[Aspect, ...]) -> None:
    assert changes_between([["lead", old]], [["lead", new]]).aspects == aspects


def test_paragraphs_are_those_that_changed_without_markup_in_their_order() -> None:
    old = [["title", "A unit"], ["body.a", "The first."], ["body.b", "Nothing new."], ["body.c", "It is old."]]
    new = [
        ["title", "A unit"],
        ["body.a", 'The <a id="a1">first</a> of all.'],
        ["body.b", "Nothing new."],
        ["body.d", "R&amp;D is added."],
    ]
    assert changes_between(old, new) == Changes(
        aspects=(WORDS, ADDED, REMOVED), now=("The first of all.", "R&D is added."), gone=("It is old.",)
    )


def test_other_address_of_a_link_in_a_text_is_a_link_that_changed() -> None:
    text = ["body.a", 'See <a id="a1">there</a>.']
    old = [text, ["body.a.'https://example.org/a'", "https://example.org/a"]]
    new = [text, ["body.a.'https://example.org/b'", "https://example.org/b"]]
    assert changes_between(old, new) == Changes(aspects=(LINKS,), now=("https://example.org/b",))


def test_texts_that_change_places_were_moved() -> None:
    first, second = ["body.a", "The first."], ["body.b", "The second."]
    assert changes_between([first, second], [second, first]) == Changes(aspects=(MOVED,))


def test_text_that_stands_elsewhere_was_moved() -> None:
    assert changes_between([["body.a.x", "The same."]], [["body.b.x", "The same."]]) == Changes(aspects=(MOVED,))


def test_what_changed_beside_the_text_is_told_so() -> None:
    texts = [["title", "A unit"]]
    assert changes_between(texts, texts) == Changes(aspects=(BESIDE,))


def test_texts_of_questions_are_told_of_and_never_shown() -> None:
    old = [["lead", "As before."], ["body.q1.prompt", "Which?"], ["body.q1.choices.x.feedback", "No."]]
    new = [["lead", "As before."], ["body.q1.prompt", "Which one?"], ["body.q1.choices.x.feedback", "Yes, for 1."]]
    assert changes_between(old, new, questions={"q1"}) == Changes(aspects=(QUESTIONS,))
