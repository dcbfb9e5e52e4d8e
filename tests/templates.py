"""The database as migrations leave it, kept between runs: making it anew takes longer than most tests.

On SQLite it is a file, on PostgreSQL a database that others are copied from. Where it is not there yet, one process
makes it and the others wait.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection

# What migrations, and what runs after each of them, are made of.
_RIGHTS = ("roles.py", "rights.py")
_PREFIX = "openmuseums_template_"


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Have no other process look for the kept database, or make it, meanwhile."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def take_template() -> bool:
    """Put the kept database where a run wants its own; return whether there was one."""
    if connection.vendor == "sqlite":
        template = _file()
        if template.exists():
            shutil.copyfile(template, connection.settings_dict["TEST"]["NAME"])
        return template.exists()
    with connection.creation._nodb_cursor() as cursor:
        there = _database() in _templates(cursor)
        if there:
            own = connection.ops.quote_name(connection.creation._get_test_db_name())
            cursor.execute(f"DROP DATABASE IF EXISTS {own}")
            cursor.execute(f"CREATE DATABASE {own} TEMPLATE {connection.ops.quote_name(_database())}")
    return there


def keep_template() -> None:
    """Keep the database of this connection, which nobody has written to yet, unless it is kept already."""
    if connection.vendor == "sqlite":
        _keep_file()
    else:
        _keep_database()


def _keep_file() -> None:
    template = _file()
    if template.exists():
        return
    for old in template.parent.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    unfinished = template.with_suffix(f".{os.getpid()}")
    connection.ensure_connection()
    with sqlite3.connect(unfinished) as copy:
        connection.connection.backup(copy)
    copy.close()
    unfinished.replace(template)


def _keep_database() -> None:
    own = connection.ops.quote_name(connection.settings_dict["NAME"])
    connection.close()
    with connection.creation._nodb_cursor() as cursor:
        there = _templates(cursor)
        if _database() in there:
            return
        for old in there:
            cursor.execute(f"DROP DATABASE {connection.ops.quote_name(old)}")
        cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(_database())} TEMPLATE {own}")


def _templates(cursor: object) -> set[str]:
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_PREFIX])
    return {name for (name,) in cursor.fetchall()}


def _folder() -> Path:
    return Path(settings.VAR_DIR) / "test-databases"


def _file() -> Path:
    return _folder() / f"{_digest()}.sqlite3"


def _database() -> str:
    return f"{_PREFIX}{_digest()}"


def _digest() -> str:
    digest = hashlib.sha256()
    for app in apps.get_app_configs():
        folder = Path(app.path)
        for file in sorted([*folder.glob("migrations/*.py"), *(folder / name for name in _RIGHTS)]):
            if file.exists():
                digest.update(f"{app.label} {file.name}".encode() + file.read_bytes())
    return digest.hexdigest()[:32]
