"""Things to be put into their order, as editors write them."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from openmuseums.competences.facets import Facet
from quizzes.blocks.carrying import in_one_line, item_of, value_of
from quizzes.blocks.parted import PartedQuestionBlock, doubled, shown_part, text_under
from quizzes.blocks.question import Fault, Level
from quizzes.formats.items import ONE, Answer, Item, ItemKind, tidy
from quizzes.questions.ordering import NEIGHBOURS, items_of, neighbours_in, places_of
from quizzes.questions.parting import given_for
from quizzes.running.arranging import Arranger
from quizzes.scoring import Given, Question
from quizzes.words import ShownWords, Word


class OrderedItemBlock(blocks.StructBlock):
    """One of the things to be put into their order."""

    text = blocks.CharBlock(label=_("Item"), max_length=300)

    class Meta:
        icon = "list-ol"
        label = _("Item")


class OrderingBlock(PartedQuestionBlock):
    """Things to be put into their order, each by the number of its place."""

    position = 5

    items = blocks.ListBlock(
        OrderedItemBlock(),
        label=_("Items"),
        min_num=3,
        max_num=8,
        help_text=_("In their right order. Learners see them shuffled."),
    )
    scoring = blocks.ChoiceBlock(
        label=_("Points for a part of it"),
        required=False,
        default="",
        choices=[
            ("", _("None: the whole order")),
            (NEIGHBOURS, _("A share for each item that is followed by the right one")),
        ],
    )

    class Meta:
        icon = "list-ol"
        label = _("Ordering")
        description = _("Things to be put into their order, by numbers.")
        template = "quizzes/kinds/ordering.html"
        preview_value = {
            "prompt": _("In which order do you plan a campaign?"),
            "items": [
                {"text": _("Say what it is for")},
                {"text": _("Find out whom it is for")},
                {"text": _("Choose the channels")},
            ],
            "scoring": NEIGHBOURS,
            "facet": Facet.MANAGE,
            "topic": "owned-media",
            "points": 2,
        }

    def faults_in(self, value: Any) -> Iterator[Fault]:
        """Yield items that say the same: nobody could tell their places apart."""
        if doubled(item["text"] for item in value["items"]):
            message = _("Two items say the same. Change or remove one.")
            yield Fault(Level.UNPUBLISHABLE, "doubled-item", "items", message)

    def structure_of(self, value: Any) -> dict[str, Any]:
        """Return the ids of the items in their right order, and how part of it being right is counted."""
        scoring = value["scoring"]
        items = [{"id": bound.id} for bound in value["items"].bound_blocks]
        return {"items": items, **({"scoring": scoring} if scoring else {})}

    def texts_of(self, value: Any) -> dict[str, Any]:
        """Return prompt, feedback and hint, and each item's text by its id."""
        items = {bound.id: {"text": str(bound.value["text"])} for bound in value["items"].bound_blocks}
        return {**super().texts_of(value), "items": items}

    def present(self, question: Question, words: ShownWords, given: Given, arranger: Arranger) -> dict[str, Any]:
        """Return the items shuffled, as `parts`, and `in_order`; each with the numbers of the places it can be given.

        `neighbours` says how many of `most` items are followed by the right one, where points are given for it.
        """
        items = items_of(question)
        options = [(place, Word(place), Word("")) for place in places_of(question)]
        parts = {
            item: shown_part(
                item, text_under(words, "items", item, "text"), options, chosen=given_for(given, item), right=[place]
            )
            for item, place in zip(items, places_of(question), strict=True)
        }
        counts = question.key.get("scoring") == NEIGHBOURS
        return {
            "parts": [parts[item] for item in _mixed(items, arranger)],
            "in_order": list(parts.values()),
            "neighbours": neighbours_in(question, given) if counts else None,
            "most": len(items) - 1,
        }

    def summary(self, question: Question, words: ShownWords, given: Given) -> list[Word]:
        """Return what was given a place, in the order of the places and with their numbers."""
        placed = sorted((int(given_for(given, item)), item) for item in items_of(question) if given_for(given, item))
        texts = [(place, text_under(words, "items", item, "text")) for place, item in placed]
        return [Word(f"{place}. {text}", text.lang) for place, text in texts]

    def to_item(self, value: Any) -> Item:
        """Return it with its items in their right order."""
        answers = tuple(Answer(tidy(item["text"]), ONE) for item in value["items"])
        return item_of(self, value, ItemKind.ORDERING, answers=answers)

    def from_item(self, item: Item) -> dict[str, Any] | None:
        """Return it; files count part of it in ways of their own, so points are given for a part here too."""
        if item.kind is not ItemKind.ORDERING:
            return None
        items = [{"text": in_one_line(answer.text)} for answer in item.answers]
        return value_of(self, item, items=items, scoring=NEIGHBOURS)


def _mixed(items: tuple[str, ...], arranger: Arranger) -> list[str]:
    """Return the items in an order that is not the right one by chance."""
    mixed = arranger.shuffled(items)
    return mixed if mixed != list(items) else [*mixed[1:], mixed[0]]


BLOCK = OrderingBlock
