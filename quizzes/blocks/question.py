"""What every question shares as editors write it, whatever its kind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, ClassVar
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import BlockGroup
from wagtail.blocks.list_block import ListValue
from wagtail.blocks.struct_block import StructBlockValidationError

from openmuseums.competences.facets import Facet
from openmuseums.competences.guide import topic_choices
from openmuseums.editorial.blocks import CodeBlock
from quizzes.formats.items import Item
from quizzes.running.arranging import Arranger
from quizzes.scoring import NOTHING, Given, Question, Words
from quizzes.shown import ShownQuestion
from quizzes.words import ShownWords, Word, plain_words

# In each question, after its own fields.
_LAST = ("facet", "topic", "points", "difficulty", "hint", "feedback")
# What stands in for the id of a question that is not stored.
PREVIEW = "preview"


class Level(Enum):
    """How grave a fault of a question is: it cannot be stored, cannot be published, or could be better."""

    UNUSABLE = "unusable"
    UNPUBLISHABLE = "unpublishable"
    REMARK = "remark"


@dataclass(frozen=True)
class Fault:
    """Something to mend in a question: the field it stands in, a stable name of the rule, and what to do."""

    level: Level
    code: str
    field: str
    message: Any


class QuestionBlock(blocks.StructBlock):
    """A question. Kinds derive from it: see CONTRIBUTING for what a kind has to say.

    position: where the kind stands among the blocks that an editor chooses from. in_units: whether it can stand in a
    unit as a self-check. in_scenarios: whether it can stand under a scenario. fault_messages: what to tell a learner,
    by the codes that the kind's `fault_of` returns.
    """

    position = 0
    in_units = True
    in_scenarios = True
    fault_messages: ClassVar[Mapping[str, Any]] = {}

    prompt = blocks.TextBlock(
        label=_("Question"), rows=2, help_text=_("A real situation works better than a definition.")
    )
    facet = blocks.ChoiceBlock(
        label=_("Facet"), choices=Facet.choices, help_text=_("Which of the guide's four questions it tests.")
    )
    topic = CodeBlock(label=_("Topic"), choices=topic_choices, help_text=_("The topic to reread for who got it wrong."))
    difficulty = blocks.ChoiceBlock(
        label=_("Difficulty"),
        required=False,
        default="",
        choices=[("easy", _("Easy")), ("medium", _("Medium")), ("hard", _("Hard"))],
        help_text=_("As you expect it. The figures show later how it turned out."),
    )
    hint = blocks.TextBlock(
        label=_("Hint"), required=False, default="", rows=2, help_text=_("Shown before answering to whoever opens it.")
    )
    feedback = blocks.TextBlock(
        label=_("General feedback"), required=False, default="", rows=2, help_text=_("Shown whatever was answered.")
    )

    class Meta:
        group = _("Questions")

    def get_form_layout(self) -> BlockGroup:
        """Have the fields of the kind follow the prompt, and those that all kinds share come last."""
        own = [name for name in self.child_blocks if name not in {"prompt", *_LAST}]
        return BlockGroup(children=["prompt", *own, *(name for name in _LAST if name in self.child_blocks)])

    def get_template(self, value: Any = None, context: Any = None) -> str:
        """Return what frames the template of the kind, the same for all."""
        return "quizzes/question.html"

    def get_preview_value(self) -> Any:
        """Return the question that the kind previews with; what it does not name is as in a new question."""
        return self.to_python(said(self.meta.preview_value))

    def get_default(self) -> Any:
        """Return a new question, with as many empty items in its lists as it takes."""
        return filled(self, super().get_default())

    def structure_of(self, value: Any) -> dict[str, Any]:
        """Return what the kind needs of a question without its words: the `key` of a `Question`."""
        raise NotImplementedError

    def texts_of(self, value: Any) -> dict[str, Any]:
        """Return the words a learner reads, nested by name; those of list items under the items' ids."""
        return {name: str(value[name] or "") for name in ("prompt", "feedback", "hint") if name in self.child_blocks}

    def present(self, question: Question, words: ShownWords, given: Given, arranger: Arranger) -> dict[str, Any]:
        """Return what the kind's template shows beside prompt, hint and feedback."""
        raise NotImplementedError

    def explain(self, question: Question, words: ShownWords, given: Given, graded_by: Words) -> dict[str, Any]:
        """Return what the kind's template shows of a typed answer, once it is graded, beside what `present` returns.

        graded_by: the question's texts in the language of the answer, which need not be the reader's.
        """
        return {}

    def summary(self, question: Question, words: ShownWords, given: Given) -> list[Word]:
        """Return an answer in words, one a line."""
        raise NotImplementedError

    def to_item(self, value: Any) -> Item | None:
        """Return the question as files of other programs hold it, or None where they have nothing like it."""
        return None

    def from_item(self, item: Item) -> dict[str, Any] | None:
        """Return what a file of another program says, as this kind stores it but for ids; None for other kinds.

        What the file says nothing of is left out; a list holds its items' values.
        """
        return None

    def renewed(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """Return a copy of a stored block of this kind with new ids throughout: its own, those of items and below.

        Whatever in it refers to one of the ids, as a pair to an option, refers to the new one.
        """
        ids = {old: str(uuid4()) for old in _ids_in(raw)}
        renewed: dict[str, Any] = _replaced(raw, ids)
        return renewed

    def faults_in(self, value: Any) -> Iterator[Fault]:
        """Yield what is wrong with a question, or better otherwise."""
        yield from ()

    def clean(self, value: Any) -> Any:
        """Refuse a question that could not be asked."""
        cleaned = super().clean(value)
        faults = [fault for fault in self.faults_in(cleaned) if fault.level is Level.UNUSABLE]
        if faults:
            raise StructBlockValidationError(
                block_errors={fault.field: ValidationError(fault.message) for fault in faults}
            )
        return cleaned

    def question_from(self, value: Any, *, kind: str, id: str, page: str = "", scenario: str = "") -> Question:  # noqa: A002 - it is the question's id
        """Return a question without its words."""
        return Question(
            id=id,
            kind=kind,
            facet=value["facet"],
            topic=value["topic"],
            points=value.get("points") or 0,
            difficulty=value.get("difficulty") or "",
            page=page,
            scenario=scenario,
            key=self.structure_of(value),
        )

    def questions_from(self, value: Any, *, kind: str, id: str, page: str = "") -> list[tuple[Question, Words]]:  # noqa: A002 - it is the question's id
        """Return the question with its texts; a block that holds several questions returns itself and them."""
        return [(self.question_from(value, kind=kind, id=id, page=page), self.texts_of(value))]

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the question as the template shows it in a unit; whoever includes the block passes its id as `block_id`.

        `mode` is "check" where it can be answered in place, and "read" where it is only to be read. An answer that was
        not taken is passed as `given`, with what is wrong with it as `fault`.
        """
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        question_id = context.get("block_id") or PREVIEW
        question = self.question_from(value, kind=self.name, id=question_id)
        context["question"] = self.shown(
            question,
            plain_words(self.texts_of(value)),
            given=context.get("given", NOTHING),
            arranger=Arranger(question_id),
            picture=value.get("image"),
            fault=context.get("fault", ""),
        )
        context["mode"] = "check" if context.get("is_kept") else "read"
        return context

    def shown(  # noqa: PLR0913 - what is shown of a question, from its words to what came of it
        self,
        question: Question,
        words: ShownWords,
        *,
        given: Given = NOTHING,
        arranger: Arranger | None = None,
        number: int = 0,
        graded_by: Words | None = None,
        **outcome: Any,
    ) -> ShownQuestion:
        """Return the question as templates show it. `graded_by`: see `explain`; `outcome`: see `ShownQuestion`."""
        detail = self.present(question, words, given, arranger or Arranger(scope=question.id))
        if not given.is_empty:
            detail |= self.explain(question, words, given, words if graded_by is None else graded_by)
        return ShownQuestion(
            number=number,
            question=question,
            words=words,
            given=given,
            template=str(self.meta.template),
            detail=detail,
            **outcome,
        )


class GradedQuestionBlock(QuestionBlock):
    """A question whose answers are worth points."""

    points = blocks.IntegerBlock(label=_("Points"), min_value=1, max_value=10, default=1)


def filled(block: blocks.StructBlock, value: Any) -> Any:
    """Return a value of a block whose lists have as many items as they need at least, the missing ones empty.

    Wagtail begins each list with one item, and says of it at once that it is too few.
    """
    for name, child in block.child_blocks.items():
        if isinstance(child, blocks.ListBlock):
            missing = (child.meta.min_num or 0) - len(value[name])
            value[name].extend(child.child_block.get_default() for _ in range(missing))
    return value


def said(value: Any) -> Any:
    """Return a value with its texts in the language of the moment, as if they had been written in it."""
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, Mapping):
        return {name: said(part) for name, part in value.items()}
    return [said(part) for part in value] if isinstance(value, list) else value


def _ids_in(raw: Any) -> Iterator[str]:
    """Yield the ids of a stored block, of the items of its lists and of the blocks below it."""
    if isinstance(raw, Mapping):
        if isinstance(raw.get("id"), str) and {"type", "value"} <= raw.keys():
            yield raw["id"]
        for part in raw.values():
            yield from _ids_in(part)
    elif isinstance(raw, list):
        for part in raw:
            yield from _ids_in(part)


def _replaced(raw: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(raw, Mapping):
        return {ids.get(name, name): _replaced(part, ids) for name, part in raw.items()}
    if isinstance(raw, list):
        return [_replaced(part, ids) for part in raw]
    return ids.get(raw, raw) if isinstance(raw, str) else raw


def unidentified(value: Any) -> bool:
    """Return whether a list in a block's value has an item that was stored without an id.

    A list gives such an item a new id at each reading, which no later answer would match.
    """
    if isinstance(value, ListValue):
        return any(not bound.original_id or unidentified(bound.value) for bound in value.bound_blocks)
    if isinstance(value, blocks.StreamValue):
        return any(not child.id or unidentified(child.value) for child in value)
    if isinstance(value, Mapping):
        return any(unidentified(part) for part in value.values())
    return False
