"""Content checks: written once, over a page's values, and shown wherever somebody decides about it.

An app registers a check for its page model; a check returns findings. Errors among them stop publishing, remarks do
not.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from wagtail.models import Page


class Level(StrEnum):
    """How grave a finding is."""

    ERROR = "error"
    REMARK = "remark"


@dataclass(frozen=True)
class Finding:
    """Something to mend before, or better before, a page is published.

    field: name of the model field it stands in. block_id: id of the stream block, or empty. code: stable name of the
    rule. part: what tells it from another finding of that rule in that block, or empty. address: where it is mended, if
    that is not the page's form.
    """

    level: Level
    code: str
    message: Any
    field: str
    block_id: str = ""
    part: str = ""
    address: str = ""

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """Return what makes it the same finding in two versions of a page; its words may differ by language."""
        return self.code, self.field, self.block_id, self.part


@dataclass(frozen=True)
class Place:
    """Where in a page something was found: a field, or a block of a field."""

    field: str
    block_id: str = ""

    def error(self, code: str, message: Any) -> Finding:
        """Return a finding that stops publishing."""
        return Finding(Level.ERROR, code, message, self.field, self.block_id)

    def remark(self, code: str, message: Any) -> Finding:
        """Return a finding that does not."""
        return Finding(Level.REMARK, code, message, self.field, self.block_id)


Check = Callable[[Page], Iterable[Finding]]
_checks: list[tuple[type[Page], Check]] = []
_remarking: list[tuple[type[Page], Check]] = []


def register_check(model: type[Page], check: Check) -> None:
    """Have a check run over every page of a model (or of a model derived from it)."""
    if (model, check) not in _checks:
        _checks.append((model, check))


def register_remarks(model: type[Page], check: Check) -> None:
    """Have a check that finds no errors run wherever findings are shown; publishing does not wait for it."""
    if (model, check) not in _remarking:
        _remarking.append((model, check))


def findings_of(page: Page) -> list[Finding]:
    """Return all findings on a page, errors first, in the order of the page's fields within a level."""
    return _found_by([*_checks, *_remarking], page)


def _found_by(checks: list[tuple[type[Page], Check]], page: Page) -> list[Finding]:
    found = [finding for model, check in checks if isinstance(page, model) for finding in check(page)]
    order = {field.name: number for number, field in enumerate(page._meta.get_fields())}
    return sorted(found, key=lambda finding: (finding.level is not Level.ERROR, order.get(finding.field, len(order))))


def errors_of(page: Page) -> list[Finding]:
    """Return the findings that stop publishing."""
    return [finding for finding in _found_by(_checks, page) if finding.level is Level.ERROR]
