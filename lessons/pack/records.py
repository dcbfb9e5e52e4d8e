"""Remembers what a load left in each field, so that the next one can tell an editor's change from its own."""

import datetime as dt
import hashlib
import json
from typing import Any
from uuid import UUID

from lessons.models import LoadedField
from lessons.pack.reports import Kept, Report


def digest_of(value: Any) -> str:
    """Return the digest of a value in the pack's form."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class Records:
    """The fields that loads have written, as they left them."""

    def __init__(self, *, now: dt.datetime, force: bool, report: Report) -> None:
        self.now = now
        self.force = force
        self.report = report
        self.rows = {(row.object_key, row.field): row for row in LoadedField.objects.all()}
        self.keys = {key for key, _field in self.rows}
        self.changed: dict[tuple[UUID, str], str] = {}

    def decide(self, key: UUID, title: str, field: str, *, wanted: Any, current: Any) -> bool:
        """Return whether a field is to be written; where an editor has changed it, report that instead."""
        wanted_digest, current_digest = digest_of(wanted), digest_of(current)
        if wanted_digest == current_digest:
            self._remember(key, field, wanted_digest)
            return False
        loaded = self.digest(key, field)
        if self.force or loaded == current_digest or (loaded is None and not current):
            self._remember(key, field, wanted_digest)
            return True
        self.report.kept.append(Kept(title, field, differs=loaded != wanted_digest))
        return False

    def was_removed(self, key: UUID) -> bool:
        """Return whether something that is not there was loaded before, and is not to be brought back."""
        return key in self.keys and not self.force

    def digest(self, key: UUID, field: str) -> str | None:
        """Return the digest of a field as it was loaded last, or None where it never was."""
        row = self.rows.get((key, field))
        return row.digest if row else None

    def remember(self, key: UUID, field: str, value: Any) -> None:
        """Note what a field holds now."""
        self._remember(key, field, digest_of(value))

    def _remember(self, key: UUID, field: str, digest: str) -> None:
        if self.digest(key, field) != digest:
            self.changed[key, field] = digest

    def save(self) -> None:
        """Write down what has changed."""
        new: list[LoadedField] = []
        old: list[LoadedField] = []
        for (key, field), digest in self.changed.items():
            row = self.rows.get((key, field)) or LoadedField(object_key=key, field=field)
            row.digest, row.loaded_at = digest, self.now
            (old if row.pk else new).append(row)
        if new:
            LoadedField.objects.bulk_create(new, batch_size=200)
        if old:
            LoadedField.objects.bulk_update(old, ["digest", "loaded_at"], batch_size=200)
