"""Takes away what of wagtail-localize leads to closed addresses, in whose place a desk of ours stands."""

from collections.abc import Iterable
from typing import Any

from wagtail import hooks
from wagtail_localize import wagtail_hooks as localize

# “Translate this page” and “Sync translated pages” come from these. Wagtail has no hook that takes a button out of a
# page's head, and localize shows them to every superuser.
_BUTTONS = ("register_page_header_buttons", "register_page_listing_more_buttons")
_ACTIONS = ("localize-convert-to-alias",)


def take_out_buttons() -> None:
    """Take localize's buttons out of the heads and lists of pages; its module is imported, so that they are there."""
    for name in _BUTTONS:
        kept = [entry for entry in hooks._hooks.get(name, ()) if entry[0] is not localize.page_listing_more_buttons]
        hooks._hooks[name] = kept


def without_closed_actions(items: list[Any]) -> list[Any]:
    """Return the actions of an edit form but those that lead to what is closed."""
    return [item for item in items if item.name not in _ACTIONS]


def without_report(items: Iterable[Any]) -> list[Any]:
    """Return the menu of reports without localize's, which calls a page up to date whose source says something else."""
    return [item for item in items if not isinstance(item, localize.TranslationsReportMenuItem)]
