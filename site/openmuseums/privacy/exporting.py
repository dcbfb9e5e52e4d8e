"""A copy of what the site keeps of a person: a file for people, and one for programs."""

import datetime as dt
import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from openmuseums.privacy.registry import Declaration, Subject, declarations, declarations_to_read, titles_of

FORMAT = "openmuseums-personal-data"
VERSION = 1
_ISO_TIME = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?\Z")


@dataclass(frozen=True)
class Table:
    """The rows of a model as people read them: a caption, the names of the columns, and the cells as words."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Section:
    """What belongs together for people: what it is, why it is kept, and its tables."""

    title: str
    purpose: str
    basis: str
    retention: str
    tables: Sequence[Table]

    @property
    def row_count(self) -> int:
        """Return how many rows there are."""
        return sum(len(table.rows) for table in self.tables)


def title_of(declaration: Declaration) -> str:
    """Return how people call what a model keeps."""
    return str(declaration.title) or _model_name(declaration)


def rows_of(subject: Subject) -> dict[str, list[dict[str, Any]]]:
    """Return all rows about a person by label of the model, with titles of pages beside their keys."""
    found = {declaration.model: [dict(row) for row in declaration.export(subject)] for declaration in declarations()}
    keys = {key for rows in found.values() for row in rows for name in row if (key := _page_key(name, row[name]))}
    titles = titles_of(keys)
    return {label: [_with_titles(row, titles) for row in rows] for label, rows in found.items()}


def sections_of(subject: Subject) -> list[Section]:
    """Return what there is about a person as people read it, in the active language; what is empty is left out."""
    found = rows_of(subject)
    grouped: dict[str, list[Declaration]] = {}
    for declaration in declarations_to_read():
        if found[declaration.model]:
            grouped.setdefault(title_of(declaration), []).append(declaration)
    return [
        Section(
            title=title,
            purpose=str(group[0].purpose),
            basis=str(group[0].basis.words),
            retention=str(group[0].retention),
            tables=[_table(declaration, found[declaration.model]) for declaration in group],
        )
        for title, group in grouped.items()
    ]


def data_of(subject: Subject, *, language: str, now: dt.datetime) -> dict[str, Any]:
    """Return what there is about a person for programs: docs/your-data.md describes the format."""
    with translation.override(language):
        found = rows_of(subject)
        return {
            "format": FORMAT,
            "version": VERSION,
            "made_at": now,
            "language": language,
            "kept": [
                {
                    "model": declaration.model,
                    "title": title_of(declaration),
                    "purpose": str(declaration.purpose),
                    "basis": declaration.basis.value,
                    "retention": str(declaration.retention),
                    "rows": found[declaration.model],
                }
                for declaration in declarations()
            ],
        }


def export(*, subject: Subject, language: str, now: dt.datetime) -> bytes:
    """Return a ZIP of index.html, which needs neither the site nor the network, and data.json. Nothing is stored."""
    with translation.override(language):
        page = render_to_string(
            "privacy/export.html",
            {"sections": sections_of(subject), "language": language, "made_at": now},
        )
    data = json.dumps(data_of(subject, language=language, now=now), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (("index.html", page), ("data.json", data)):
            entry = zipfile.ZipInfo(name, date_time=timezone.localtime(now).timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text)
    return file.getvalue()


def _page_key(name: str, value: Any) -> UUID | None:
    """Return the translation key that a field of a row holds, or None where it is no such field."""
    if not name.endswith("_key"):
        return None
    try:
        return value if isinstance(value, UUID) else UUID(str(value))
    except ValueError:
        return None


def _with_titles(row: dict[str, Any], titles: Mapping[UUID, str]) -> dict[str, Any]:
    known = {}
    for name, value in row.items():
        known[name] = value
        key = _page_key(name, value)
        if key is not None and key in titles:
            known[f"{name.removesuffix('_key')}_title"] = titles[key]
    return known


def _table(declaration: Declaration, rows: Sequence[Mapping[str, Any]]) -> Table:
    names = list(dict.fromkeys(name for row in rows for name in row))
    # Where the title is known nobody needs the key to read it; data.json has both.
    titled = {name for name in names if f"{name.removesuffix('_key')}_title" in names and name.endswith("_key")}
    shown = [name for name in names if name not in titled]
    fields = {name: _field(declaration.model, name) for name in shown}
    return Table(
        caption=_model_name(declaration),
        columns=[_label(declaration, name, fields[name]) for name in shown],
        rows=[[_words(row.get(name), fields[name]) for name in shown] for row in rows],
    )


def _model_name(declaration: Declaration) -> str:
    name: str = capfirst(apps.get_model(declaration.model)._meta.verbose_name_plural)
    return name


def _field(label: str, name: str) -> models.Field[Any, Any] | None:
    try:
        field = apps.get_model(label)._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.Field) else None


def _label(declaration: Declaration, name: str, field: models.Field[Any, Any] | None) -> str:
    if name in declaration.labels:
        return str(declaration.labels[name])
    if field is not None:
        return str(capfirst(field.verbose_name))
    if name.endswith("_title"):
        return _("Page")
    return str(capfirst(name.replace("__", " ").replace("_", " ")))


def _words(value: Any, field: models.Field[Any, Any] | None) -> str:
    """Return a value as people write it in the active language."""
    if field is not None and field.choices and isinstance(value, str):
        value = dict(field.flatchoices).get(value, value)
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, (list, tuple)):
        return ", ".join(_words(part, None) for part in value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_words(part, None)}" for name, part in value.items())
    return _time_in_words(value)


def _time_in_words(value: Any) -> str:
    if isinstance(value, str) and _ISO_TIME.match(value):
        value = _read_time(value)
    if isinstance(value, dt.datetime):
        return date_format(timezone.localtime(value) if timezone.is_aware(value) else value, "DATETIME_FORMAT")
    if isinstance(value, dt.date):
        return date_format(value, "DATE_FORMAT")
    return str(value)


def _read_time(text: str) -> dt.datetime | dt.date | str:
    try:
        return dt.datetime.fromisoformat(text) if "T" in text else dt.date.fromisoformat(text)
    except ValueError:
        return text
