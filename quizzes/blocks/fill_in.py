"""A text with gaps to be filled from lists, as editors write it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from openmuseums.competences.facets import Facet
from quizzes.blocks.choices import ChoiceOptionBlock
from quizzes.blocks.parted import OPEN, PartedQuestionBlock, doubled, shown_part, text_under
from quizzes.blocks.question import Fault, Level, filled
from quizzes.questions.fill_in import gaps_of, marks_in, pieces_of, right_choices
from quizzes.questions.parting import given_for
from quizzes.running.arranging import Arranger
from quizzes.scoring import Given, Question
from quizzes.words import ShownWords, Word


class GapBlock(blocks.StructBlock):
    """What one gap can be filled with."""

    choices = blocks.ListBlock(ChoiceOptionBlock(), label=_("Choices"), min_num=2, max_num=6)

    class Meta:
        icon = "form"
        label = _("Gap")

    def get_default(self) -> Any:
        """Return a new gap, with as many empty choices as it takes."""
        return filled(self, super().get_default())


class FillInBlock(PartedQuestionBlock):
    """A text with gaps, each to be filled from a list of its own."""

    position = 9

    text = blocks.TextBlock(
        label=_("Text with gaps"),
        rows=4,
        help_text=_("Write [[1]] where the first gap of the list below stands, [[2]] for the second, and so on."),
    )
    gaps = blocks.ListBlock(GapBlock(), label=_("Gaps"), min_num=1, max_num=8)

    class Meta:
        icon = "form"
        label = _("Fill in from lists")
        description = _("A text with gaps, each to be filled from a list.")
        template = "quizzes/kinds/fill_in.html"
        preview_value = {
            "prompt": _("Complete the sentence."),
            "text": _("What the museum says on its website is [[1]] media."),
            "gaps": [
                {
                    "choices": [
                        {
                            "text": _("owned"),
                            "right": True,
                            "feedback": _("Yes: the museum decides what it says."),
                        },
                        {
                            "text": _("earned"),
                            "right": False,
                            "feedback": _("Earned is what others say of the museum."),
                        },
                    ]
                }
            ],
            "facet": Facet.UNDERSTAND,
            "topic": "owned-media",
            "points": 1,
        }

    def faults_in(self, value: Any) -> Iterator[Fault]:
        """Yield gaps that the text does not mark once each, and lists that cannot be chosen from."""
        gaps = [list(gap["choices"]) for gap in value["gaps"]]
        if sorted(marks_in(value["text"])) != list(range(1, len(gaps) + 1)):
            message = _("Each gap must stand in the text once: [[1]] for the first of the list, [[2]] for the second.")
            yield Fault(Level.UNUSABLE, "gaps-unlike-text", "text", message)
        if any(not 0 < sum(1 for choice in choices if choice["right"]) < len(choices) for choices in gaps):
            message = _("In each gap mark at least one choice as right, and leave at least one that is wrong.")
            yield Fault(Level.UNUSABLE, "wrong-number-of-right-choices", "gaps", message)
        if any(doubled(choice["text"] for choice in choices) for choices in gaps):
            message = _("Two choices of a gap say the same. Change or remove one.")
            yield Fault(Level.UNPUBLISHABLE, "doubled-choice", "gaps", message)

    def structure_of(self, value: Any) -> dict[str, Any]:
        """Return the ids of the gaps and of their choices, and whether each is right."""
        return {
            "gaps": [
                {
                    "id": gap.id,
                    "choices": [
                        {"id": choice.id, "right": bool(choice.value["right"])}
                        for choice in gap.value["choices"].bound_blocks
                    ],
                }
                for gap in value["gaps"].bound_blocks
            ]
        }

    def texts_of(self, value: Any) -> dict[str, Any]:
        """Return prompt, text, feedback and hint, and each choice's text and feedback by the ids of gap and choice."""
        return {
            **super().texts_of(value),
            "text": str(value["text"]),
            "gaps": {
                gap.id: {
                    choice.id: {"text": str(choice.value["text"]), "feedback": str(choice.value["feedback"])}
                    for choice in gap.value["choices"].bound_blocks
                }
                for gap in value["gaps"].bound_blocks
            },
        }

    def present(self, question: Question, words: ShownWords, given: Given, arranger: Arranger) -> dict[str, Any]:
        """Return the lines of the text, each a list of words and gaps, and the gaps as `parts` in the text's order."""
        text: Word = words["text"]
        lines = _lines(question, text)
        right = right_choices(question)
        places = [piece for line in lines for piece in line if isinstance(piece, int)]
        parts = {}
        for number, place in enumerate(places, start=1):
            gap, choices = list(gaps_of(question).items())[place]
            parts[place] = shown_part(
                gap,
                Word(gettext("Gap %(number)s") % {"number": number}),
                [
                    (
                        choice,
                        text_under(words, "gaps", gap, choice, "text"),
                        text_under(words, "gaps", gap, choice, "feedback"),
                    )
                    for choice in arranger.choices(choices)
                ],
                chosen=given_for(given, gap),
                right=right[gap],
            )
        return {
            "parts": list(parts.values()),
            "lines": [
                [parts[piece] if isinstance(piece, int) else {"words": Word(piece, text.lang)} for piece in line]
                for line in lines
            ],
        }

    def summary(self, question: Question, words: ShownWords, given: Given) -> list[Word]:
        """Return the text with what was chosen in it."""
        if given.is_empty:
            return []
        text: Word = words["text"]
        chosen = [text_under(words, "gaps", gap, given_for(given, gap), "text") for gap in gaps_of(question)]
        return [
            Word("".join(str(chosen[piece] or OPEN) if isinstance(piece, int) else piece for piece in line), text.lang)
            for line in _lines(question, text)
        ]


def _lines(question: Question, text: Word) -> list[list[str | int]]:
    """Return the lines of a text in pieces: words, and places of gaps in the question's list.

    Each gap is there once, also where a translation forgot it or has it twice: it must be possible to answer.
    """
    left = list(range(len(gaps_of(question))))
    lines: list[list[str | int]] = []
    for line in text.text.splitlines():
        pieces: list[str | int] = []
        for piece in pieces_of(line):
            if isinstance(piece, str):
                pieces.append(piece)
            elif piece - 1 in left:
                left.remove(piece - 1)
                pieces.append(piece - 1)
        if pieces:
            lines.append(pieces)
    lines.extend([place] for place in left)
    return lines


BLOCK = FillInBlock
