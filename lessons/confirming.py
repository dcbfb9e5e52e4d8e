"""Self-checks whose right answers changed since a translation was made: the source's stand in their place."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lessons.models import UnitPage
from openmuseums.delivery.languages import source_language
from openmuseums.segments.lagging import lag_of


@dataclass(frozen=True)
class Unconfirmed:
    """The self-checks of a unit that are shown as the source has them.

    since: when the right answers of each changed, by the ids of the blocks. edition: number of the source's newest.
    """

    since: Mapping[str, dt.datetime] = field(default_factory=dict)
    edition: int = 0
    page_key: Any = None

    @property
    def name(self) -> str:
        """Return what tells bodies apart that show other questions in the source's words; empty where none are."""
        return f"{self.edition}:{','.join(sorted(self.since))}" if self.since else ""

    @cached_property
    def source(self) -> UnitPage:
        """Return the source's page: one query."""
        return UnitPage.objects.get(
            translation_key=self.page_key, locale__language_code=source_language(), alias_of=None
        )

    def child_of(self, child: Any) -> Any:
        """Return the block of the source's page in place of one that is not confirmed; None for all others."""
        if child.id not in self.since:
            return None
        return next((found for found in self.source.body if found.id == child.id), None)


ALL_CONFIRMED = Unconfirmed()


def unconfirmed_in(page: UnitPage) -> Unconfirmed:
    """Return the self-checks of a unit that its language has not confirmed: one query, two where there are some."""
    if page.content_language == source_language():
        return ALL_CONFIRMED
    lag = lag_of(page)
    if lag is None or not lag.unconfirmed:
        return ALL_CONFIRMED
    return Unconfirmed(lag.unconfirmed_since(), lag.newest.number, lag.newest.page_key)
