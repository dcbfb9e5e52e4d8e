"""The lists that somebody is in: they see who made which, and as of when."""

import datetime as dt

from openmuseums.trainers.lists.columns import PRESETS, parts_for
from openmuseums.trainers.lists.conditions import Conditions
from openmuseums.trainers.lists.reading import Selection, rows
from openmuseums.trainers.models import Export, Participation


def exports_with(participation: Participation) -> list[Export]:
    """Return the lists that were made of a cohort and have a row for somebody, the last one first.

    Asked by the way that lists are written, for this one row, and once for lists of the same people.
    """
    found: dict[tuple[dt.datetime, Conditions], bool] = {}
    exports = []
    made = Export.objects.filter(cohort_id=participation.cohort_id, state=Export.Progress.DONE)
    for export in made.select_related("by").order_by("-asked_at", "pk"):
        conditions = Conditions.read(export.conditions)
        key = export.as_of, conditions
        if key not in found:
            selection = Selection(participation.cohort_id, export.as_of, conditions, only=participation.pk)
            found[key] = any(True for _row in rows(selection, parts=parts_for((), complete=conditions.complete)))
        if found[key]:
            exports.append(export)
    return exports


def names_people(export: Export) -> bool:
    """Return whether a list has names or addresses, as they were shared, rather than figures alone."""
    return not {"name", "email"}.isdisjoint(export.columns or PRESETS.get(export.preset, ()))
