"""Scans of signed sheets: private files, each kept until a day that was chosen, and no longer.

A file is written before its row and goes before it: what is left without the other, because a process died between
the two, is found and cleared away.
"""

import datetime as dt
import hashlib
import secrets
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from wagtail.log_actions import log

from openmuseums.people.models import User
from openmuseums.trainers.models import Removal, Session, SheetScan
from openmuseums.uploads.signatures import is_what_it_says

LARGEST = 10 * 1024 * 1024
LONGEST_KEPT = 5
KINDS = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
ADDED, DELETED = "trainers.scan_added", "trainers.scan_deleted"
# What has no row after that long is not being added just now.
_FORGOTTEN = dt.timedelta(days=1)
_FOLDER = "scans"


def kind_of(file: Any) -> str:
    """Return what a file is by its bytes, as an extension; "" where it is no scan."""
    return next((kind for kind in KINDS if is_what_it_says(file, kind)), "")


def a_year_on(day: dt.date, *, years: int = 1) -> dt.date:
    """Return the same day some years on; of 29 February the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def add_scan(*, session: Session, file: Any, name: str, keep_until: dt.date, by: User, now: dt.datetime) -> SheetScan:  # noqa: PLR0913
    """Keep a scan of the sheet of a session. name: what its file is called where it came from."""
    kind = kind_of(file)
    path = _storage().save(f"{_FOLDER}/{session.pk}/{secrets.token_hex(16)}.{kind}", file)
    try:
        with transaction.atomic():
            scan = SheetScan.objects.create(
                session=session,
                name=_named(name, kind),
                path=path,
                sha256=_digest(path),
                added_at=now,
                keep_until=keep_until,
                added_by=by,
            )
            log(instance=session, action=ADDED, user=by)
    except BaseException:
        _storage().delete(path)
        raise
    return scan


def scans_of(session: Session) -> QuerySet[SheetScan]:
    """Return the scans of a session, each with whether somebody was taken out of the cohort's lists since it was added.

    Their signature may be in it. Nobody but who can read it can say so, and who it was is not told: `is_behind`.
    """
    gone = Removal.objects.filter(cohort=session.cohort_id, removed_at__gt=OuterRef("added_at"))
    return session.scans.select_related("added_by").annotate(is_behind=Exists(gone))


def open_scan(scan: SheetScan) -> IO[bytes]:
    """Open the file of a scan. Raises FileNotFoundError where it is gone."""
    return _storage().open(scan.path, "rb")


def delete_scan(*, scan: SheetScan, by: User) -> None:
    """Delete a scan for good: the file first, so that none stays that nobody knows of. Twice changes nothing."""
    _storage().delete(scan.path)
    with transaction.atomic():
        gone, _by_model = SheetScan.objects.filter(pk=scan.pk).delete()
        if gone:
            log(instance=scan.session, action=DELETED, user=by)


def delete_due_scans(now: dt.datetime) -> str:
    """Delete the scans whose time is up, and files that no scan knows of; say in a sentence how many."""
    due = list(SheetScan.objects.filter(keep_until__lt=now.date()))
    for scan in due:
        _storage().delete(scan.path)
        SheetScan.objects.filter(pk=scan.pk).delete()
    return f"Deleted: {len(due)} scans, {_sweep(now)} files without one."


def _sweep(now: dt.datetime) -> int:
    """Delete files that no scan knows of: their session is gone, or whoever added them was stopped half way."""
    root = Path(settings.PRIVATE_ROOT)
    before = (now - _FORGOTTEN).timestamp()
    old = [path for path in (root / _FOLDER).glob("*/*") if path.stat().st_mtime < before]
    known = set(SheetScan.objects.values_list("path", flat=True)) if old else set()
    gone = [path for path in old if path.relative_to(root).as_posix() not in known]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _storage() -> FileSystemStorage:
    """Return where private files are: below no address, and readable to the site alone."""
    return FileSystemStorage(
        location=settings.PRIVATE_ROOT, file_permissions_mode=0o600, directory_permissions_mode=0o700
    )


def _named(name: str, kind: str) -> str:
    """Return a name for a file that is a plain one, with the ending that its bytes ask for."""
    plain = "".join(
        sign for sign in Path(name.replace("\\", "/")).stem if sign.isprintable() and sign not in '/:*?"<>|'
    )
    return f"{plain.strip(' .')[:180] or 'scan'}.{kind}"


def _digest(path: str) -> str:
    with _storage().open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
