"""What a load did."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Kept:
    """A field that was edited in the CMS and left as it is. `differs` says whether the pack has changed it too."""

    title: str
    field: str
    differs: bool


@dataclass(frozen=True)
class Incomplete:
    """A page in another language for which `missing` texts have no translation.

    It stays a draft, or where it `is_live` as it was published.
    """

    title: str
    missing: int
    is_live: bool


@dataclass
class Report:
    """What a load did, by the titles of pages and the names of files.

    created, updated: what readers see. drafted: pages that had unpublished changes; the pack's were added to them.
    removed: what was removed in the CMS and not brought back. not_in_pack: pages that only the site holds.
    """

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    drafted: list[str] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    not_in_pack: list[str] = field(default_factory=list)
    incomplete: list[Incomplete] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Return whether anything was written that readers or editors see."""
        return bool(self.created or self.updated or self.drafted)
