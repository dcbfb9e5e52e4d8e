"""The printable summary of a list: how many there are, by museum, by country and by what the rule asks for.

Of a list without museums the summary has none either. It is set by typst, with fonts that it brings, as a tagged PDF
(PDF/UA-1) that knows no other time than that of the list.
"""

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _

from openmuseums.organisations.countries import COUNTRIES
from openmuseums.trainers.lists.cells import iso, one_line
from openmuseums.trainers.lists.reading import Row
from openmuseums.trainers.lists.rules import ListedRule, criterion_names
from openmuseums.trainers.models import Cohort, State

_TEMPLATE = Path(__file__).with_name("summary.typ")


@dataclass
class Sums:
    """What is counted. Of a museum and a country: how many, and how many of them have completed."""

    by_status: Counter[str] = field(default_factory=Counter)
    completed: int = 0
    museums: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    countries: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    criteria: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    sessions: int = 0
    seconds: int = 0

    @property
    def people(self) -> int:
        """Return how many there are."""
        return sum(self.by_status.values())


def sum_up(blocks: Iterable[list[Row]], rules: Sequence[ListedRule]) -> Sums:
    """Return what the rows of a list come to."""
    sums = Sums()
    asked = {rule.id: [(each.key, each.wanted.id) for each in rule.criteria] for rule in rules}
    for block in blocks:
        for row in block:
            is_complete = row.completed_at is not None
            sums.by_status[row.status] += 1
            sums.completed += is_complete
            sums.sessions += row.sessions
            sums.seconds += row.seconds
            for groups, name in ((sums.museums, row.museum), (sums.countries, row.country)):
                groups[name][0] += 1
                groups[name][1] += is_complete
            for key, criterion in asked.get(row.rule_id, ()):
                sums.criteria[key][0] += 1
                sums.criteria[key][1] += criterion in row.criteria and row.criteria[criterion].is_met
    return sums


def summary_pdf(  # noqa: PLR0913 - what is counted, and what is said of it
    sums: Sums,
    *,
    cohort: Cohort,
    as_of: dt.datetime,
    columns: Sequence[str],
    rules: Sequence[ListedRule],
    removed: int,
    language: str,
) -> bytes:
    """Return the summary in the active language."""
    parts = [_people(sums)]
    if "museum" in columns:
        parts.append(_groups(_("By museum or network"), sums.museums, {"": _("Not shared")}))
    if "country" in columns:
        countries = {code: str(name) for code, name in COUNTRIES}
        parts.append(_groups(_("By country"), sums.countries, {**countries, "": _("Not shared")}))
    if "criteria" in columns and sums.criteria:
        parts.append(_criteria(sums, rules))
    if "hours" in columns or "sessions" in columns:
        parts.append(_sessions(sums))
    lines = [one_line(cohort.name), _("As of %(moment)s") % {"moment": iso(as_of)}]
    if removed:
        lines.append(_("Taken out of it at their own request: %(number)d") % {"number": removed})
    told = {"title": _("Summary of a completion list"), "lines": lines, "parts": parts, "language": language}
    pdf = typst.compile(
        _TEMPLATE.read_bytes(),
        format="pdf",
        pdf_standards="ua-1",
        ignore_system_fonts=True,
        sys_inputs={"told": json.dumps(told, ensure_ascii=False)},
        timestamp=as_of.replace(microsecond=0),
    )
    if not isinstance(pdf, bytes):  # pragma: no cover - one document is bytes
        raise TypeError
    return pdf


def _people(sums: Sums) -> dict[str, Any]:
    rows = [[str(name), str(sums.by_status[code])] for code, name in State.Status.choices]
    rows += [[_("In all"), str(sums.people)], [_("Completed"), str(sums.completed)]]
    return {"heading": _("People"), "columns": [_("Status"), _("People")], "rows": rows}


def _groups(heading: str, groups: Mapping[str, list[int]], words: Mapping[str, str]) -> dict[str, Any]:
    # By code point, those who say nothing last: the order of words would differ with the language.
    ordered = sorted(groups.items(), key=lambda item: (not item[0], item[0]))
    rows = [[one_line(words.get(name, name)), str(people), str(done)] for name, (people, done) in ordered]
    return {"heading": heading, "columns": [heading, _("People"), _("Completed")], "rows": rows}


def _criteria(sums: Sums, rules: Sequence[ListedRule]) -> dict[str, Any]:
    heading = _("By what the rule asks for")
    names = {key: name for key, name in criterion_names(rules).items() if key in sums.criteria}
    rows = [[one_line(name), *(str(number) for number in sums.criteria[key])] for key, name in names.items()]
    return {"heading": heading, "columns": [heading, _("Asked of"), _("Met by")], "rows": rows}


def _sessions(sums: Sums) -> dict[str, Any]:
    hours = f"{sums.seconds // 3600}:{sums.seconds % 3600 // 60:02}"
    rows = [[_("Times that somebody was there"), str(sums.sessions)], [_("Hours of all together"), hours]]
    return {"heading": _("Sessions"), "columns": [_("Sessions"), _("Sum")], "rows": rows}
