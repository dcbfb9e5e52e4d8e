"""The shapes of single values: what a pack may say, and how it is stored."""

import datetime as dt
import difflib
import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _

from lessons.pack.content import ID
from lessons.pack.markup import DOCUMENT_LINK, PAGE_LINK, Html, canonical, faults, links, stored
from lessons.pack.names import HOME, Names
from lessons.pack.problems import Place, Problems
from lessons.pack.reading import Listing, Mapping, Node, Scalar
from openmuseums.uploads.models import Attachment


@dataclass
class Reading:
    """What is known while a pack's values are read: what there is to refer to, and the ids met so far.

    `new_id` makes an id where one is missing; without it a missing id is a problem. `places` says where each id stands.
    """

    problems: Problems
    page_paths: frozenset[str] = frozenset()
    upload_names: dict[type[models.Model], frozenset[str]] = field(default_factory=dict)
    new_id: Callable[[], uuid.UUID] | None = None
    places: dict[str, Place] = field(default_factory=dict)

    def read_id(self, node: Mapping) -> str:
        """Return the id of a page, block, item or upload, and see that it stands nowhere else."""
        entry = node.entries.get(ID)
        if entry is None:
            if self.new_id:
                return str(self.new_id())
            self.problems.add(node.place, _("This has no id. “manage.py stamp_course” gives it one."))
            return ""
        text = entry.node.value if isinstance(entry.node, Scalar) else None
        try:
            found = str(uuid.UUID(text)) if isinstance(text, str) else None
        except ValueError:
            found = None
        if found is None or found != text:
            self.problems.add(entry.node.place, _("An id is a UUID in small letters, with its hyphens."))
            return ""
        if found in self.places:
            self.problems.add(
                entry.node.place, _("This id stands at %(place)s already."), place=str(self.places[found])
            )
        self.places.setdefault(found, entry.node.place)
        return found


class Shape(ABC):
    """What a field holds. A value in the pack's form is None where there is nothing to say."""

    required = True
    absent: Any = None  # the value, in the pack's form, of a field that a file leaves out

    @abstractmethod
    def read(self, node: Node, reading: Reading) -> Any:
        """Return the value of a node in the pack's form; what is wrong with it goes to `reading.problems`."""

    @abstractmethod
    def stored(self, value: Any, names: Names, seed: str) -> Any:
        """Return a value as the database holds it. `seed` is what ids that a pack does not keep are made of."""

    @abstractmethod
    def packed(self, raw: Any, names: Names, seed: str) -> Any:
        """Return what the database holds in the pack's form."""


class TextShape(Shape):
    """Plain text."""

    def read(self, node: Node, reading: Reading) -> str | None:
        """Read it from a node."""
        if not isinstance(node, Scalar) or not isinstance(node.value, str) or node.odd:
            hint = isinstance(node, Scalar) and node.value is not None
            reading.problems.add(
                node.place,
                _("Text belongs here. Put it in quotes.") if hint else _("Text belongs here."),
            )
            return None
        return _tidy(node.value) or None

    def stored(self, value: Any, names: Names, seed: str) -> str:
        """Return it as it is stored."""
        return value or ""

    def packed(self, raw: Any, names: Names, seed: str) -> str | None:
        """Return what is stored as it stands in a pack."""
        return _tidy(str(raw)) if raw else None


class HtmlShape(Shape):
    """HTML in the pack's spelling."""

    def read(self, node: Node, reading: Reading) -> Html | None:
        """Read it from a node."""
        if not isinstance(node, Scalar) or not isinstance(node.value, str) or node.odd:
            reading.problems.add(node.place, _("HTML text belongs here, such as <p>…</p>."))
            return None
        for line, message in faults(node.value):
            reading.problems.add(_line_of(node, line), message)
        found = canonical(node.value)
        self._check_links(node, found, reading)
        return found or None

    def stored(self, value: Any, names: Names, seed: str) -> str:
        """Return it as it is stored; pages clean their texts themselves when they are saved."""
        return stored(value, names.link_attributes) if value else ""

    def packed(self, raw: Any, names: Names, seed: str) -> Html | None:
        """Return what is stored as it stands in a pack."""
        return (canonical(str(raw), names.link_address) or None) if raw else None

    @staticmethod
    def _check_links(node: Scalar, html: Html, reading: Reading) -> None:
        for address in links(html):
            known: Iterable[str] | None = None
            if address.startswith(PAGE_LINK):
                wanted, known = address.removeprefix(PAGE_LINK), reading.page_paths
                wanted = "" if wanted == HOME else wanted or HOME
            elif address.startswith(DOCUMENT_LINK):
                wanted, known = address.removeprefix(DOCUMENT_LINK), reading.upload_names.get(Attachment, frozenset())
            if known is not None and wanted not in known:
                line = next((i for i, text in enumerate(str(node.value).split("\n")) if address in text), 0)
                reading.problems.add(
                    _line_of(node, line), _("The pack holds nothing that “%(address)s” leads to."), address=address
                )


