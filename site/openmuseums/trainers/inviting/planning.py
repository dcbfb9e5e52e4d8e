"""What a file of people to invite would do, line by line; nothing is saved by it.

It tells of an address whether it was invited to this cohort, or takes part in it and is shared with it. Whether there
is an account with it nobody learns here.
"""

import unicodedata
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation

from openmuseums.organisations.folding import folded
from openmuseums.trainers.inviting.reading import Fault, Line, Sheet, What
from openmuseums.trainers.models import Cohort, Invitation, Participation

_LONGEST = {"email": 254, "name": 200, "museum": 200}


class Fate(StrEnum):
    """What becomes of a line."""

    INVITE = "invite"
    INVITED = "invited"
    WITHDRAWN = "withdrawn"
    TAKES_PART = "takes-part"
    DOUBLE = "double"
    FAULT = "fault"


@dataclass(frozen=True)
class Guest:
    """Somebody to invite, as the file or a form says."""

    email: str
    name: str = ""
    museum: str = ""
    language: str = ""


@dataclass(frozen=True)
class Step:
    """What becomes of a line. double_of: the line in which the address stands already."""

    number: int
    guest: Guest
    fate: Fate
    faults: tuple[Fault, ...] = ()
    double_of: int = 0


@dataclass(frozen=True)
class Plan:
    """What a file would do."""

    steps: tuple[Step, ...]
    unused: tuple[str, ...]

    @property
    def guests(self) -> list[Guest]:
        """Return whom it would invite."""
        return [step.guest for step in self.steps if step.fate == Fate.INVITE]

    @property
    def faulty(self) -> list[Step]:
        """Return the lines that somebody has to mend."""
        return [step for step in self.steps if step.fate == Fate.FAULT]

    @property
    def counts(self) -> Counter[Fate]:
        """Return how many lines there are of each fate."""
        return Counter(step.fate for step in self.steps)


def plan(cohort: Cohort, sheet: Sheet) -> Plan:
    """Return what a file would do to a cohort, in two queries."""
    known, languages = known_addresses(cohort), _languages()
    lines: dict[str, int] = {}
    steps = []
    for line in sheet.lines:
        guest, faults = _read(line, languages)
        if faults:
            steps.append(Step(line.number, guest, Fate.FAULT, tuple(faults)))
        elif guest.email in lines:
            steps.append(Step(line.number, guest, Fate.DOUBLE, double_of=lines[guest.email]))
        else:
            steps.append(Step(line.number, guest, known.get(guest.email, Fate.INVITE)))
            lines[guest.email] = line.number
    return Plan(tuple(steps), sheet.unused)


def known_addresses(cohort: Cohort) -> dict[str, Fate]:
    """Return the addresses that a cohort knows of, with what each is: invited, or shared by who takes part."""
    known = {
        email: Fate.WITHDRAWN if withdrawn_at else Fate.INVITED
        for email, withdrawn_at in Invitation.objects.filter(cohort=cohort).values_list("email", "withdrawn_at")
    }
    joined = Participation.objects.filter(cohort=cohort, status=Participation.Status.JOINED).exclude(email="")
    return known | {email.lower(): Fate.TAKES_PART for email in joined.values_list("email", flat=True)}


def plain_address(text: str) -> str:
    """Return an address as it is kept."""
    return text.strip().lower()


def _read(line: Line, languages: dict[str, str]) -> tuple[Guest, list[Fault]]:
    cells = line.cells
    guest = Guest(plain_address(cells.get("email", "")), cells.get("name", ""), cells.get("museum", ""))
    if line.fault:
        return guest, [line.fault]
    faults = [*_faults_of_address(line, guest.email), *_faults_of_words(line)]
    language = languages.get(folded(cells.get("language", "")), "")
    if cells.get("language") and not language:
        faults.append(_fault(line, What.BAD_LANGUAGE, "language"))
    return Guest(guest.email, guest.name, guest.museum, language), faults


def _faults_of_address(line: Line, address: str) -> list[Fault]:
    if not address:
        return [_fault(line, What.NO_ADDRESS, "email")]
    try:
        validate_email(address)
    except ValidationError:
        return [_fault(line, What.BAD_ADDRESS, "email")]
    # What is no ASCII before the @ few mail servers take, and some letters only look like others.
    return [] if address.partition("@")[0].isascii() else [_fault(line, What.BAD_ADDRESS, "email")]


def _faults_of_words(line: Line) -> list[Fault]:
    faults = []
    for column, longest in _LONGEST.items():
        cell = line.cells.get(column, "")
        if len(cell) > longest:
            faults.append(_fault(line, What.TOO_LONG, column))
        elif column != "email" and any(unicodedata.category(sign) in {"Cc", "Cs", "Co"} for sign in cell):
            faults.append(_fault(line, What.BAD_SIGNS, column))
    return faults


def _fault(line: Line, what: What, column: str) -> Fault:
    return Fault(what, line.number, line.places.get(column, 0) + 1, line.cells.get(column, "")[:60])


def _languages() -> dict[str, str]:
    """Return the codes of the site's languages by what people call them: the code, and the name in each of them."""
    found: dict[str, str] = {}
    for code, name in settings.LANGUAGES:
        found |= {
            folded(code): code,
            folded(LANG_INFO[code]["name_local"]): code,
            folded(LANG_INFO[code]["name"]): code,
        }
        for reader, _name in settings.LANGUAGES:
            with translation.override(reader):
                found[folded(str(name))] = code
    return found
