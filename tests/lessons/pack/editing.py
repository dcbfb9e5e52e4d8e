"""What tests of loads do to pages as editors do."""

from typing import Any

from lessons.models import UnitPage


def strategy() -> UnitPage:
    """Return the unit about the strategy, which most tests change."""
    return UnitPage.objects.get(key="digital-strategy")


def edit(page: Any, *, publish: bool = True, **fields: Any) -> None:
    """Change a page as an editor does."""
    page = page.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(page, name, value)
    revision = page.save_revision()
    if publish:
        revision.publish()
