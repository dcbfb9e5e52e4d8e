"""A short case with several questions under it, as editors write it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from quizzes.blocks.carrying import item_of, pictures_of, value_of
from quizzes.blocks.question import Fault, Level, QuestionBlock
from quizzes.formats.items import Item, ItemKind
from quizzes.questions.scenario import UNANSWERABLE
from quizzes.running.arranging import Arranger
from quizzes.scoring import Given, Question, Words
from quizzes.words import ShownWords, Word


class ScenarioBlock(QuestionBlock):
    """A short case with several questions under it, which are always asked together."""

    position = 20
    in_units = False
    in_scenarios = False
    fault_messages = {UNANSWERABLE: _("This is only to be read. Answer the questions under it.")}

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    prompt = blocks.TextBlock(label=_("Case"), rows=6, help_text=_("Who, where, and what is to be decided."))
    image = ImageChooserBlock(label=_("Picture"), required=False)
    alt_text = blocks.TextBlock(
        label=_("Text alternative"),
        required=False,
        default="",
        rows=2,
        help_text=_("What the picture shows. Leave it empty where the case says all of it."),
    )
    facet = None
    topic = None  # type: ignore[assignment]
    difficulty = None
    hint = None
    feedback = None

    class Meta:
        icon = "doc-full-inverse"
        label = _("Scenario")
        description = _("A short case with several questions under it. They are always asked together.")
        template = "quizzes/kinds/scenario.html"
        preview_value: ClassVar[dict[str, Any]] = {
            "title": _("A quiet Tuesday"),
            "prompt": _(
                "A local museum has two volunteers, one telephone and a market in front of its door each Tuesday."
                " Hardly anybody comes in."
            ),
            "image": None,
            "alt_text": "",
            "questions": [
                {
                    "type": "self_rating",
                    "value": {"prompt": _("I can say who could be asked to come."), "facet": "use", "topic": "swot"},
                }
            ],
        }

    def __init__(self, local_blocks: Any = None, **options: Any) -> None:
        super().__init__([*(local_blocks or ()), ("questions", _questions_block())], **options)

    def faults_in(self, value: Any) -> Iterator[Fault]:
        """Yield that nothing is asked; what is wrong with a question is told of the question."""
        if not len(value["questions"]):
            yield Fault(
                Level.UNUSABLE, "scenario-without-question", "questions", _("This case asks nothing. Add a question.")
            )

    def structure_of(self, value: Any) -> dict[str, Any]:
        """Return the picture's key, where there is a picture."""
        picture = getattr(value["image"], "pk", None)
        return {"image": picture} if picture else {}

    def texts_of(self, value: Any) -> dict[str, Any]:
        """Return the title, the case and the picture's text alternative."""
        return {**super().texts_of(value), "title": str(value["title"]), "alt_text": str(value["alt_text"] or "")}

    def question_from(self, value: Any, *, kind: str, id: str, page: str = "", scenario: str = "") -> Question:  # noqa: A002 - as above
        """Return the case, which is worth nothing and is about no topic of its own."""
        return Question(id=id, kind=kind, page=page, key=self.structure_of(value))

    def questions_from(self, value: Any, *, kind: str, id: str, page: str = "") -> list[tuple[Question, Words]]:  # noqa: A002 - as above
        """Return the case, then the questions under it."""
        below = [
            (replace(question, scenario=id), texts)
            for child in value["questions"]
            for question, texts in child.block.questions_from(
                child.value, kind=child.block_type, id=child.id or "", page=page
            )
        ]
        return [*super().questions_from(value, kind=kind, id=id, page=page), *below]

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the questions under it as `below`: in a quiz they stand on its page, in a preview they follow it."""
        context = super().get_context(value, parent_context=parent_context)
        about: dict[str, Any] = {name: context[name] for name in ("is_kept", "page") if name in context}
        context["below"] = [child.render(context={**about, "block_id": child.id or ""}) for child in value["questions"]]
        return context

    def present(self, question: Question, words: ShownWords, given: Given, arranger: Arranger) -> dict[str, Any]:
        """Return nothing beside the texts and the picture."""
        return {}

    def summary(self, question: Question, words: ShownWords, given: Given) -> list[Word]:
        """Return nothing: it is not answered."""
        return []

    def to_item(self, value: Any) -> Item:
        """Return the case; the questions under it follow it by themselves."""
        return item_of(
            self,
            value,
            ItemKind.DESCRIPTION,
            name=" ".join(value["title"].split()),
            pictures=pictures_of(value["image"], value["alt_text"]),
        )

    def from_item(self, item: Item) -> dict[str, Any] | None:
        """Return the case; files do not say which questions stand under it."""
        if item.kind is not ItemKind.DESCRIPTION:
            return None
        own: dict[str, Any] = {"title": item.title}
        if item.pictures:
            own.update(image=item.pictures[0], alt_text=item.pictures[0].alt)
        return value_of(self, item, **own)


def _questions_block() -> blocks.StreamBlock:
    # The registry finds this module, so it can be asked only later.
    from quizzes.blocks.registry import question_blocks  # noqa: PLC0415

    return blocks.StreamBlock(question_blocks(below_scenario=True), label=_("Questions"), min_num=1, max_num=10)


BLOCK = ScenarioBlock
