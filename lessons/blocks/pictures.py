"""Blocks to look at and listen to: pictures, drawings, video, talks."""

from typing import Any
from uuid import uuid4

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from lessons.blocks.teaching import TeachingBlock
from lessons.drawings import NAMES, drawing_names, lettering
from openmuseums.editorial.blocks import CleanRichTextBlock


def diagram_choices() -> list[tuple[str, str]]:
    """Return the project's own drawings as choices, by file name."""
    return [(name, str(NAMES[name])) for name in drawing_names()]


class ImageBlock(TeachingBlock):
    """A picture. Its credit and licence come from the picture itself."""

    image = ImageChooserBlock(label=_("Picture"))
    alt_text = blocks.CharBlock(
        label=_("Text alternative"),
        max_length=300,
        required=False,
        default="",
        help_text=_("What the picture tells, for who cannot see it. Leave empty only where it is decorative."),
    )
    decorative = blocks.BooleanBlock(label=_("Decorative: it tells nothing"), required=False, default=False)
    caption = blocks.CharBlock(label=_("Caption"), max_length=300, required=False, default="")

    class Meta:
        icon = "image"
        label = _("Picture")
        group = _("Pictures and sound")
        description = _("A picture with its text alternative, caption, credit and licence.")
        template = "lessons/blocks/image.html"
        preview_template = "lessons/blocks/image_preview.html"
        preview_value: dict[str, Any] = {
            "image": None,
            "alt_text": "",
            "decorative": True,
            "caption": _("A caption says what the eye may miss."),
            "topics": [],
        }


class DrawingLabelBlock(blocks.StructBlock):
    """Words in a drawing."""

    key = blocks.RegexBlock(regex=r"^[a-z][a-z0-9-]*$", label=_("Place in the drawing"), max_length=40)
    text = blocks.CharBlock(label=_("Words"), max_length=80)

    class Meta:
        icon = "draft"
        label = _("Label")


class DiagramBlock(TeachingBlock):
    """A line drawing of the course's own."""

    diagram = blocks.ChoiceBlock(label=_("Drawing"), choices=diagram_choices)
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    description = blocks.TextBlock(label=_("Description"), rows=4, help_text=_("Says in words what the drawing shows."))
    labels = blocks.ListBlock(
        DrawingLabelBlock(),
        label=_("Labels"),
        default=[],
        required=False,
        collapsed=True,
        help_text=_("They come with the drawing when you save. Change their words, not their number."),
    )

    class Meta:
        icon = "draft"
        label = _("Diagram")
        group = _("Pictures and sound")
        description = _("A line drawing of the course, with its description.")
        template = "lessons/blocks/diagram.html"
        preview_value: dict[str, Any] = {
            "diagram": "owned-earned-paid",
            "title": _("Owned, earned and paid media"),
            "description": _(
                "Three circles that overlap: what the museum owns, what others say of it, and what it pays for."
            ),
            "topics": [],
        }

    def clean(self, value: Any) -> Any:
        """Have exactly the labels of the drawing; those that are there keep ids and words."""
        cleaned = super().clean(value)
        there = {label.value["key"]: label for label in cleaned["labels"].bound_blocks}
        wanted = lettering(cleaned["diagram"], {key: label.value["text"] for key, label in there.items()})
        cleaned["labels"] = self.child_blocks["labels"].to_python(
            [
                {
                    "type": "item",
                    "id": there[key].id if key in there else str(uuid4()),
                    "value": {"key": key, "text": text},
                }
                for key, text in wanted.items()
            ]
        )
        return cleaned


class VideoFields(TeachingBlock):
    """Where a recording is and what stands in for it."""

    file = DocumentChooserBlock(label=_("Video or sound file"), required=False)
    address = blocks.URLBlock(
        label=_("Address elsewhere"),
        required=False,
        default="",
        help_text=_("Readers leave the site for it by their own click; nothing of it is loaded here."),
    )
    captions = DocumentChooserBlock(label=_("Captions (VTT file)"), required=False)
    transcript = CleanRichTextBlock(label=_("Transcript"), required=False, default="")

    class Meta:
        group = _("Pictures and sound")


class VideoBlock(VideoFields):
    """A video with captions and transcript."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)

    class Meta:
        icon = "media"
        label = _("Video")
        description = _("A video file, or the address of one elsewhere.")
        template = "lessons/blocks/video.html"
        preview_value: dict[str, Any] = {
            "title": _("How to photograph a coin"),
            "file": None,
            "address": "https://example.org/coin",
            "captions": None,
            "transcript": "<p>Put the coin on grey paper, away from the window.</p>",
            "topics": [],
        }


class ChapterBlock(blocks.StructBlock):
    """A place in a recording."""

    seconds = blocks.IntegerBlock(label=_("Seconds from the start"), min_value=0)
    title = blocks.CharBlock(label=_("Title"), max_length=160)

    class Meta:
        icon = "time"
        label = _("Chapter")


class ExpertTalkBlock(VideoFields):
    """Somebody who knows, talking."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    person = blocks.CharBlock(label=_("Person"), max_length=160)
    role = blocks.CharBlock(label=_("Role and institution"), max_length=200)
    chapters = blocks.ListBlock(ChapterBlock(), label=_("Chapters"), default=[])

    class Meta:
        icon = "user"
        label = _("Expert talk")
        description = _("A recorded talk or its transcript, with chapters.")
        template = "lessons/blocks/expert_talk.html"
        preview_value: dict[str, Any] = {
            "title": _("What a small museum need not digitise"),
            "person": _("The speaker’s name"),
            "role": _("The speaker’s role and museum"),
            "file": None,
            "address": "",
            "captions": None,
            "transcript": "<p>Begin with what people ask for.</p>",
            "chapters": [
                {"seconds": 0, "title": _("What people ask for")},
                {"seconds": 95, "title": _("What can wait")},
            ],
            "topics": [],
        }
