"""What takes long to make is made once a process: its rows are kept, and put back where nothing else has changed.

A snapshot is put back only into a database that holds what it held when the snapshot was taken, table by table.
In every other case the thing is made anew.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, TypeVar

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import sql
from wagtail.models import Page, Site

from openmuseums.delivery.versions import ADDRESSES, OUTLINE, UPLOADS, renew

Row = tuple[Any, ...]
T = TypeVar("T")

# Tables that everything writes into and nothing is made from: whether they are alike is not asked.
LOGS = {"wagtailcore.PageLogEntry", "wagtailcore.ModelLogEntry", "wagtail_localize.TranslationLog"}


@dataclass
class Change:
    """What making something did to a table: the rows before, and those added, altered and (their keys) removed."""

    before: list[Row]
    removed: list[Any] = field(default_factory=list)
    added: list[Row] = field(default_factory=list)
    altered: list[Row] = field(default_factory=list)
    # What adds them to the database: made once, for making it takes longer than having it done.
    statements: list[tuple[str, Row]] = field(default_factory=list)


# What has made something of its own before begins elsewhere: one such test must not be all that is kept.
_MOST = 3
_taken: dict[Hashable, list[tuple[dict[type[models.Model], Change], Any]]] = {}


def remembered(key: Hashable, make: Callable[[], T], *, note: Callable[[T], Any], recall: Callable[[Any], T]) -> T:
    """Return what `make` makes: made, or put back from a snapshot taken under the key.

    note: turns what was made into something that outlives the test, such as primary keys; recall: the other way round.
    """
    there = _taken.get(key, [])
    for changes, noted in there:
        if all(_holds(model, change) for model, change in changes.items()):
            _put_back(changes)
            return recall(noted)
    return make() if len(there) == _MOST else made_anew(key, make, note=note)


def made_anew(key: Hashable, make: Callable[[], T], *, note: Callable[[T], Any]) -> T:
    """Return what `make` makes, and keep it under the key for whoever asks for it after."""
    before = {model: _rows(model) for model in _models()}
    made = make()
    _taken.setdefault(key, []).append((_changes(before), note(made)))
    return made


def _models() -> Iterable[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def _fields(model: type[models.Model]) -> list[Any]:
    # The primary key comes first, so that rows can be told apart.
    return sorted(model._meta.local_concrete_fields, key=lambda own: not own.primary_key)


def _rows(model: type[models.Model]) -> list[Row]:
    names = [own.attname for own in _fields(model)]
    rows = model._base_manager.order_by("pk").values_list(*names)
    return [tuple(_plain(own, value) for own, value in zip(_fields(model), row, strict=True)) for row in rows]


def _plain(own: Any, value: Any) -> Any:
    # A stream is compared and kept as its data: its own objects belong to the page that they were read for.
    return own.get_prep_value(value) if hasattr(own, "stream_block") else value


def _changes(before: dict[type[models.Model], list[Row]]) -> dict[type[models.Model], Change]:
    found = {}
    for model, rows in before.items():
        known = {row[0]: row for row in rows}
        now = _rows(model)
        change = Change(
            before=rows,
            removed=sorted(set(known) - {row[0] for row in now}),
            added=[row for row in now if row[0] not in known],
            altered=[row for row in now if row[0] in known and known[row[0]] != row],
        )
        is_page = issubclass(model, Page)
        if change.added or change.altered or change.removed or is_page:
            found[model] = change
    return found


def _holds(model: type[models.Model], change: Change) -> bool:
    """Return whether a table holds what it held: row by row, or for logs that no key is taken."""
    if model._meta.label in LOGS:
        return not model._base_manager.filter(pk__in=[row[0] for row in change.added]).exists()
    return _alike(model, _rows(model), change.before)


def _alike(model: type[models.Model], one: list[Row], other: list[Row]) -> bool:
    if len(one) != len(other):
        return False
    # Moments differ from test to test, and nothing is made from them.
    kept = [i for i, own in enumerate(_fields(model)) if not isinstance(own, models.DateTimeField)]
    return all([a[i] for i in kept] == [b[i] for i in kept] for a, b in zip(one, other, strict=True))


@transaction.atomic
def _put_back(changes: dict[type[models.Model], Change]) -> None:
    for model, change in changes.items():
        if change.removed:
            model._base_manager.filter(pk__in=change.removed)._raw_delete(connection.alias)
    for model, change in changes.items():
        _insert(model, change)
        names = [own.attname for own in _fields(model)]
        for row in change.altered:
            model._base_manager.filter(pk=row[0]).update(**dict(zip(names[1:], row[1:], strict=True)))
    added = [model for model, change in changes.items() if change.added]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), added):
            cursor.execute(statement)
    Site.clear_site_root_paths_cache()
    for version in (OUTLINE, ADDRESSES, UPLOADS):
        renew(version)


def _insert(model: type[models.Model], change: Change) -> None:
    if change.added and not change.statements:
        change.statements.extend(_statements(model, change.added))
    with connection.cursor() as cursor:
        for statement, parameters in change.statements:
            cursor.execute(statement, parameters)


def _statements(model: type[models.Model], rows: list[Row]) -> Iterator[tuple[str, Row]]:
    fields = _fields(model)
    size = max(1, connection.ops.bulk_batch_size(fields, rows))
    for start in range(0, len(rows), size):
        names = [own.attname for own in fields]
        objects = [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in rows[start : start + size]]
        query = sql.InsertQuery(model)
        query.insert_values(fields, objects, raw=True)
        yield from query.get_compiler(connection=connection).as_sql()
