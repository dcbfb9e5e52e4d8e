"""The list of the dashboard as a file for a table."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from openmuseums.delivery.spreadsheets import Cell, csv_of
from openmuseums.translation.dashboard.rows import Row


def as_csv(rows: Iterable[Row]) -> bytes:
    """Return rows as a file that spreadsheet programs open."""
    head = [
        _("Language"),
        _("Lesson"),
        _("Page"),
        _("State"),
        _("Texts translated"),
        _("Texts"),
        _("Words translated"),
        _("Words"),
        _("Behind since"),
        _("Who works on it"),
    ]
    return csv_of([head, *(_cells(row) for row in rows)])


def _cells(row: Row) -> list[Cell]:
    state = row.state
    since = timezone.localdate(state.behind_since).isoformat() if state.is_behind and state.behind_since else ""
    return [
        state.language,
        row.chapter,
        state.title,
        str(state.state.label),
        state.done,
        state.edition.text_count,
        state.words_done,
        state.edition.words,
        since,
        str(row.person or ""),
    ]
