"""What every teaching block shares: the topics it teaches."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from openmuseums.competences.guide import topic_choices
from openmuseums.editorial.blocks import CodeBlock


class TopicsBlock(blocks.ListBlock):
    """The guide's topics that a block teaches. Nothing else says what a unit teaches."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Topics it teaches"))
        kwargs.setdefault("default", [])
        kwargs.setdefault("collapsed", True)
        super().__init__(CodeBlock(choices=topic_choices, label=_("Topic")), **kwargs)


class TeachingBlock(blocks.StructBlock):
    """A block that may teach topics of the guide."""

    topics = TopicsBlock(required=False)

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__(local_blocks, **kwargs)
        # As of when it is known, and what it teaches, are asked last, after what it says.
        for name in ("known_on", "topics"):
            if name in self.child_blocks:  # a kind that does not age, or teaches nothing, is without
                self.child_blocks[name] = self.child_blocks.pop(name)

    class Meta:
        group = _("Text")


def without_topics(block: type[TeachingBlock]) -> dict[str, Any]:
    """Return what is shown as the preview of a teaching block, but for the topics."""
    return {name: value for name, value in block._meta_class.preview_value.items() if name != "topics"}
