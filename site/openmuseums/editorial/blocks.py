"""Blocks that hold what they store to one form: rich text that is clean, and codes as they are written."""

from typing import Any

from wagtail import blocks
from wagtail.rich_text import RichText

from openmuseums.editorial.cleaning import clean_html

FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul", "h3", "h4", "code"]
INLINE_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul", "code"]


class CleanRichTextBlock(blocks.RichTextBlock):
    """Rich text that is cleaned whenever it is stored, whoever wrote it."""

    def __init__(self, features: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(features=features or INLINE_FEATURES, **kwargs)

    def get_prep_value(self, value: RichText | None) -> str:
        """Return the cleaned source."""
        return clean_html(super().get_prep_value(value) or "")

    class Meta:
        icon = "pilcrow"


class CodeBlock(blocks.ChoiceBlock):
    """A choice whose values are texts, so that none has to be looked up among the choices whenever a page is read."""

    def normalize_choice(self, value: str | None) -> str | None:
        """Return the code as it is stored."""
        return value

    def get_searchable_content(self, value: str | None) -> list[str]:
        """Return nothing: a code is no text, and looking up its words took a fifth of the time that a load takes."""
        return []


class MarkBlock(blocks.BooleanBlock):
    """A mark that most blocks of a kind do not bear: where it is not set, a course pack says nothing of it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "default": False, **kwargs})

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Return it as Wagtail's own block: it stores the same."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.BooleanBlock", args, {"required": False, "default": False, **kwargs}
