"""The style guide: each component and block in each of its states. Debug only."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path
from django.utils.safestring import SafeString, mark_safe
from wagtail import blocks

from lessons.blocks.body import unit_blocks
from openmuseums.competences.facets import Facet
from openmuseums.delivery.languages import source_language
from openmuseums.people.entrance_forms import PasswordForm
from quizzes.authoring.sample_answers import right_answer, wrong_answer
from quizzes.blocks.question import QuestionBlock
from quizzes.blocks.registry import CHECK_BLOCKS
from quizzes.scoring import Given, Parts, Question, Words
from quizzes.words import plain_words

COLOURS = {
    "paper": ("paper", "label", "sunk"),
    "words": ("ink", "ink-soft", "link", "right", "wrong"),
    "facets": ("use", "manage", "make", "understand"),
    "lines": ("rule", "edge"),
}
# Blocks that look different by a choice in them: what to set, and the values it may have.
STATES: dict[str, tuple[str, tuple[str, ...]]] = {
    "heading": ("level", ("h2", "h3")),
    "callout": ("kind", ("tip", "warning", "remember")),
}


@dataclass(frozen=True)
class Specimen:
    """A block as it looks in one state."""

    name: str
    state: str
    html: SafeString

    @property
    def is_question(self) -> bool:
        """Return whether it is a question, whose frame the unit's template draws."""
        return self.name in CHECK_BLOCKS


def specimens() -> list[Specimen]:
    """Return every block of a unit in each of its states, made from its preview value."""
    return [specimen for name, block in unit_blocks() for specimen in _states_of(name, block)]


def _states_of(name: str, block: blocks.Block) -> list[Specimen]:
    if name == "image":
        html = render_to_string("lessons/blocks/image_placeholder.html", block.get_preview_value())
        return [Specimen(name, "", html)]
    if name in CHECK_BLOCKS:
        return [
            _specimen(name, block, "to read"),
            _specimen(name, block, "to answer", context={"is_kept": True}),
            _checked(name, block, "answered right", right_answer),
            _checked(name, block, "answered wrong", wrong_answer),
        ]
    field, values = STATES.get(name, ("", ("",)))
    return [_specimen(name, block, value, fields={field: value} if field else {}) for value in values]


def _specimen(
    name: str,
    block: blocks.Block,
    state: str,
    *,
    fields: Mapping[str, str] | None = None,
    context: Mapping[str, Any] | None = None,
) -> Specimen:
    value = block.get_preview_value()
    value.update(fields or {})
    html = block.render(value, context={"block_id": "preview", **(context or {})})
    return Specimen(name, state, mark_safe(html))  # noqa: S308 - our own templates escape it


def _checked(name: str, block: QuestionBlock, state: str, answer: Callable[[Question, Words], Parts]) -> Specimen:
    """Return what a unit says of an answer, as it does below the question."""
    value = block.get_preview_value()
    question, texts = block.question_from(value, kind=name, id="preview"), block.texts_of(value)
    given = Given(answer(question, texts), source_language())
    shown = block.shown(question, plain_words(texts), given=given, picture=value.get("image"))
    return Specimen(name, state, render_to_string("quizzes/checked.html", {"question": shown}))


def show(request: HttpRequest) -> HttpResponse:
    """Show the style guide."""
    wrong_form = PasswordForm({"login": "", "password": ""}, request=request)
    context: dict[str, Any] = {
        "colours": COLOURS,
        "facets": Facet.values,
        "specimens": specimens(),
        "form": PasswordForm(request=request),
        "wrong_form": wrong_form,
        "marks": [SimpleNamespace(is_read=True), SimpleNamespace(is_read=True), SimpleNamespace(is_read=False)],
        "progress": SimpleNamespace(units_read=2, units_total=3),
        "before": SimpleNamespace(url="#before", title="The digital strategy"),
        "after": SimpleNamespace(url="#after", title="Channels and media"),
    }
    return render(request, "home/styleguide.html", context)


def show_answer(request: HttpRequest, number: int) -> HttpResponse:
    """Show one of the answers that no page gives: 403, 404, 500; 419 is the 403 of a form that has grown old."""
    template = {403: "403.html", 404: "404.html", 419: "403.html", 500: "500.html"}.get(number)
    if template is None:
        raise Http404
    return render(request, template, {"is_old_form": number == 419})


urlpatterns = [path("", show, name="styleguide"), path("<int:number>/", show_answer, name="styleguide-answer")]
