"""The database as migrations leave it, kept as a file between runs: making it anew takes longer than most tests."""

import hashlib
import os
import shutil
import sqlite3
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection

# What migrations, and what runs after each of them, are made of.
_RIGHTS = ("roles.py", "rights.py")


def take_template(database: Path) -> bool:
    """Put the kept database where a run wants its own; return whether there was one."""
    template = _template()
    if not template.exists():
        return False
    shutil.copyfile(template, database)
    return True


def keep_template() -> None:
    """Keep the database of this connection, which nobody has written to yet, unless it is kept already."""
    template = _template()
    if template.exists():
        return
    template.parent.mkdir(parents=True, exist_ok=True)
    for old in template.parent.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    unfinished = template.with_suffix(f".{os.getpid()}")
    connection.ensure_connection()
    with sqlite3.connect(unfinished) as copy:
        connection.connection.backup(copy)
    copy.close()
    unfinished.replace(template)


def _template() -> Path:
    folder: Path = settings.VAR_DIR / "test-databases"
    return folder / f"{_digest()}.sqlite3"


def _digest() -> str:
    digest = hashlib.sha256()
    for app in apps.get_app_configs():
        folder = Path(app.path)
        for file in sorted([*folder.glob("migrations/*.py"), *(folder / name for name in _RIGHTS)]):
            if file.exists():
                digest.update(f"{app.label} {file.name}".encode() + file.read_bytes())
    return digest.hexdigest()[:32]
