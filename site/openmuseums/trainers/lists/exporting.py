"""Lists that are asked for on a page: small ones are made at once, large ones in the background, each once.

Whoever writes one claims it first, by one conditional update, and gives signs of life while they write. Where none
comes for a while the clock has it begun again, a few times; then it has failed, and its page says so. What one who
was given up writes all the same comes to nothing, for its claim is over; and it would be the same bytes.
"""

import contextlib
import datetime as dt
import logging
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from openmuseums.people.models import User
from openmuseums.trainers.lists.conditions import Conditions
from openmuseums.trainers.lists.keys import current_signer
from openmuseums.trainers.lists.making import (
    Asked,
    Format,
    ListRefusedError,
    StoppedError,
    make_file,
    manifest_path,
    refuse_what_cannot_be,
)
from openmuseums.trainers.lists.manifests import removed_by_request
from openmuseums.trainers.lists.noting import note
from openmuseums.trainers.lists.reading import count
from openmuseums.trainers.models import Export

logger = logging.getLogger(__name__)

Progress = Export.Progress
# Of groups with fewer people a list is there before anybody gets impatient.
SMALL = 5000
KEPT = dt.timedelta(days=7)
# Signs of life come every few seconds; a task waits as long as the worker has other work.
NO_SIGN_OF_LIFE = dt.timedelta(minutes=5)
NOT_BEGUN = dt.timedelta(minutes=15)
ATTEMPTS = 3
# What somebody left behind who died while they wrote.
LEFT_BEHIND = dt.timedelta(hours=1)


@task(backend="queue")
def write_export(export_id: str) -> str:
    """Write a list in the background."""
    write(export_id=UUID(export_id), clock=timezone.now)
    return "Done."


def ask_for(*, asked: Asked, by: User, now: dt.datetime, clock: Callable[[], dt.datetime] = timezone.now) -> Export:
    """Have a list made, and return what is logged of it. Raises ListRefusedError where it cannot be made."""
    refuse_what_cannot_be(asked, now=now)
    export = note(asked, by=by, now=now)
    if asked.cohort.participations.count() < SMALL:
        write(export_id=export.pk, clock=clock)
        export.refresh_from_db()
    else:
        transaction.on_commit(lambda: write_export.enqueue(str(export.pk)))
    return export


def write(*, export_id: UUID, clock: Callable[[], dt.datetime]) -> None:
    """Write a list that waits, unless somebody else does. What goes wrong is noted, and raised where it is a fault."""
    waiting = Export.objects.filter(pk=export_id, state=Progress.WAITING)
    if not waiting.update(state=Progress.RUNNING, attempts=F("attempts") + 1, rows_done=0, heard_of_at=clock()):
        return
    export = Export.objects.select_related("cohort").get(pk=export_id)
    asked = asked_of(export)
    ours = Export.objects.filter(pk=export_id, state=Progress.RUNNING, attempts=export.attempts)

    def tell(rows: int) -> None:
        if not ours.update(rows_done=rows, heard_of_at=clock()):
            raise StoppedError

    try:
        ours.update(rows_total=count(asked.selection), heard_of_at=clock())
        path = path_of(export)
        path.parent.mkdir(parents=True, exist_ok=True)
        made = make_file(asked, path, signer=current_signer(now=clock()), now=clock(), tell=tell)
    except StoppedError:
        logger.warning("The list %s was begun anew by somebody else.", export_id)
    except ListRefusedError as refused:
        ours.update(state=Progress.FAILED, error=str(refused)[:200], finished_at=clock())
    except Exception:
        ours.update(state=Progress.FAILED, error=_not_written(), finished_at=clock())
        raise
    else:
        now = clock()
        ours.update(
            state=Progress.DONE,
            rows_done=made.rows,
            rows_total=made.rows,
            removed=made.removed,
            sha256=made.digest.sha256,
            size=made.digest.size,
            finished_at=now,
            expires_at=now + KEPT,
        )


def asked_of(export: Export) -> Asked:
    """Return what list was asked for."""
    return Asked(
        cohort=export.cohort,
        as_of=export.as_of,
        columns=tuple(export.columns),
        file_format=Format(export.file_format),
        locale=export.locale,
        preset=export.preset,
        conditions=Conditions.read(export.conditions),
    )


def path_of(export: Export) -> Path:
    """Return where the file of a list is, or would be."""
    return folder() / f"{export.pk}.{export.file_format}"


def folder() -> Path:
    """Return where lists are kept until they are fetched."""
    return Path(settings.PRIVATE_ROOT) / "lists"


def can_be_fetched(export: Export, *, now: dt.datetime) -> bool:
    """Return whether a list is there to be fetched: it is written, its time is not up, and nobody left it since."""
    return (
        export.state == Progress.DONE
        and export.expires_at is not None
        and export.expires_at > now
        and not is_superseded(export)
        and path_of(export).exists()
    )


def is_superseded(export: Export) -> bool:
    """Return whether somebody was taken out of the group's lists since."""
    return removed_by_request(export.cohort_id, export.as_of) != export.removed


def look_after_lists(now: dt.datetime) -> str:
    """Have lists begun again whose writer is gone, and remove files whose time is up; say how many."""
    again = failed = 0
    lost = Q(state=Progress.RUNNING, heard_of_at__lte=now - NO_SIGN_OF_LIFE) | Q(
        Q(heard_of_at=None) | Q(heard_of_at__lte=now - NOT_BEGUN),
        state=Progress.WAITING,
        asked_at__lte=now - NOT_BEGUN,
    )
    for key, attempts, heard_of_at in Export.objects.filter(lost).values_list("pk", "attempts", "heard_of_at"):
        # Only where nothing has become of it meanwhile.
        still = Export.objects.filter(lost, pk=key, attempts=attempts, heard_of_at=heard_of_at)
        if attempts >= ATTEMPTS:
            failed += still.update(state=Progress.FAILED, error=_not_written(), finished_at=now)
        elif still.update(state=Progress.WAITING, heard_of_at=now):
            write_export.enqueue(str(key))
            again += 1
    return f"Lists begun again: {again}; given up: {failed}; files removed: {_remove_files(now)}."


def _remove_files(now: dt.datetime) -> int:
    if not folder().exists():
        return 0
    removed = 0
    for path in sorted(folder().iterdir()):
        if _is_over(path, now):
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _is_over(path: Path, now: dt.datetime) -> bool:
    with contextlib.suppress(FileNotFoundError, ValueError):
        export = Export.objects.filter(pk=UUID(path.name.partition(".")[0])).first()
        if export is None:
            return True
        if export.state in {Progress.WAITING, Progress.RUNNING}:
            return False
        return not can_be_fetched(export, now=now)
    # A file that is being written has a name of its own.
    try:
        return path.stat().st_mtime < (now - LEFT_BEHIND).timestamp()
    except FileNotFoundError:
        return False


def _not_written() -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return _("The list could not be written. Ask for it again.")


def manifest_of(export: Export) -> Path:
    """Return where the manifest of a list is."""
    return manifest_path(path_of(export))
