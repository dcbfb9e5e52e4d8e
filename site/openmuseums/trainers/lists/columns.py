"""The columns that a list can have, and the presets of them."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django_stubs_ext import StrOrPromise

from openmuseums.organisations.countries import COUNTRIES
from openmuseums.organisations.models import Membership
from openmuseums.trainers.completing.measuring import Measure, progress
from openmuseums.trainers.lists.reading import Parts, Row
from openmuseums.trainers.lists.rules import ListedRule, criterion_names
from openmuseums.trainers.models import State

Values = Callable[[list[Row]], list[Any]]
_HOUR = Decimal(3600)


class Kind(StrEnum):
    """What stands in a column. CODE: one of a few keys, each with a word in every language."""

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    TIME = "time"
    YES_NO = "yes-no"


@dataclass(frozen=True)
class Column:
    """A column of a list. `key` names it in JSON Lines and in the manifest, the same in every language."""

    key: str
    heading: str
    kind: Kind
    values: Values
    words: Mapping[str, str] = field(default_factory=dict)


# What can be chosen, in the order in which columns stand. `criteria` and `scores` are as many as the rule asks for.
CHOICES: dict[str, StrOrPromise] = {
    "pseudonym": gettext_lazy("Pseudonym"),
    "name": gettext_lazy("Name"),
    "email": gettext_lazy("E-mail address"),
    "museum": gettext_lazy("Museum or network"),
    "country": gettext_lazy("Country"),
    "role": gettext_lazy("Role"),
    "language": gettext_lazy("Language"),
    "status": gettext_lazy("Status"),
    "enrolled": gettext_lazy("Takes part since"),
    "progress": gettext_lazy("Done, in per cent"),
    "criteria": gettext_lazy("What the rule asks for: met or not, and since when"),
    "scores": gettext_lazy("What the rule asks for: how much is done"),
    "sessions": gettext_lazy("Sessions attended"),
    "hours": gettext_lazy("Hours in sessions"),
    "completed": gettext_lazy("Completed at"),
    "rule": gettext_lazy("Version of the rule"),
}
PRESETS: dict[str, tuple[str, ...]] = {
    "auditor": (
        *("pseudonym", "name", "museum", "country", "role", "status", "enrolled", "criteria", "scores"),
        *("sessions", "hours", "completed", "rule"),
    ),
    "network": ("name", "museum", "country", "role", "language", "status", "progress", "completed"),
    "statistics": ("country", "role", "language", "status", "progress", "criteria", "completed"),
}
PRESET_NAMES: dict[str, StrOrPromise] = {
    "auditor": gettext_lazy("For an auditor: who completed, by what, when"),
    "network": gettext_lazy("For the network: who is how far"),
    "statistics": gettext_lazy("Statistics without names"),
}
OWN_CHOICE = "own"
# Whoever looks on may have the statistics: columns, and conditions, that lead to nobody.
FOR_OBSERVERS = "statistics"


def in_order(chosen: Sequence[str]) -> tuple[str, ...]:
    """Return chosen columns in the order in which they stand, each once."""
    return tuple(key for key in CHOICES if key in set(chosen))


def parts_for(chosen: Sequence[str], *, complete: str = "") -> Parts:
    """Return what has to be read for columns, and for the condition that people have completed or not."""
    return Parts(
        criteria=not {"criteria", "scores", "progress"}.isdisjoint(chosen),
        attendance=not {"sessions", "hours"}.isdisjoint(chosen),
        completion="completed" in chosen or bool(complete),
    )


def columns_for(chosen: Sequence[str], rules: Sequence[ListedRule]) -> list[Column]:
    """Return the columns with their headings in the active language."""
    found: list[Column] = []
    for key in in_order(chosen):
        if key == "criteria":
            for criterion, name in criterion_names(rules).items():
                found += _states_of(criterion, name, rules)
        elif key == "scores":
            found += [_score_of(criterion, name, rules) for criterion, name in criterion_names(rules).items()]
        else:
            found.append(_single(key, rules))
    return found


def _single(key: str, rules: Sequence[ListedRule]) -> Column:
    heading = str(CHOICES[key])
    if key in _CODED:
        return Column(key, heading, Kind.CODE, _attribute(key), {code: str(word) for code, word in _CODED[key]})
    if key in {"name", "email", "museum"}:
        return Column(key, heading, Kind.TEXT, _attribute(key))
    if key == "pseudonym":
        return Column(key, heading, Kind.TEXT, lambda rows: [pseudonym(row) for row in rows])
    if key in {"enrolled", "completed"}:
        return Column(f"{key}_at", heading, Kind.TIME, _attribute(f"{key}_at"))
    numbers: dict[str, Values] = {
        "sessions": lambda rows: [row.sessions for row in rows],
        "hours": lambda rows: [_hours(row.seconds) for row in rows],
        "progress": _progress(rules),
        "rule": _version(rules),
    }
    return Column("rule_version" if key == "rule" else key, heading, Kind.NUMBER, numbers[key])


_CODED: dict[str, Sequence[tuple[str, StrOrPromise]]] = {
    "country": COUNTRIES,
    "role": Membership.Role.choices,
    "language": settings.LANGUAGES,
    "status": State.Status.choices,
}


def pseudonym(row: Row) -> str:
    """Return what stands for a name: the beginning of the key, behind a letter, so that none is read as a number."""
    return f"P-{row.id.hex[:16].upper()}"


def _attribute(name: str) -> Values:
    place = Row._fields.index(name)
    return lambda rows: [row[place] for row in rows]


@lru_cache(maxsize=4096)
def _hours(seconds: int) -> Decimal | int:
    return (seconds / _HOUR).quantize(Decimal("0.01")) if seconds else 0


def _version(rules: Sequence[ListedRule]) -> Values:
    numbers = {rule.id: rule.number for rule in rules}
    return lambda rows: [numbers.get(row.rule_id) for row in rows]


def _progress(rules: Sequence[ListedRule]) -> Values:
    wanted = {rule.id: [each.wanted for each in rule.criteria] for rule in rules}

    def measure(row: Row, criterion: int) -> Measure:
        standing = row.criteria.get(criterion)
        return Measure(standing.done, standing.since if standing.is_met else None) if standing else _NONE

    return lambda rows: [
        progress([(each, measure(row, each.id)) for each in wanted.get(row.rule_id, ())]) for row in rows
    ]


_NONE = Measure(Decimal(0), None)


def _states_of(criterion: str, name: str, rules: Sequence[ListedRule]) -> list[Column]:
    ids = _ids(criterion, rules)

    def met(rows: list[Row]) -> list[bool | None]:
        return [
            None if (key := ids.get(row.rule_id)) is None else (key in row.criteria and row.criteria[key].is_met)
            for row in rows
        ]

    def at(rows: list[Row]) -> list[dt.datetime | None]:
        found = (row.criteria.get(ids.get(row.rule_id, 0)) for row in rows)
        return [each.since if each is not None and each.is_met else None for each in found]

    words = {"criterion": name}
    # A dot stands in no key of a criterion: no column is called as another.
    return [
        Column(f"{criterion}.met", _("%(criterion)s: met") % words, Kind.YES_NO, met),
        Column(f"{criterion}.at", _("%(criterion)s: met at") % words, Kind.TIME, at),
    ]


def _score_of(criterion: str, name: str, rules: Sequence[ListedRule]) -> Column:
    ids = _ids(criterion, rules)

    def done(rows: list[Row]) -> list[Decimal | int | None]:
        return [
            None if (key := ids.get(row.rule_id)) is None else row.criteria[key].done if key in row.criteria else 0
            for row in rows
        ]

    heading = _("%(criterion)s: done") % {"criterion": name}
    return Column(f"{criterion}.done", heading, Kind.NUMBER, done)


def _ids(criterion: str, rules: Sequence[ListedRule]) -> dict[int, int]:
    """Return the id of a criterion in each version that asks for it."""
    return {rule.id: each.wanted.id for rule in rules for each in rule.criteria if each.key == criterion}


def yes_and_no() -> tuple[str, str]:
    """Return the words for it in the active language."""
    return pgettext("in a list", "yes"), pgettext("in a list", "no")
