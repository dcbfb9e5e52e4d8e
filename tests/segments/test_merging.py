"""A PO file brought in line with the texts as they are now."""

import uuid
from dataclasses import replace

from openmuseums.segments.catalogues import Message
from openmuseums.segments.merging import messages_of
from openmuseums.segments.units import Place, Unit

KEY = uuid.UUID("10de3021-118e-4e6f-93be-8d3c15d27bae")
TITLE = "The digital strategy"


def unit(path: str, source: str, *, is_address: bool = False, max_length: int | None = None) -> Unit:
    return Unit(KEY, path, source, is_address, Place(path.replace("1", "item"), max_length))


def message(path: str, source: str, translation: str = "", **fields: object) -> Message:
    return Message(f"{KEY}:{path}", source, translation, **{"notes": path, **fields})  # type: ignore[arg-type]


def test_messages_of_new_texts_are_empty_and_say_what_they_are() -> None:
    units = [unit("title", TITLE, max_length=255), unit("address", "https://example.org/", is_address=True)]
    assert messages_of(units) == [
        message("title", TITLE, notes="title, at most 255 characters"),
        message("address", "https://example.org/", notes="address, an address: leave it empty where it stays the same"),
    ]


def test_messages_keep_what_is_translated_in_the_file() -> None:
    before = [message("title", TITLE, "De strategie", remarks="Short.")]
    assert messages_of([unit("title", TITLE)], before) == before


def test_messages_of_changed_texts_become_fuzzy_with_the_text_before() -> None:
    before = [message("title", "The digital strategies", "De strategieën")]
    assert messages_of([unit("title", TITLE)], before) == [
        message("title", TITLE, "De strategieën", fuzzy=True, previous="The digital strategies")
    ]


def test_messages_keep_the_text_that_a_fuzzy_translation_was_made_for() -> None:
    before = [message("title", "The digital strategies", "De strategieën", fuzzy=True, previous="Digital strategies")]
    (found,) = messages_of([unit("title", TITLE)], before)
    assert (found.translation, found.fuzzy, found.previous) == ("De strategieën", True, "Digital strategies")


def test_messages_of_texts_that_are_gone_become_obsolete() -> None:
    before = [message("title", "Something else altogether: bananas", "Bananen"), message("lead", "Never translated")]
    assert messages_of([unit("title", TITLE)], before) == [
        message("title", TITLE),
        message("title", "Something else altogether: bananas", "Bananen", obsolete=True, notes=""),
    ]


def test_messages_of_texts_that_come_back_are_used_again() -> None:
    before = [message("title", TITLE, "De strategie", obsolete=True, notes="")]
    assert messages_of([unit("title", TITLE)], before) == [message("title", TITLE, "De strategie")]


def test_messages_of_one_rich_text_each_take_over_the_nearest() -> None:
    before = [message("text", "First we count.", "Eerst tellen."), message("text", "Then we look.", "Dan kijken.")]
    found = messages_of([unit("text", "Then we all look."), unit("text", "First we all count.")], before)
    assert [(one.source, one.translation, one.previous) for one in found] == [
        ("Then we all look.", "Dan kijken.", "Then we look."),
        ("First we all count.", "Eerst tellen.", "First we count."),
    ]


def test_messages_ask_the_file_only_for_what_nobody_else_keeps() -> None:
    units = [unit("title", TITLE), unit("lead", "A lead."), unit("text", "A text.")]
    before = [
        message("title", TITLE, "Oud", remarks="Short."),
        message("lead", "A lead.", "Een lead."),
        message("text", "A text.", "Een tekst.", fuzzy=True, previous="Text."),
    ]
    assert messages_of(units, before, translations={(f"{KEY}:title", TITLE): "Nieuw"}) == [
        message("title", TITLE, "Nieuw", remarks="Short."),
        message("lead", "A lead."),
        message("text", "A text.", "Een tekst.", fuzzy=True, previous="Text."),
    ]


def test_messages_of_a_block_follow_it_to_another_page() -> None:
    path = "body.82a86bec-ee25-424d-aea3-57b3284b67e1.text"
    before = [
        message(path, "What comes first?", "Wat komt eerst?", remarks="Short."),
        message("body.not-a-block.text", "A text", "Een tekst"),
        message("lead", "A lead.", "Een inleiding."),
    ]
    other = uuid.UUID(int=5)
    now = [
        replace(unit(path, "What comes first?"), key=other),
        replace(unit("body.not-a-block.text", "A text"), key=other),
        replace(unit("lead", "A lead."), key=other),
    ]
    found = {one.context: (one.translation, one.fuzzy, one.obsolete) for one in messages_of(now, before)}
    assert found == {
        f"{other}:{path}": ("Wat komt eerst?", False, False),
        f"{other}:body.not-a-block.text": ("", False, False),
        f"{other}:lead": ("", False, False),
        # What every page has of its own is no other page's.
        f"{KEY}:body.not-a-block.text": ("Een tekst", False, True),
        f"{KEY}:lead": ("Een inleiding.", False, True),
    }
    # Where the site says what is translated, the file is not asked.
    assert [one.translation for one in messages_of(now, before, translations={})][:3] == ["", "", ""]
