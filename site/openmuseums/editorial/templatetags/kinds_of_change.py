"""The dialog that asks what kind of change is being published."""

from typing import Any

from django import template
from wagtail.models import Page

from openmuseums.editorial.asking import is_asked_about, question
from openmuseums.editorial.panels import ASKING_ACTIONS, CHOSEN_KIND

register = template.Library()


@register.inclusion_tag("editorial/kind_dialog.html")
def kind_dialog(page: Page) -> dict[str, Any]:
    """Show the dialog for Wagtail's form of a page; nothing where nothing is asked about it."""
    if not is_asked_about(page):
        return {"question": None}
    return {"page": page, "question": question(page, None), "actions": " ".join(ASKING_ACTIONS), "field": CHOSEN_KIND}
