"""A question that is answered in a few words, as editors write it."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from openmuseums.competences.facets import Facet
from quizzes.blocks.carrying import item_of, value_of
from quizzes.blocks.question import Fault, GradedQuestionBlock, Level
from quizzes.blocks.typed import share_block, typed_word
from quizzes.formats.items import Answer, Item, ItemKind, tidy
from quizzes.questions.short_answer import accepted_answers, folded, matched
from quizzes.questions.typed import LINE, TOO_LONG, lines_of
from quizzes.running.arranging import Arranger
from quizzes.scoring import Given, Question, Words
from quizzes.words import ShownWords, Word

_OPTIONS = {"case": "case_matters", "accents": "accents_matter", "wildcards": "wildcards"}


class AcceptedBlock(blocks.StructBlock):
    """Answers that are accepted alike."""

    accepted = blocks.TextBlock(
        label=_("Accepted, one a line"),
        rows=3,
        help_text=_("Whoever translates writes what people would say in that language, as many lines as it takes."),
    )
    share = share_block()
    feedback = blocks.TextBlock(label=_("Feedback"), required=False, default="", rows=2)

    class Meta:
        icon = "edit"
        label = _("Accepted answers")


class ShortAnswerBlock(GradedQuestionBlock):
    """A question that is answered in a few words."""

    position = 7
    fault_messages = {TOO_LONG: _("This is too long. Shorten it.")}

    answers = blocks.ListBlock(
        AcceptedBlock(), label=_("Answers"), min_num=1, max_num=8, help_text=_("The first that fits counts.")
    )
    case_matters = blocks.BooleanBlock(label=_("Capitals matter"), required=False, default=False)
    accents_matter = blocks.BooleanBlock(label=_("Accents matter"), required=False, default=False)
    wildcards = blocks.BooleanBlock(
        label=_("A star stands for any text"),
        required=False,
        default=False,
        help_text=_("“museum*” accepts “museums” too. Write \\* for a star itself."),
    )
    feedback_other = blocks.TextBlock(label=_("Feedback to anything else"), required=False, default="", rows=2)

    class Meta:
        icon = "edit"
        label = _("Short answer")
        description = _("A question answered in a few words, compared with those you accept in each language.")
        template = "quizzes/kinds/typed.html"
        preview_value = {
            "prompt": _("Strengths, weaknesses, opportunities: which word is missing in a SWOT analysis?"),
            "answers": [{"accepted": _("threats"), "share": 100, "feedback": _("Yes: what may come from outside.")}],
            "feedback_other": _("It begins with the last letter of SWOT in English."),
            "facet": Facet.UNDERSTAND,
            "topic": "swot",
            "points": 1,
        }

    def faults_in(self, value: Any) -> Iterator[Fault]:
        """Yield answers that bring too little, say nothing, are too long to be typed, or stand there twice."""
        groups = [(group["share"], lines_of(str(group["accepted"] or ""))) for group in value["answers"]]
        if not any(share == 100 and lines for share, lines in groups):
            yield Fault(
                Level.UNUSABLE,
                "nothing-worth-all",
                "answers",
                _("No accepted answer is worth all points. Give one 100 per cent."),
            )
        lines = [line for _share, accepted in groups for line in accepted]
        if any(len(line) > LINE for line in lines):
            yield Fault(Level.UNUSABLE, "answer-too-long", "answers", _("An accepted answer is too long to be typed."))
        key = {name: value[option] for name, option in _OPTIONS.items()}
        seen: set[str] = set()
        for _share, accepted in groups:
            here = {folded(line, key) for line in accepted}
            if here & seen:
                yield Fault(
                    Level.UNPUBLISHABLE,
                    "doubled-answer",
                    "answers",
                    _("An accepted answer stands in two places; the first counts. Remove one of them."),
                )
                return
            seen |= here

    def structure_of(self, value: Any) -> dict[str, Any]:
        """Return what is accepted, for which share, and what makes a difference."""
        return {
            "answers": [
                {
                    "id": bound.id,
                    "share": bound.value["share"] or 0,
                    "accepted": lines_of(str(bound.value["accepted"] or "")),
                }
                for bound in value["answers"].bound_blocks
            ],
            **{name: True for name, option in _OPTIONS.items() if value[option]},
        }

    def texts_of(self, value: Any) -> dict[str, Any]:
        """Return prompt, feedback and hint, and what is accepted, with the feedback to it."""
        return {
            **super().texts_of(value),
            "answers": {
                bound.id: {"accepted": str(bound.value["accepted"]), "feedback": str(bound.value["feedback"])}
                for bound in value["answers"].bound_blocks
            },
            "feedback_other": str(value["feedback_other"]),
        }

    def present(self, question: Question, words: ShownWords, given: Given, arranger: Arranger) -> dict[str, Any]:
        """Return what was typed, and what is accepted for all points in the reader's language."""
        return {
            "typed": typed_word(given),
            "most": LINE,
            "right": [
                Word(text, words.under("answers", group["id"])["accepted"].lang)
                for group, accepted in accepted_answers(question, words)
                if group["share"] == 100
                for text in accepted
            ],
        }

    def explain(self, question: Question, words: ShownWords, given: Given, graded_by: Words) -> dict[str, Any]:
        """Return the feedback to what was typed."""
        group = matched(question, given, graded_by)
        return {"remark": words.under("answers", group["id"])["feedback"] if group else words["feedback_other"]}

    def summary(self, question: Question, words: ShownWords, given: Given) -> list[Word]:
        """Return what was typed."""
        return [] if given.is_empty else [typed_word(given)]

    def to_item(self, value: Any) -> Item:
        """Return it with an answer for each line."""
        answers = [
            Answer(
                tidy(line if value["wildcards"] else line.replace("*", r"\*")),
                Fraction(group["share"], 100),
                tidy(group["feedback"]),
            )
            for group in value["answers"]
            for line in lines_of(str(group["accepted"]))
        ]
        if value["feedback_other"]:
            answers.append(Answer("*", Fraction(0), tidy(value["feedback_other"])))
        return item_of(
            self, value, ItemKind.SHORT_ANSWER, answers=tuple(answers), case_matters=bool(value["case_matters"])
        )

    def from_item(self, item: Item) -> dict[str, Any] | None:
        """Return it: neighbours that are worth the same and say the same become one group."""
        if item.kind is not ItemKind.SHORT_ANSWER:
            return None
        groups: list[dict[str, Any]] = []
        other = ""
        for answer in item.answers:
            share, line = max(0, round(answer.share * 100)), " ".join(answer.text.split())
            if line == "*" and not share:
                other = answer.feedback
            elif groups and (groups[-1]["share"], groups[-1]["feedback"]) == (share, answer.feedback):
                groups[-1]["accepted"] += f"\n{line}"
            else:
                groups.append({"accepted": line, "share": share, "feedback": answer.feedback})
        return value_of(
            self,
            item,
            answers=groups,
            feedback_other=other,
            case_matters=item.case_matters,
            accents_matter=True,
            wildcards=any("*" in group["accepted"] for group in groups),
        )


BLOCK = ShortAnswerBlock
