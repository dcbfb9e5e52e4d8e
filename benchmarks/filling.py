"""Adding many rows to a table at once: by COPY on PostgreSQL, by one prepared statement on SQLite."""

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, models

Convert = Callable[[Any], Any]


class Table:
    """Rows of a model that wait to be added. What is not named has the default of its field."""

    def __init__(self, model: type[models.Model], *names: str, **constants: Any) -> None:
        fields = {field.attname: field for field in model._meta.concrete_fields}
        given = {*names, *constants}
        rest = [
            name
            for name, field in fields.items()
            if name not in given and not (field.primary_key and isinstance(field, models.AutoField))
        ]
        constants |= {name: fields[name].get_default() for name in rest}
        self.model = model
        self.converts = [_converter(fields[name]) for name in names]
        self.fixed = tuple(_converter(fields[name])(value) for name, value in constants.items())
        self.columns = [fields[name].column for name in (*names, *constants)]
        self.rows: list[tuple[Any, ...]] = []

    def add(self, *values: Any) -> None:
        """Have a row wait, its values in the order of the names."""
        found = [convert(value) for convert, value in zip(self.converts, values, strict=True)]
        self.rows.append((*found, *self.fixed))

    def flush(self) -> None:
        """Add the rows that wait."""
        quote = connection.ops.quote_name
        table, columns = quote(self.model._meta.db_table), ", ".join(quote(column) for column in self.columns)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for row in self.rows:
                        copy.write_row(row)
            else:
                marks = ", ".join(["%s"] * len(self.columns))
                cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", self.rows)  # noqa: S608
        self.rows.clear()


def _converter(field: models.Field[Any, Any]) -> Convert:
    """Return what makes of a value what the driver takes."""
    if isinstance(field, models.JSONField):
        return json.dumps
    if connection.vendor == "postgresql":
        return _as_it_is
    own = field.target_field if isinstance(field, models.ForeignKey) else field
    match own:
        case models.DateTimeField():
            return _moment
        case models.UUIDField():
            return _hexadecimal
        case models.DecimalField():
            return _decimal
    return _as_it_is


def for_database(field: Any, value: Any) -> Any:
    """Return a value as the driver takes it."""
    return _converter(field)(value)


def _as_it_is(value: Any) -> Any:
    return value


# Moments are few, so each is converted once.
@cache
def _moment(value: dt.datetime | None) -> Any:
    return None if value is None else connection.ops.adapt_datetimefield_value(value)


def _hexadecimal(value: UUID | None) -> str | None:
    return None if value is None else value.hex


def _decimal(value: Decimal | int | None) -> str | None:
    return None if value is None else str(value)
