"""Prompts to be matched with answers, as editors write them."""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from openmuseums.competences.facets import Facet
from quizzes.blocks.carrying import in_one_line, item_of, value_of
from quizzes.blocks.choices import plain
from quizzes.blocks.parted import OPEN, PartedQuestionBlock, doubled, joined, shown_part, text_under
from quizzes.blocks.question import Fault, Level
from quizzes.formats.items import Item, ItemKind, Pair, tidy
from quizzes.questions.matching import options_of, right_options
from quizzes.questions.parting import given_for
from quizzes.running.arranging import Arranger
from quizzes.scoring import Given, Question
from quizzes.words import ShownWords, Word


class PairBlock(blocks.StructBlock):
    """A prompt with the answer that belongs to it."""

    prompt = blocks.CharBlock(label=pgettext_lazy("matching", "Prompt"), max_length=300)
    answer = blocks.CharBlock(
        label=_("Answer"), max_length=150, help_text=_("Prompts may share one: write it the same each time.")
    )
    feedback = blocks.TextBlock(
        label=_("Feedback"),
        required=False,
        default="",
        rows=2,
        help_text=_("Why they belong together. Shown after answering."),
    )

    class Meta:
        icon = "link"
        label = _("Pair")


class DistractorBlock(blocks.StructBlock):
    """An answer that belongs to no prompt."""

    text = blocks.CharBlock(label=_("Answer"), max_length=150)

    class Meta:
        icon = "cross"
        label = _("Answer without a prompt")


class MatchingBlock(PartedQuestionBlock):
    """Prompts, each to be matched with an answer from one list."""

    position = 4

    pairs = blocks.ListBlock(PairBlock(), label=_("Pairs"), min_num=2, max_num=8)
    distractors = blocks.ListBlock(
        DistractorBlock(), label=_("Answers without a prompt"), required=False, default=[], max_num=4
    )

    class Meta:
        icon = "link"
        label = _("Matching")
        description = _("Prompts, each to be matched with an answer. The answers are shuffled.")
        template = "quizzes/kinds/matching.html"
        preview_value = {
            "prompt": _("What kind of media is each of these channels?"),
            "pairs": [
                {
                    "prompt": _("The museum’s newsletter"),
                    "answer": _("Owned"),
                    "feedback": _("The museum decides what it says."),
                },
                {
                    "prompt": _("A review in the local paper"),
                    "answer": _("Earned"),
                    "feedback": _("Others speak of the museum of their own accord."),
                },
            ],
            "distractors": [{"text": _("Paid")}],
            "facet": Facet.UNDERSTAND,
            "topic": "owned-media",
            "points": 2,
        }

    def faults_in(self, value: Any) -> Iterator[Fault]:
        """Yield prompts and answers that say the same, and lists that leave nothing to choose."""
        pairs = list(value["pairs"])
        answers = {plain(pair["answer"]) for pair in pairs}
        others = [each["text"] for each in value["distractors"]]
        if doubled(pair["prompt"] for pair in pairs):
            message = _("Two prompts say the same. Change or remove one.")
            yield Fault(Level.UNPUBLISHABLE, "doubled-prompt", "pairs", message)
        if doubled(others) or answers & {plain(text) for text in others}:
            message = _("An answer without a prompt stands there twice, or belongs to a prompt. Change or remove it.")
            yield Fault(Level.UNPUBLISHABLE, "doubled-answer", "distractors", message)
        if len(answers) + len(others) < 2:
            message = _("There is only one answer, so there is nothing to choose. Add another.")
            yield Fault(Level.UNPUBLISHABLE, "nothing-to-choose", "pairs", message)
        elif len(answers) == len(pairs) and not others:
            message = _("The last answer gives itself away. Add one that belongs to no prompt.")
            yield Fault(Level.REMARK, "last-answer-given-away", "distractors", message)

    def structure_of(self, value: Any) -> dict[str, Any]:
        """Return which answer belongs to which prompt. Pairs whose answers say the same share the first one."""
        offered: dict[str, str] = {}
        pairs = []
        for bound in value["pairs"].bound_blocks:
            option = _option(bound.id)
            answer = offered.setdefault(plain(bound.value["answer"]), option)
            pairs.append({"id": bound.id, "option": option, "answer": answer})
        distractors = [{"id": bound.id, "option": _option(bound.id)} for bound in value["distractors"].bound_blocks]
        return {"pairs": pairs, **({"distractors": distractors} if distractors else {})}

    def texts_of(self, value: Any) -> dict[str, Any]:
        """Return prompt, feedback and hint, the texts of each pair, and of each answer without a prompt, by its id."""
        return {
            **super().texts_of(value),
            "pairs": {
                bound.id: {name: str(bound.value[name]) for name in ("prompt", "answer", "feedback")}
                for bound in value["pairs"].bound_blocks
            },
            "distractors": {
                bound.id: {"text": str(bound.value["text"])} for bound in value["distractors"].bound_blocks
            },
        }

    def present(self, question: Question, words: ShownWords, given: Given, arranger: Arranger) -> dict[str, Any]:
        """Return the prompts in their order, each with all answers in an order that says nothing."""
        texts = _texts_of_options(question, words)
        options = [(option, texts[option], Word("")) for option in arranger.shuffled(options_of(question))]
        return {
            "options": [text for _option_id, text, _none in options],
            "parts": [
                shown_part(
                    part,
                    text_under(words, "pairs", part, "prompt"),
                    options,
                    chosen=_offered(question, given_for(given, part)),
                    right=right,
                    feedback=text_under(words, "pairs", part, "feedback"),
                )
                for part, right in right_options(question).items()
            ],
        }

    def summary(self, question: Question, words: ShownWords, given: Given) -> list[Word]:
        """Return each prompt with what was chosen for it."""
        texts = _texts_of_options(question, words)
        return [
            joined((text_under(words, "pairs", part, "prompt"), texts.get(given_for(given, part), Word(OPEN))), " – ")
            for part in right_options(question)
            if not given.is_empty
        ]

    def to_item(self, value: Any) -> Item:
        """Return it with its pairs, those without a prompt last."""
        pairs = [Pair(tidy(pair["prompt"]), tidy(pair["answer"])) for pair in value["pairs"]]
        others = [Pair("", tidy(other["text"])) for other in value["distractors"]]
        return item_of(self, value, ItemKind.MATCHING, pairs=(*pairs, *others), shuffle=True)

    def from_item(self, item: Item) -> dict[str, Any] | None:
        """Return it."""
        if item.kind is not ItemKind.MATCHING:
            return None
        return value_of(
            self,
            item,
            pairs=[
                {"prompt": in_one_line(pair.left), "answer": in_one_line(pair.right)}
                for pair in item.pairs
                if pair.left
            ],
            distractors=[{"text": in_one_line(pair.right)} for pair in item.pairs if not pair.left],
        )


def _option(item_id: str) -> str:
    """Return the id that an answer is offered by: not that of its pair, which the page's source shows at its prompt."""
    return hashlib.sha256(f"answer of {item_id}".encode()).hexdigest()[:16]


def _offered(question: Question, option: str) -> str:
    """Return the id of the answer that stands for one which another language offers by itself."""
    return next((pair["answer"] for pair in question.key["pairs"] if pair["option"] == option), option)


def _texts_of_options(question: Question, words: ShownWords) -> dict[str, Word]:
    texts = {pair["option"]: text_under(words, "pairs", pair["id"], "answer") for pair in question.key["pairs"]}
    for other in question.key.get("distractors", ()):
        texts[other["option"]] = text_under(words, "distractors", other["id"], "text")
    return texts


BLOCK = MatchingBlock
