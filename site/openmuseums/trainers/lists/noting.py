"""The log of lists that were made: learners see those that they are in."""

import datetime as dt

from openmuseums.people.models import User
from openmuseums.trainers.lists.making import Asked, Made
from openmuseums.trainers.models import Export


def note(asked: Asked, *, by: User | None, now: dt.datetime) -> Export:
    """Note that a list was asked for."""
    return Export.objects.create(
        cohort=asked.cohort,
        by=by,
        as_of=asked.as_of,
        preset=asked.preset,
        columns=list(asked.columns),
        conditions=asked.conditions.kept(),
        file_format=str(asked.file_format),
        locale=asked.locale,
        asked_at=now,
    )


def note_made(asked: Asked, made: Made, *, by: User | None, now: dt.datetime) -> Export:
    """Note a list that was made elsewhere than on a page: it is handed to whoever gave the command, and not kept."""
    export = note(asked, by=by, now=now)
    export.state = Export.Progress.DONE
    export.rows_done = export.rows_total = made.rows
    export.removed, export.sha256, export.size = made.removed, made.digest.sha256, made.digest.size
    export.finished_at = now
    export.save()
    return export
