"""Writing what was measured: as JSON for programs, as Markdown for people. Ratios come first."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

Told = dict[str, Any]


def write_results(told: Told, folder: Path) -> Path:
    """Write results.json and results.md into a folder; return the path of the second."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    path = folder / "results.md"
    path.write_text(as_markdown(told), encoding="utf-8")
    return path


def as_markdown(told: Told) -> str:
    """Return the results as Markdown."""
    machine = told["machine"]
    parts = [
        f"### {machine['database']}",
        _made_of(told),
        _table(_SIZES, (_size_row(each) for each in told["sizes"])),
    ]
    sizes = told["sizes"]
    if "lists" in sizes[0]:
        parts += ["#### Lists", _table(_LISTS, (_list_row(each, found) for each in sizes for found in each["lists"]))]
    if "pages" in sizes[0]:
        parts += ["#### Pages as the number of rows grows", _growth(sizes)]
        parts += [f"#### Pages among {sizes[-1]['enrolments']:,} enrolments", _pages(sizes[-1]["pages"])]
    return "\n\n".join(parts) + "\n"


def _made_of(told: Told) -> str:
    """Return what the results depend on, in a line."""
    machine = told["machine"]
    on = f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gib']} GiB; {machine['system']}"
    versions = f"Python {machine['python']}, Django {machine['django']}, Wagtail {machine['wagtail']}"
    return f"Commit {machine['commit']}; {on}; {versions}; course: {told['course']}; {told['rounds']} rounds."


_SIZES = (
    "enrolments",
    "database, MiB",
    "rows of events",
    "rows of entries",
    "peak memory of filling and asking, MiB",
    "load",
)
_LISTS = (
    *("enrolments", "list", "ratio to raw", "s", "raw, s", "rows a second", "MiB of file"),
    *("peak memory, MiB", "of it before, MiB", "raw’s peak, MiB", "first byte, s", "first rows, s"),
)
_PAGES = (
    "workload",
    "ratio",
    "times its reference",
    "times a bare view",
    "p50 ms",
    "p95 ms",
    "a second",
    "SQL",
    "bytes",
)


def _size_row(each: Told) -> list[Any]:
    rows = each["rows"]
    entries = rows["participationentry"] + rows["criterionentry"] + rows["attendanceentry"]
    memory, before, after = each.get("peak_mib", "–"), each["load_before"][0], each["load_after"][0]
    return [
        _many(each["enrolments"]),
        each["database_mib"],
        _many(rows["event"]),
        _many(entries),
        memory,
        f"{before}–{after}",
    ]


def _list_row(each: Told, found: Told) -> list[Any]:
    return [
        *(_many(each["enrolments"]), found["list"], f"**{found['ratio']:.2f}**"),
        *(found["seconds"], found["reference_seconds"], _many(found["rows_per_second"])),
        *(round(found["bytes"] / 2**20, 1), found["peak_mib"], found["before_mib"], found["reference_peak_mib"]),
        *(found.get("first_byte_s", "–"), found.get("first_rows_s", "–")),
    ]


def _growth(sizes: Sequence[Told]) -> str:
    """Return how the ratio, the time and the questions to the database of each workload change with the size."""
    names = [_many(each["enrolments"]) for each in sizes]
    columns = ["workload", *(f"ratio, {name}" for name in names), *(f"p50 ms, {name}" for name in names)]
    columns += [f"SQL, {name}" for name in names]
    rows = []
    for found in zip(*(each["pages"] for each in sizes), strict=True):
        ratios = [f"**{each['ratio']:.3f}**" if each["ratio"] else "–" for each in found]
        rows.append(
            [found[0]["workload"], *ratios, *(each["p50_ms"] for each in found), *(each["sql"] for each in found)]
        )
    return _table(columns, rows)


def _pages(pages: Iterable[Told]) -> str:
    rows = []
    for each in pages:
        beside = [f"**{each['ratio']:.3f}**", each["times_reference"]] if each["ratio"] else ["–", "–"]
        rest = [each[key] for key in ("times_bare_view", "p50_ms", "p95_ms", "per_second", "sql", "bytes")]
        rows.append([each["workload"], *beside, *rest])
    return _table(_PAGES, rows)


def _many(number: int) -> str:
    return f"{number:,}"


def _table(columns: Sequence[Any], rows: Iterable[Sequence[Any]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)
