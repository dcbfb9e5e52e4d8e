"""A question whose answer is a number, as editors write it."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from openmuseums.competences.facets import Facet
from quizzes.blocks.carrying import item_of, value_of
from quizzes.blocks.question import Fault, GradedQuestionBlock, Level
from quizzes.blocks.typed import share_block, typed_word
from quizzes.formats.items import Answer, Item, ItemKind, tidy
from quizzes.questions.numbers import NOT_A_NUMBER, STORED, WITH_COMMA, WITH_POINT, stored_number
from quizzes.questions.numeric import OPTIONAL, WANTED, WITHOUT_UNIT, matched, unit_of
from quizzes.questions.typed import LINE, TOO_LONG, lines_of
from quizzes.running.arranging import Arranger
from quizzes.scoring import Given, Question, Words
from quizzes.words import ShownWords, Word

# What stands for any other number in the files of other programs.
_ANY = "*"


def _number(label: Any, *, is_signed: bool = False, **options: Any) -> blocks.RegexBlock:
    """Return a field for a number that is the same in every language: no translator is asked about it."""
    regex = f"^{STORED if is_signed else STORED.removeprefix('-?')}$"
    message = _("Write digits, with a point before decimals: 12.5")
    return blocks.RegexBlock(regex=regex, label=label, max_length=26, error_messages={"invalid": message}, **options)


class NumberBlock(blocks.StructBlock):
    """A number that is accepted, how near to it is near enough, and what it is worth."""

    number = _number(_("Number"), is_signed=True, help_text=_("In digits, with a point before decimals: 12.5"))
    tolerance = _number(_("Tolerance"), default="0", help_text=_("So far above or below is still right."))
    relative = blocks.BooleanBlock(label=_("The tolerance is per cent of the number"), required=False, default=False)
    share = share_block()
    feedback = blocks.TextBlock(label=_("Feedback"), required=False, default="", rows=2)

    class Meta:
        icon = "order"
        label = _("Number")


class UnitBlock(blocks.StructBlock):
    """A unit that may stand after the number."""

    names = blocks.TextBlock(label=_("Spellings, one a line"), rows=2, help_text=_("Such as: cm, centimetres."))
    factor = _number(
        _("Factor"), default="1", help_text=_("1 for the unit of the numbers above; 0.01 for cm where they are in m.")
    )

    class Meta:
        icon = "order"
        label = _("Unit")


class NumericBlock(GradedQuestionBlock):
    """A question whose answer is a number."""

    position = 6
    fault_messages = {
        NOT_A_NUMBER: _("This is not a number that can be read here. Write one in digits."),
        WITH_COMMA: _("This can be misread. Write decimals with a comma, and thousands without a mark: 1500 or 1,5."),
        WITH_POINT: _("This can be misread. Write decimals with a point, and thousands without a mark: 1500 or 1.5."),
        WITHOUT_UNIT: _("Write the unit after the number."),
        TOO_LONG: _("This is too long. Shorten it."),
    }

    values = blocks.ListBlock(NumberBlock(), label=_("Numbers"), min_num=1, max_num=8)
    unit = blocks.ChoiceBlock(
        label=_("Unit"),
        required=False,
        default="",
        choices=[
            ("", _("Not looked at")),
            (OPTIONAL, _("May be left out; where it is there it must be one of these")),
            (WANTED, _("Must be one of these")),
        ],
    )
    units = blocks.ListBlock(UnitBlock(), label=_("Units of measurement"), default=[], required=False, max_num=8)
    feedback_other = blocks.TextBlock(label=_("Feedback to any other number"), required=False, default="", rows=2)

    class Meta:
        icon = "order"
        label = _("Number")
        description = _("A question whose answer is a number, with a tolerance, and with a unit where you want one.")
        template = "quizzes/kinds/typed.html"
        preview_value = {
            "prompt": _("Of 250 visitors who read about a workshop, 5 booked it. How many per cent is that?"),
            "values": [
                {
                    "number": "2",
                    "tolerance": "0.1",
                    "relative": False,
                    "share": 100,
                    "feedback": _("Yes: 5 divided by 250, times 100."),
                }
            ],
            "feedback_other": _("Divide those who booked by those who read, then multiply by 100."),
            "facet": Facet.MANAGE,
            "topic": "swot",
            "points": 1,
        }

    def faults_in(self, value: Any) -> Iterator[Fault]:
        """Yield numbers that bring too little or are never reached, and units that cannot be reckoned with."""
        numbers = list(value["values"])
        if not any(number["share"] == 100 for number in numbers):
            yield Fault(
                Level.UNUSABLE,
                "nothing-worth-all",
                "values",
                _("No number is worth all points. Give one 100 per cent."),
            )
        if any(_covers(before, after) for place, after in enumerate(numbers) for before in numbers[:place]):
            yield Fault(
                Level.UNPUBLISHABLE,
                "number-never-reached",
                "values",
                _("A number lies within the tolerance of one above it, which counts first. Move it up or remove it."),
            )
        if value["unit"]:
            yield from _faults_in_units(list(value["units"]))

    def structure_of(self, value: Any) -> dict[str, Any]:
        """Return numbers and units, these with their names: to change one is to change what is right."""
        key: dict[str, Any] = {
            "values": [
                {
                    "id": bound.id,
                    "value": str(bound.value["number"] or ""),
                    "tolerance": str(bound.value["tolerance"] or "0"),
                    "share": bound.value["share"] or 0,
                    **({"relative": True} if bound.value["relative"] else {}),
                }
                for bound in value["values"].bound_blocks
            ]
        }
        if value["unit"]:
            key["unit"] = value["unit"]
            key["units"] = [
                {
                    "id": bound.id,
                    "factor": str(bound.value["factor"] or "1"),
                    "names": lines_of(str(bound.value["names"])),
                }
                for bound in value["units"].bound_blocks
            ]
        return key

    def texts_of(self, value: Any) -> dict[str, Any]:
        """Return prompt, feedback and hint, the feedback to each number, and the names of each unit."""
        return {
            **super().texts_of(value),
            "values": {bound.id: {"feedback": str(bound.value["feedback"])} for bound in value["values"].bound_blocks},
            "units": {bound.id: {"names": str(bound.value["names"])} for bound in value["units"].bound_blocks},
            "feedback_other": str(value["feedback_other"]),
        }

    def present(self, question: Question, words: ShownWords, given: Given, arranger: Arranger) -> dict[str, Any]:
        """Return what was typed, what is right in the manner of the reader's language, and how one may type."""
        values = question.key.get("values", ())
        unit = unit_of(question, words)
        return {
            "typed": typed_word(given),
            "most": LINE,
            # Keys for digits alone have no letters on a phone, and no minus.
            "is_digits": not question.key.get("unit") and not any(value["value"].startswith("-") for value in values),
            "right": [Word(_in_words(value, unit)) for value in values if value["share"] == 100],
        }

    def explain(self, question: Question, words: ShownWords, given: Given, graded_by: Words) -> dict[str, Any]:
        """Return the feedback to the number that was typed."""
        value = matched(question, given, graded_by)
        return {"remark": words.under("values", value["id"])["feedback"] if value else words["feedback_other"]}

    def summary(self, question: Question, words: ShownWords, given: Given) -> list[Word]:
        """Return what was typed."""
        return [] if given.is_empty else [typed_word(given)]

    def to_item(self, value: Any) -> Item:
        """Return it with its numbers; files have no place for units, and tolerances in them are absolute."""
        answers = [
            Answer(
                number["number"],
                Fraction(number["share"], 100),
                tidy(number["feedback"]),
                number=Decimal(number["number"]),
                tolerance=_tolerance(number["number"], number["tolerance"], is_relative=number["relative"]),
            )
            for number in value["values"]
        ]
        if value["feedback_other"]:
            answers.append(Answer(_ANY, Fraction(0), tidy(value["feedback_other"])))
        return item_of(self, value, ItemKind.NUMERIC, answers=tuple(answers))

    def from_item(self, item: Item) -> dict[str, Any] | None:
        """Return it."""
        if item.kind is not ItemKind.NUMERIC:
            return None
        values = [
            {
                "number": f"{answer.number:f}",
                "tolerance": f"{answer.tolerance:f}",
                "relative": False,
                "share": max(0, round(answer.share * 100)),
                "feedback": answer.feedback,
            }
            for answer in item.answers
            if answer.number is not None
        ]
        other = next((answer.feedback for answer in item.answers if answer.number is None), "")
        return value_of(self, item, values=values, feedback_other=other)