class WholeShape(Shape):
    """A whole number."""

    def read(self, node: Node, reading: Reading) -> int | None:
        """Read it from a node."""
        value = node.value if isinstance(node, Scalar) else None
        if not isinstance(value, int) or isinstance(value, bool):
            reading.problems.add(node.place, _("A whole number belongs here."))
            return None
        return value

    def stored(self, value: Any, names: Names, seed: str) -> int | None:
        """Return it as it is stored."""
        return value

    def packed(self, raw: Any, names: Names, seed: str) -> int | None:
        """Return what is stored as it stands in a pack."""
        return None if raw is None else int(raw)


class NumberShape(Shape):
    """A number."""

    def read(self, node: Node, reading: Reading) -> int | float | None:
        """Read it from a node."""
        value = node.value if isinstance(node, Scalar) else None
        if not isinstance(value, int | float) or isinstance(value, bool):
            reading.problems.add(node.place, _("A number belongs here, with a point before decimals."))
            return None
        return _shortest(value)

    def stored(self, value: Any, names: Names, seed: str) -> int | float | None:
        """Return it as it is stored."""
        return value

    def packed(self, raw: Any, names: Names, seed: str) -> int | float | None:
        """Return what is stored as it stands in a pack."""
        return None if raw is None else _shortest(float(raw))


class TruthShape(Shape):
    """True or false. It is always written out; left out it is false."""

    absent = False

    def read(self, node: Node, reading: Reading) -> bool | None:
        """Read it from a node."""
        value = node.value if isinstance(node, Scalar) else None
        if not isinstance(value, bool):
            reading.problems.add(node.place, _("“true” or “false” belongs here."))
            return None
        return value

    def stored(self, value: Any, names: Names, seed: str) -> bool:
        """Return it as it is stored."""
        return bool(value)

    def packed(self, raw: Any, names: Names, seed: str) -> bool:
        """Return what is stored as it stands in a pack."""
        return bool(raw)


class MomentShape(Shape):
    """A date and time, written with its distance from UTC; dumps write UTC itself."""

    def read(self, node: Node, reading: Reading) -> str | None:
        """Read it from a node."""
        value = node.value if isinstance(node, Scalar) else None
        try:
            moment = dt.datetime.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            reading.problems.add(node.place, _("A date and time belongs here, such as “2027-03-31T17:00:00+02:00”."))
            return None
        return _in_utc(moment)

    def stored(self, value: Any, names: Names, seed: str) -> dt.datetime | None:
        """Return it as it is stored."""
        return dt.datetime.fromisoformat(value) if value else None

    def packed(self, raw: Any, names: Names, seed: str) -> str | None:
        """Return what is stored as it stands in a pack."""
        return _in_utc(raw) if raw else None


class DayShape(Shape):
    """A day."""

    def read(self, node: Node, reading: Reading) -> str | None:
        """Read it from a node."""
        value = node.value if isinstance(node, Scalar) else None
        try:
            day = dt.date.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            day = None
        if day is None or day.isoformat() != value:  # Python also reads “20261121” and “2026-W47-6”
            reading.problems.add(node.place, _("A date belongs here, such as “2026-11-21”."))
            return None
        return day.isoformat()

    def stored(self, value: Any, names: Names, seed: str) -> str | None:
        """Return it as it is stored."""
        return value or None

    def packed(self, raw: Any, names: Names, seed: str) -> str | None:
        """Return what is stored as it stands in a pack."""
        return raw.isoformat() if isinstance(raw, dt.date) else raw or None


