"""What an editor's browser sends from Wagtail's forms."""

from typing import Any

from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

FIT = [("heading", {"text": "Where to begin", "level": "h2"})]
UNFIT = [("heading", {"text": "Where to begin", "level": "h3"})]


def unit_form(body: list[tuple[str, Any]], *actions: str, **fields: Any) -> dict[str, Any]:
    """Return the form of a unit as it is sent. actions: “action-publish”, “action-submit” and their like."""
    data = {
        "title": "The digital strategy",
        "slug": "digital-strategy",
        "key": "digital-strategy",
        "lead": "What you get from it.",
        "minutes_to_read": "5",
        "minutes_to_do": "20",
        "body": streamfield(body),
        "outcomes": inline_formset([{"text": "Say what it is about."}]),
        "comments": inline_formset([]),
        **fields,
        **dict.fromkeys(actions, "1"),
    }
    return nested_form_data(data) | {"facets": ["use"]}
