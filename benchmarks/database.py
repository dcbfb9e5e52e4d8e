"""The database that is measured in: made for a run, and gone after it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from tests.templates import keep_template, one_at_a_time, take_template


@contextmanager
def own_database() -> Iterator[str]:
    """Make a database as migrations leave it, and return its name; destroy it in the end."""
    with one_at_a_time():
        connection.creation.create_test_db(verbosity=0, serialize=False, keepdb=take_template(), autoclobber=True)
        keep_template()
    try:
        yield str(connection.settings_dict["NAME"])
    finally:
        connection.creation.destroy_test_db(tempfile.gettempdir(), verbosity=0)


def begin_filling() -> None:
    """Have the database take many rows: what is lost in a fall is made anew."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")
            cursor.execute("PRAGMA cache_size = -65536")


def end_filling() -> None:
    """Leave the database as one that has been in use for a while, and its connection as the site's are."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            # As autovacuum does.
            cursor.execute("VACUUM ANALYZE")
    connection.close()


def size_in_mib() -> float:
    """Return how large the database is."""
    if connection.vendor == "sqlite":
        return round(Path(connection.settings_dict["NAME"]).stat().st_size / 2**20, 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return round(cursor.fetchone()[0] / 2**20, 1)