class DefaultedShape(Shape):
    """A value that is left out where it is the one that the field has by itself."""

    required = False

    def __init__(self, shape: Shape, default: Any) -> None:
        self.shape = shape
        self.default = default

    def read(self, node: Node, reading: Reading) -> Any:
        """Read it from a node."""
        found = self.shape.read(node, reading)
        return None if found == self.default else found

    def stored(self, value: Any, names: Names, seed: str) -> Any:
        """Return it as it is stored."""
        return self.default if value is None else self.shape.stored(value, names, seed)

    def packed(self, raw: Any, names: Names, seed: str) -> Any:
        """Return what is stored as it stands in a pack."""
        found = self.shape.packed(raw, names, seed)
        return None if found == self.default else found


class CodeShape(Shape):
    """One of a set of codes. `form_field` knows the set, which may change while the site runs."""

    def __init__(self, form_field: forms.Field) -> None:
        self.form_field = form_field

    def read(self, node: Node, reading: Reading) -> str | None:
        """Read it from a node."""
        value = node.value if isinstance(node, Scalar) else None
        if not isinstance(value, str):
            reading.problems.add(node.place, _("One word belongs here: a code that the course knows."))
            return None
        if value not in (codes := self.codes()):
            near = difflib.get_close_matches(value, codes, n=1)
            message = _("“%(value)s” is not known here.")
            if near:
                message += " " + _("Perhaps “%(near)s”?")
            elif len(codes) < 12:
                message += " " + _("It must be one of: %(codes)s.")
            reading.problems.add(node.place, message, value=value, near=near[0] if near else "", codes=", ".join(codes))
        return value

    def stored(self, value: Any, names: Names, seed: str) -> str:
        """Return it as it is stored."""
        return value or ""

    def packed(self, raw: Any, names: Names, seed: str) -> str | None:
        """Return what is stored as it stands in a pack."""
        return str(raw) if raw else None

    def codes(self) -> list[str]:
        """Return the codes, without the empty one."""
        found: list[str] = []
        for value, label in self.form_field.choices:  # type: ignore[attr-defined]
            found += [str(inner) for inner, _label in label] if isinstance(label, list | tuple) else [str(value)]
        return [code for code in found if code]


class CodesShape(Shape):
    """A plain list of codes."""

    def __init__(self, code: CodeShape) -> None:
        self.code = code

    def read(self, node: Node, reading: Reading) -> list[str] | None:
        """Read it from a node."""
        return _read_codes(node, self.code, reading) or None

    def stored(self, value: Any, names: Names, seed: str) -> list[str]:
        """Return it as it is stored."""
        return list(value or [])

    def packed(self, raw: Any, names: Names, seed: str) -> list[str] | None:
        """Return what is stored as it stands in a pack."""
        return [str(code) for code in raw] if raw else None


class ReferenceShape(Shape):
    """A picture or document, by its name in the pack."""

    def __init__(self, model: type[models.Model], *, required: bool) -> None:
        self.model = model
        self.required = required

    def read(self, node: Node, reading: Reading) -> str | None:
        """Read it from a node."""
        value = node.value if isinstance(node, Scalar) else None
        if not isinstance(value, str):
            reading.problems.add(node.place, _("The name of a file in “media” belongs here."))
            return None
        known = reading.upload_names.get(self.model, frozenset())
        if value not in known:
            near = difflib.get_close_matches(value, known, n=1)
            message = _("“media” holds no “%(name)s”.") + (" " + _("Perhaps “%(near)s”?") if near else "")
            reading.problems.add(node.place, message, name=value, near=near[0] if near else "")
        return value

    def stored(self, value: Any, names: Names, seed: str) -> int | None:
        """Return it as it is stored."""
        return names.upload_id(self.model, value) if value else None

    def packed(self, raw: Any, names: Names, seed: str) -> str | None:
        """Return what is stored as it stands in a pack."""
        return names.upload_name(self.model, int(raw)) if raw else None


def _read_codes(node: Node, code: CodeShape, reading: Reading) -> list[str]:
    if not isinstance(node, Listing):
        reading.problems.add(node.place, _("A list belongs here."))
        return []
    found = [code.read(item, reading) for item in node.items]
    for index, item in enumerate(node.items):
        if found[index] is not None and found[index] in found[:index]:
            reading.problems.add(item.place, _("“%(value)s” stands here twice."), value=found[index])
    return [value for value in found if value is not None]


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _in_utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def _shortest(value: int | float) -> int | float:
    return int(value) if float(value).is_integer() else value


def _line_of(node: Scalar, line: int) -> Place:
    """Return the place of a line of a literal block; of other texts only their beginning is known."""
    return Place(node.place.file, node.place.line + 1 + line) if node.literal else node.place
