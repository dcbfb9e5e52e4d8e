"""What delivery registers with Wagtail."""

from typing import Any

from wagtail import hooks

from openmuseums.delivery.links import ReadersPageLink


@hooks.register("register_rich_text_features", order=1)  # after Wagtail's own
def link_to_pages_in_the_readers_language(features: Any) -> None:
    """Have links to pages, in running text, lead to where the reader's language is spoken."""
    features.register_link_type(ReadersPageLink)
