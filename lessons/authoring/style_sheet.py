"""The style sheet for authors: one page, the same in the CMS's help and in the course pack."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

TITLE = _("Writing for Open Museums")
INTRODUCTION = _(
    "For everybody who writes for this course. One page: read it before you write, and once more when you are done."
)


@dataclass(frozen=True)
class Chapter:
    """A heading and the rules under it, in the reader's language."""

    heading: Any
    rules: tuple[Any, ...]


STYLE_SHEET = (
    Chapter(
        _("For whom"),
        (
            _(
                "You write to one person and call her “you”. She works in a small museum, for pay or for love. She is "
                "capable, and short of time."
            ),
            _(
                "Begin with what she can do on Monday. Say what it costs in hours and money, and what goes wrong "
                "without budget or staff."
            ),
            _(
                "Ask of everything both questions: how is it done, and what does it mean? Who is left out, who owns "
                "it, what does it do to the relation with people?"
            ),
        ),
    ),
    Chapter(
        _("How it sounds"),
        (
            _(
                "Warm, exact, short. Sentences have 18 words on average at most, paragraphs 90. One thought in a "
                "sentence, one matter in a paragraph."
            ),
            _(
                "Plain words before trade words. A trade word is explained where it comes first, and stands in the "
                "glossary."
            ),
            _("Verbs before nouns, the active before the passive, an example before a rule."),
            _("No marketing speak about marketing, no exclamation marks, no praise of the reader."),
            _(
                "Include everybody: nobody is the exception, and no joke is at anybody’s cost. Families, bodies, "
                "incomes and languages differ."
            ),
            _("Write the sentences yourself. Nothing is copied, neither from others nor from the guide."),
        ),
    ),
    Chapter(
        _("What is true"),
        (
            _(
                "State what you are sure of, and leave out the rest. Invent no museum, figure, quotation or person. "
                "An example of your own says “suppose” or “a museum like yours”."
            ),
            _(
                "A figure has a source and a year. A case is a real museum, widely documented, with the address where "
                "it can be read."
            ),
            _(
                "Call things by their names of today, and say in a clause what became of a tool or a feature. Ways of "
                "working come first, names of tools second."
            ),
            _(
                "What ages carries the day as of which it is known. That it was checked is said by somebody who opened "
                "the source, and by nobody else."
            ),
            _("The law stands in general terms, with its official source and a line that this is no legal advice."),
            _(
                "Artificial intelligence has its place in each lesson: where it honestly helps a small museum, and "
                "where it does not."
            ),
        ),
    ),
    Chapter(
        _("How a unit is built"),
        (
            _("In the order in which one learns: a reason, the way of doing it, an example, something to do."),
            _(
                "Each topic of the guide has 90 to 150 words, in a block that carries its key. A page has 600 to 1,500 "
                "words; what is longer goes on in a second part."
            ),
            _(
                "Two to four outcomes that somebody else could see. Honest minutes: 180 words a minute to read, and "
                "the time that the tasks really take."
            ),
            _(
                "A case, and an activity that makes something the museum keeps, with a sheet that works on paper. Two "
                "or three self-checks, each where the text has just made its answer possible."
            ),
            _(
                "A diagram where it explains better than words. Pictures have a text alternative, tables a caption, "
                "and links say where they lead."
            ),
        ),
    ),
    Chapter(
        _("Questions"),
        (
            _("A situation before a definition. No answer shows by its length, its place or the question’s words."),
            _("Each answer has feedback that teaches: why it is right, or what is mistaken about it."),
        ),
    ),
)


def style_sheet_as_markdown() -> str:
    """Return the style sheet in the active language as Markdown, one rule a line."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield from (f"# {TITLE}", "", str(INTRODUCTION), "")
    for chapter in STYLE_SHEET:
        yield from (f"## {chapter.heading}", "", *(f"- {rule}" for rule in chapter.rules), "")
