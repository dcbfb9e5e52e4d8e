"""Blocks that lead from reading to doing: cases, activities, resources."""

from typing import Any

from django.conf import settings
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from lessons.blocks.ageing import AgeingBlock, KnownOnBlock
from lessons.blocks.teaching import TeachingBlock
from openmuseums.editorial.blocks import CleanRichTextBlock

COUNTRIES = [
    ("AT", _("Austria")), ("AU", _("Australia")), ("BE", _("Belgium")), ("CA", _("Canada")), ("CH", _("Switzerland")),
    ("CY", _("Cyprus")), ("CZ", _("Czechia")), ("DE", _("Germany")), ("DK", _("Denmark")), ("EE", _("Estonia")),
    ("ES", _("Spain")), ("FI", _("Finland")), ("FR", _("France")), ("GB", _("United Kingdom")), ("GR", _("Greece")),
    ("HR", _("Croatia")), ("HU", _("Hungary")), ("IE", _("Ireland")), ("IT", _("Italy")), ("LT", _("Lithuania")),
    ("LU", _("Luxembourg")), ("LV", _("Latvia")), ("MT", _("Malta")), ("NL", _("Netherlands")), ("NO", _("Norway")),
    ("PL", _("Poland")), ("PT", _("Portugal")), ("RO", _("Romania")), ("SE", _("Sweden")), ("SI", _("Slovenia")),
    ("SK", _("Slovakia")), ("UA", _("Ukraine")), ("US", _("United States")),
]  # fmt: skip
ROLES = [("board", _("Board members")), ("professional", _("Professionals")), ("volunteer", _("Volunteers"))]
RESOURCE_KINDS = [
    ("article", _("Article")), ("guide", _("Guide")), ("tool", _("Tool")), ("course", _("Course")),
    ("data", _("Figures")), ("video", _("Video")), ("collection", _("Collection")),
]  # fmt: skip


class CaseStudyBlock(AgeingBlock):
    """What a real museum did, and what came of it."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    museum = blocks.CharBlock(label=_("Museum"), max_length=160)
    country = blocks.ChoiceBlock(label=_("Country"), choices=COUNTRIES)
    what_they_did = CleanRichTextBlock(label=_("What they did"))
    what_came_of_it = CleanRichTextBlock(label=_("What came of it"))
    source_title = blocks.CharBlock(label=_("Source"), max_length=255, required=False, default="")
    source_address = blocks.URLBlock(
        label=_("Address of the source"),
        required=False,
        default="",
        help_text=_("A case without a source is not published."),
    )

    class Meta:
        icon = "home"
        label = _("Case study")
        group = _("Practice")
        description = _("What a real museum did, what came of it, and where that is written.")
        template = "lessons/blocks/case_study.html"
        preview_value = {
            "title": _("High-resolution pictures for everybody"),
            "museum": "Rijksmuseum",
            "country": "NL",
            "what_they_did": "<p>It opened Rijksstudio in 2012, where visitors collect and download its pictures.</p>",
            "what_came_of_it": "<p>The pictures are free to use again.</p>",
            "source_title": "Rijksmuseum",
            "source_address": "https://www.rijksmuseum.nl/en/rijksstudio",
            "topics": [],
        }


class SheetLineBlock(blocks.StructBlock):
    """A prompt on a printed sheet with room to write."""

    prompt = blocks.CharBlock(label=_("Prompt"), max_length=300)
    lines = blocks.IntegerBlock(label=_("Ruled lines"), min_value=1, max_value=20, default=3)

    class Meta:
        icon = "edit"
        label = _("Prompt")


class ActivityBlock(TeachingBlock):
    """Something to do that leaves the museum with something it keeps."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    for_roles = blocks.ListBlock(blocks.ChoiceBlock(choices=ROLES, label=_("Role")), label=_("For whom"), default=[])
    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=1, max_value=600)
    task = CleanRichTextBlock(label=_("What to do"))
    result = blocks.TextBlock(label=_("What you have at the end"), rows=2)
    sheet = blocks.ListBlock(
        SheetLineBlock(), label=_("Sheet to print"), default=[], help_text=_("Prompts with ruled lines, printed on A4.")
    )

    class Meta:
        icon = "clipboard-list"
        label = _("Activity")
        group = _("Practice")
        description = _("A task with its minutes, its result and a sheet that works on paper.")
        template = "lessons/blocks/activity.html"
        preview_value = {
            "title": _("A first look at your channels"),
            "for_roles": ["professional", "volunteer"],
            "minutes": 20,
            "task": "<p>List every place where your museum speaks to people.</p>",
            "result": _("A list of channels with somebody’s name beside each."),
            "sheet": [{"prompt": _("Where do we speak to people?"), "lines": 4}],
            "topics": [],
        }


def site_languages() -> list[tuple[str, Any]]:
    """Return the languages of the site as choices."""
    return list(settings.LANGUAGES)


class ReadersBlock(blocks.MultipleChoiceBlock):
    """Languages of readers. Its values are codes, so that none has to be looked up whenever a page is read."""

    def normalize_choice(self, value: str) -> str:
        """Return the code as it is stored."""
        return value


class ResourceBlock(blocks.StructBlock):
    """Something to read, use or watch elsewhere."""

    title = blocks.CharBlock(label=_("Title"), max_length=255)
    address = blocks.URLBlock(label=_("Address"))
    language = blocks.ChoiceBlock(label=_("Language"), choices=site_languages, default="en")
    kind = blocks.ChoiceBlock(label=_("Kind"), choices=RESOURCE_KINDS)
    note = blocks.CharBlock(label=_("Note"), max_length=300, required=False, default="")
    languages = ReadersBlock(
        choices=site_languages,
        label=_("Only for readers of"),
        required=False,
        default=[],
        search_index=False,
        widget=CheckboxSelectMultiple(),
        help_text=_("Tick none, and everybody is shown it."),
    )
    known_on = KnownOnBlock()

    class Meta:
        icon = "link-external"
        label = _("Resource")


class ResourcesBlock(TeachingBlock):
    """Where to go on."""

    items = blocks.ListBlock(ResourceBlock(), label=_("Resources"), min_num=1)

    class Meta:
        icon = "folder-open-inverse"
        label = _("Resources")
        group = _("Practice")
        description = _("Links to read on, with their language and kind.")
        template = "lessons/blocks/resources.html"
        preview_value = {
            "items": [
                {
                    "title": "NEMO",
                    "address": "https://www.ne-mo.org/",
                    "language": "en",
                    "kind": "article",
                    "note": _("Network of European Museum Organisations"),
                }
            ],
            "topics": [],
        }