def _faults_in_units(units: list[Any]) -> Iterator[Fault]:
    factors = [stored_number(unit["factor"] or "") or Fraction(0) for unit in units]
    if Fraction(1) not in factors or not all(factors):
        yield Fault(
            Level.UNUSABLE,
            "no-unit-of-the-numbers",
            "units",
            _("Name the unit that the numbers are in, with the factor 1. No factor is 0."),
        )
    names = [name for unit in units for name in lines_of(str(unit["names"] or ""))]
    if len(set(names)) < len(names):
        yield Fault(
            Level.UNPUBLISHABLE, "doubled-unit", "units", _("A spelling stands with two units. Remove one of them.")
        )


def _covers(before: Any, after: Any) -> bool:
    """Return whether every number that is near enough to one is near enough to another, which counts before it."""
    ends = []
    for number in (before, after):
        middle, tolerance = stored_number(number["number"] or ""), stored_number(number["tolerance"] or "")
        if middle is None or tolerance is None:
            return False
        reach = abs(middle) * tolerance / 100 if number["relative"] else tolerance
        ends.append((middle - reach, middle + reach))
    (low, high), (inner_low, inner_high) = ends
    return low <= inner_low and inner_high <= high


def _in_words(value: dict[str, Any], unit: str) -> str:
    """Return a number as the reader's language writes it, such as “1,5 m (± 0,1)”."""
    if stored_number(value["value"]) is None:
        return ""
    number = number_format(Decimal(value["value"]))
    tolerance = _tolerance(value["value"], value["tolerance"], is_relative=bool(value.get("relative")))
    return f"{number} {unit}".strip() + (f" (± {number_format(tolerance)})" if tolerance else "")


def _tolerance(number: str, tolerance: str, *, is_relative: bool) -> Decimal:
    """Return a tolerance in the unit of its number."""
    found = Decimal(tolerance or 0) * (abs(Decimal(number or 0)) / 100 if is_relative else 1)
    return Decimal(f"{found.normalize():f}")


BLOCK = NumericBlock
