"""The style guide: each component and block in each of its states. Debug only."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.safestring import SafeString, mark_safe
from wagtail import blocks

from lessons.blocks.body import unit_blocks
from openmuseums.competences.facets import Facet
from openmuseums.people.forms import SignInForm

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


def specimens() -> list[Specimen]:
    """Return every block of a unit in each of its states, made from its preview value."""
    return [specimen for name, block in unit_blocks() for specimen in _states_of(name, block)]


def _states_of(name: str, block: blocks.Block) -> list[Specimen]:
    field, values = STATES.get(name, ("", ("",)))
    found = []
    for state in values:
        value = block.get_preview_value()
        if field:
            value[field] = state
        found.append(Specimen(name, state, mark_safe(block.render(value, context={"block_id": "preview"}))))  # noqa: S308
    return found


def show(request: HttpRequest) -> HttpResponse:
    """Show the style guide."""
    wrong_form = SignInForm({"name": "", "password": ""}, request=request)
    context: dict[str, Any] = {
        "colours": COLOURS,
        "facets": Facet.values,
        "specimens": specimens(),
        "form": SignInForm(request=request),
        "wrong_form": wrong_form,
        "marks": [SimpleNamespace(is_read=True), SimpleNamespace(is_read=True), SimpleNamespace(is_read=False)],
        "progress": SimpleNamespace(units_read=2, units_total=3),
        "before": SimpleNamespace(url="#before", title="The digital strategy"),
        "after": SimpleNamespace(url="#after", title="Channels and media"),
    }
    return render(request, "home/styleguide.html", context)


urlpatterns = [path("", show, name="styleguide")]
