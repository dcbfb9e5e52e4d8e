"""A picture of which one or more areas are to be chosen, as editors write it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from openmuseums.competences.facets import Facet
from quizzes.blocks.choices import ChoiceQuestionBlock, plain
from quizzes.blocks.question import Fault, Level
from quizzes.questions.hotspot import takes_many
from quizzes.running.arranging import Arranger
from quizzes.scoring import Given, Question
from quizzes.words import ShownWords

# An area is touched with a finger, also on a narrow telephone: pixels, and the width of the picture there.
_TARGET, _NARROW = 24, 320
RECTANGLE, ROUND = "rectangle", "round"
_SIDES = ("left", "top", "width", "height")


def _side(label: Any, **options: Any) -> blocks.IntegerBlock:
    return blocks.IntegerBlock(label=label, max_value=1000, **options)


class AreaBlock(blocks.StructBlock):
    """An area of a picture, with a name for who chooses from the list."""

    text = blocks.CharBlock(
        label=_("Name"), max_length=300, help_text=_("What is there, without saying if it is right.")
    )
    right = blocks.BooleanBlock(label=_("Right"), required=False, default=False)
    shape = blocks.ChoiceBlock(
        label=_("Shape"), choices=[(RECTANGLE, _("Rectangle")), (ROUND, _("Round"))], default=RECTANGLE
    )
    left = _side(
        _("From the left"),
        min_value=0,
        help_text=_("All four in thousandths of the picture’s width or height: 500 is the middle."),
    )
    top = _side(_("From the top"), min_value=0)
    width = _side(_("Width"), min_value=1)
    height = _side(_("Height"), min_value=1)
    feedback = blocks.TextBlock(
        label=_("Feedback"),
        required=False,
        default="",
        rows=2,
        help_text=_("Why it is right, or what is mistaken about it. Shown after answering."),
    )

    class Meta:
        icon = "crosshairs"
        label = _("Area")


class HotspotBlock(ChoiceQuestionBlock):
    """A picture of which one or more areas are to be chosen."""

    position = 8

    image = ImageChooserBlock(label=_("Picture"))
    alt_text = blocks.TextBlock(
        label=_("Text alternative"),
        rows=2,
        help_text=_("What the picture shows, so that who cannot see it can answer from the list of areas."),
    )
    choices = blocks.ListBlock(AreaBlock(), label=_("Areas"), min_num=2, max_num=8)
    arrangement = None

    class Meta:
        icon = "crosshairs"
        label = _("Place in a picture")
        description = _("A picture with areas to choose from, and a list of them that does the same.")
        template = "quizzes/kinds/choices.html"
        preview_value = {
            "prompt": _("Where on the front of the museum does a visitor look for the opening hours first?"),
            "image": None,
            "alt_text": _("The front of a museum: a door between two windows, and a banner above them."),
            "choices": [
                {
                    "text": _("The door"),
                    "right": True,
                    "shape": RECTANGLE,
                    "left": 420,
                    "top": 500,
                    "width": 160,
                    "height": 400,
                    "feedback": _("Yes: whoever stands before it wants to know if it opens."),
                },
                {
                    "text": _("The banner"),
                    "right": False,
                    "shape": RECTANGLE,
                    "left": 200,
                    "top": 100,
                    "width": 600,
                    "height": 150,
                    "feedback": _("It is read from afar, and says what is on."),
                },
            ],
            "facet": Facet.USE,
            "topic": "owned-media",
            "points": 1,
        }

    def faults_in(self, value: Any) -> Iterator[Fault]:
        """Yield what is wrong with the choices, and areas that are not in the picture or too small to be touched."""
        yield from super().faults_in(value)
        areas = [{side: area[side] or 0 for side in _SIDES} for area in value["choices"]]
        if any(area["left"] + area["width"] > 1000 or area["top"] + area["height"] > 1000 for area in areas):
            yield Fault(
                Level.UNUSABLE,
                "area-outside",
                "choices",
                _("An area reaches out of the picture: where it begins and how long it is come to more than 1000."),
            )
        picture = value.get("image")
        shape = getattr(picture, "height", 0) / picture.width if getattr(picture, "width", 0) else 0
        small = [
            area
            for area in value["choices"]
            if min(_pixels(area, "width", 1), _pixels(area, "height", shape or 1)) < _TARGET
        ]
        if small:
            yield Fault(
                Level.UNPUBLISHABLE,
                "area-too-small",
                "choices",
                _("“%(name)s” is too small to be touched on a telephone. Make it larger.") % {"name": small[0]["text"]},
            )
        if any(_share_a_middle(one, other) for place, one in enumerate(areas) for other in areas[:place]):
            yield Fault(
                Level.UNPUBLISHABLE,
                "areas-overlap",
                "choices",
                _("An area lies over the middle of another, so that its number cannot be seen. Move them apart."),
            )
        if not str(value["alt_text"] or "").strip():
            yield Fault(
                Level.UNPUBLISHABLE,
                "no-text-alternative",
                "alt_text",
                _("The picture has no text alternative. Say what it shows."),
            )
        elif plain(value["alt_text"]) == plain(value["prompt"]):
            yield Fault(
                Level.REMARK, "alt-repeats-question", "alt_text", _("The text alternative only repeats the question.")
            )

    def structure_of(self, value: Any) -> dict[str, Any]:
        """Return the picture's key, and each area with its place and whether it is right."""
        choices = [
            {
                "id": bound.id,
                "right": bool(bound.value["right"]),
                "shape": bound.value["shape"] or RECTANGLE,
                **{side: bound.value[side] or 0 for side in _SIDES},
            }
            for bound in value["choices"].bound_blocks
        ]
        return {"image": getattr(value["image"], "pk", None), "choices": choices}

    def texts_of(self, value: Any) -> dict[str, Any]:
        """Return prompt, feedback and hint, the text alternative, and each area's name and feedback."""
        return {**super().texts_of(value), "alt_text": str(value["alt_text"] or "")}

    def present(self, question: Question, words: ShownWords, given: Given, arranger: Arranger) -> dict[str, Any]:
        """Return the areas, numbered as in the picture, with their places as SVG writes them."""
        shown = super().present(question, words, given, Arranger())
        places = {choice["id"]: choice for choice in question.key.get("choices", ())}
        for number, choice in enumerate(shown["choices"], start=1):
            place = places[choice["id"]]
            choice |= {"number": number, "is_round": place["shape"] == ROUND}
            choice |= {side: f"{place[side] / 10:g}%" for side in _SIDES}
        return {**shown, "takes_many": takes_many(question)}


def _pixels(area: Any, side: str, shape: float) -> float:
    """Return how long a side of an area is where the picture is narrow; shape: made of the picture's width."""
    return (area[side] or 0) * shape * _NARROW / 1000


def _share_a_middle(one: Any, other: Any) -> bool:
    return any(
        all(
            outer[start] <= inner[start] + inner[length] / 2 <= outer[start] + outer[length]
            for start, length in (("left", "width"), ("top", "height"))
        )
        for inner, outer in ((one, other), (other, one))
    )


BLOCK = HotspotBlock
