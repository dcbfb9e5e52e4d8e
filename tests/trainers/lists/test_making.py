"""A list is the same bytes wherever and whenever it is made, and says what was known as of its time."""

import csv
import datetime as dt
import hashlib
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import timezone, translation

from openmuseums.trainers.lists import making, workbook
from openmuseums.trainers.lists.columns import CHOICES, PRESETS
from openmuseums.trainers.lists.conditions import Conditions
from openmuseums.trainers.lists.keys import Signer
from openmuseums.trainers.lists.making import (
    Asked,
    Format,
    ListRefusedError,
    StoppedError,
    make_file,
    manifest_path,
    pieces,
)
from openmuseums.trainers.lists.rules import rules_as_of
from openmuseums.trainers.lists.summing import sum_up
from openmuseums.trainers.models import Cohort
from tests.trainers.lists.fixed import AS_OF, JAN, LATER, correct_later, fixed_cohort, remove_jan

pytestmark = pytest.mark.django_db
SIGNER = Signer(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
# Written down once: a byte that differs, on any machine or database, is a fault.
GOLDEN = {
    "csv": "b04acd8cedf0cab460c79f1d225121ef06fb089fe0ce339a9827c74e153bb271",
    "xlsx": "fc0a79d13b7a8848c5d60782be0ed39ae44679608f32d52cfd7754364c4efbd6",
    "jsonl": "a6adfe3c32a4d3b3fd80834482ee880fbda566f936bddcb01e7f79d3b4e6a7ac",
}
GOLDEN_MANIFEST = "ae35825e9d5229dd3100e45a8aa462447639b44580c982ecacde80362d8916f6"
HEADINGS = [
    "Pseudonym",
    "Name",
    "Museum or network",
    "Country",
    "Role",
    "Status",
    "Takes part since",
    "Units read: met",
    "Units read: met at",
    "A quiz passed: met",
    "A quiz passed: met at",
    "Units read: done",
    "A quiz passed: done",
    "Sessions attended",
    "Hours in sessions",
    "Completed at",
    "Version of the rule",
]
LINES = [
    [
        "P-0A00000000004000",
        "Μαρία Παπαδοπούλου",
        "",
        "",
        "",
        "Takes part",
        "2026-09-02T08:00:00Z",
        "yes",
        "2026-09-04T08:00:00Z",
        "",
        "",
        "2",
        "",
        "2",
        "1.5",
        "2026-09-04T08:00:00Z",
        "1",
    ],
    [
        "P-9F3A5C0011114AAA",
        "Jan de Vries",
        "Museum ’t Hof",
        "Netherlands",
        "Member of the board",
        "Takes part",
        "2026-09-05T08:00:00Z",
        "no",
        "",
        "yes",
        "2026-09-22T08:00:00Z",
        "1",
        "87.5",
        "1",
        "0.5",
        "",
        "2",
    ],
    [
        "P-A000000000004000",
        '\'=HYPERLINK("http://x";"y")',
        "'+1 -2",
        "",
        "",
        "Takes part",
        "2026-09-23T08:00:00Z",
        "no",
        "",
        "no",
        "",
        "0",
        "0",
        "0",
        "0",
        "",
        "2",
    ],
    [
        "P-B1FFFFFFFFFF4FFF",
        "",
        "Uffizi",
        "Italy",
        "Volunteer",
        "Has left",
        "2026-09-24T08:00:00Z",
        "no",
        "",
        "no",
        "",
        "0",
        "0",
        "0",
        "0",
        "",
        "2",
    ],
    ["P-FE00000000004000", "Zoë", "", "", "", "A place is kept", "", "no", "", "no", "", "0", "0", "0", "0", "", "2"],
]


@pytest.fixture
def cohort() -> Cohort:
    return fixed_cohort()


def asked(cohort, file_format="csv", **changes):
    return Asked(
        **{
            "cohort": cohort,
            "as_of": AS_OF,
            "columns": PRESETS["auditor"],
            "file_format": Format(file_format),
            "locale": "en",
            "preset": "auditor",
            **changes,
        }
    )


def make(wanted, folder, **options):
    path = folder / f"list.{wanted.file_format}"
    made = make_file(wanted, path, signer=SIGNER, now=LATER, **options)
    return path, made


def lines(data, delimiter=","):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_csv_says_what_was_known(cohort, tmp_path):
    path, made = make(asked(cohort), tmp_path)
    assert lines(path.read_bytes()) == [HEADINGS, *LINES]
    assert (made.rows, made.removed) == (5, 0)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfPseudonym,Name,")


@pytest.mark.parametrize("file_format", list(GOLDEN))
def test_list_is_the_same_bytes_everywhere(cohort, tmp_path, file_format):
    path, made = make(asked(cohort, file_format), tmp_path)
    assert made.digest.sha256 == GOLDEN[file_format]
    assert hashlib.sha256(path.read_bytes()).hexdigest() == GOLDEN[file_format]
    assert made.digest.size == path.stat().st_size


@pytest.mark.parametrize("file_format", list(GOLDEN))
def test_what_is_recorded_later_changes_no_byte(cohort, tmp_path, file_format):
    correct_later(cohort)
    _path, made = make(asked(cohort, file_format), tmp_path)
    assert made.digest.sha256 == GOLDEN[file_format]


@pytest.mark.parametrize("file_format", list(GOLDEN))
def test_language_and_zone_of_whoever_makes_it_change_no_byte(cohort, tmp_path, file_format):
    with translation.override("el"), timezone.override("Pacific/Auckland"):
        _path, made = make(asked(cohort, file_format), tmp_path)
    assert made.digest.sha256 == GOLDEN[file_format]


def test_size_of_the_blocks_changes_no_byte(cohort, monkeypatch):
    whole = b"".join(pieces(asked(cohort)))
    for size in (1, 2, 5):
        monkeypatch.setattr(making, "blocks", lambda *args, size=size, **kw: making_blocks(*args, size=size, **kw))
        assert b"".join(pieces(asked(cohort))) == whole


making_blocks = making.blocks


def test_manifest_says_what_the_list_is_and_is_the_same_with_the_same_key(cohort, tmp_path):
    path, made = make(asked(cohort, conditions=Conditions(language="nl")), tmp_path)
    manifest = manifest_path(path).read_bytes()
    told = json.loads(manifest)["signed"]
    rules = told.pop("rules")
    assert [(rule["version"], [each["key"] for each in rule["criteria"]]) for rule in rules] == [
        (1, ["units"]),
        (2, ["units", "quiz"]),
    ]
    assert told == {
        "manifest": 1,
        "cohort": "fixed",
        "as_of": "2026-11-01T00:00:00Z",
        "filter": {"language": "nl"},
        "preset": "auditor",
        "columns": [
            *("pseudonym", "name", "museum", "country", "role", "status", "enrolled_at"),
            *("units.met", "units.at", "quiz.met", "quiz.at", "units.done", "quiz.done"),
            *("sessions", "hours", "completed_at", "rule_version"),
        ],
        "locale": "en",
        "format": "csv",
        "rows": 2,
        "removed": 0,
        "bytes": path.stat().st_size,
        "sha256": made.digest.sha256,
        "key": SIGNER.key_id,
        "public_key": "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=",
    }
    assert hashlib.sha256(manifest).hexdigest() == GOLDEN_MANIFEST


def test_workbook_has_the_same_cells_typed(cohort, tmp_path):
    path, _made = make(asked(cohort, "xlsx"), tmp_path)
    sheet = openpyxl.load_workbook(path)["Completion list"]
    cells = [list(row) for row in sheet.iter_rows()]
    assert [cell.value for cell in cells[0]] == HEADINGS
    numbers = {HEADINGS.index(name) for name in (*HEADINGS[11:15], HEADINGS[16])}
    for row, line in zip(cells[1:], LINES, strict=True):
        for place, (cell, text) in enumerate(zip(row, line, strict=True)):
            if not text:
                assert cell.value is None
            elif place in numbers:
                assert (cell.value, cell.data_type) == (float(text), "n")
            else:
                assert (cell.value, cell.data_type) == (text.removeprefix("'"), "s")


def test_workbook_holds_no_formula_no_link_and_no_time_of_its_own(cohort, tmp_path):
    path, _made = make(asked(cohort, "xlsx"), tmp_path)
    with zipfile.ZipFile(path) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        whole = b"".join(package.read(name) for name in package.namelist())
        assert package.testzip() is None
    assert [mark for mark in (b"<f>", b"<f ", b"hyperlink", b"HYPERLINK(&") if mark in whole] == []
    assert whole.count(b"2026-11-01T00:00:00Z") == 2


def test_summary_is_the_same_bytes_and_counts(cohort, tmp_path):
    path, made = make(asked(cohort, "pdf"), tmp_path)
    before = path.read_bytes()
    assert before.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in before
    correct_later(cohort)
    with translation.override("el"), timezone.override("Pacific/Auckland"):
        path, again = make(asked(cohort, "pdf"), tmp_path)
    assert (made.rows, again.digest, path.read_bytes()) == (5, made.digest, before)
    sums = sum_up(asked(cohort, "pdf").blocks(), rules_as_of(cohort.pk, AS_OF))
    assert dict(sums.by_status) == {"joined": 3, "left": 1, "placed": 1}
    assert (sums.people, sums.completed, sums.sessions, sums.seconds) == (5, 1, 3, 7200)
    assert dict(sums.museums) == {"": [2, 1], "Museum ’t Hof": [1, 0], "+1\t-2": [1, 0], "Uffizi": [1, 0]}
    assert dict(sums.criteria) == {"units": [5, 1], "quiz": [4, 1]}


@pytest.mark.parametrize("locale", ["nl", "el", "it", "es"])
def test_summary_can_be_set_in_every_language_with_any_name(cohort, tmp_path, locale):
    Cohort.objects.filter(pk=cohort.pk).update(name='#read("/etc/passwd") $x$ *a* \\ "Μουσεία"')
    cohort.refresh_from_db()
    path, _made = make(asked(cohort, "pdf", locale=locale), tmp_path)
    assert path.read_bytes().startswith(b"%PDF-")


def test_json_lines_hold_codes_numbers_and_what_was_written(cohort):
    found = [json.loads(line) for line in b"".join(pieces(asked(cohort, "jsonl"))).splitlines()]
    assert found[1] == {
        "pseudonym": "P-9F3A5C0011114AAA",
        "name": "Jan de Vries",
        "museum": "Museum ’t Hof",
        "country": "NL",
        "role": "board",
        "status": "joined",
        "enrolled_at": "2026-09-05T08:00:00Z",
        "units.met": False,
        "units.at": None,
        "quiz.met": True,
        "quiz.at": "2026-09-22T08:00:00Z",
        "units.done": 1,
        "quiz.done": 87.5,
        "sessions": 1,
        "hours": 0.5,
        "completed_at": None,
        "rule_version": 2,
    }
    assert [(row["name"], row["museum"]) for row in found][2] == ('=HYPERLINK("http://x";"y")', "+1\t-2")


@pytest.mark.parametrize(("locale", "delimiter", "point"), [("en", ",", "."), ("nl", ";", ","), ("el", ";", ",")])
def test_language_says_what_parts_cells_and_fractions(cohort, locale, delimiter, point):
    data = b"".join(pieces(asked(cohort, locale=locale, columns=("pseudonym", "scores", "enrolled"))))
    assert lines(data, delimiter)[2] == ["P-9F3A5C0011114AAA", "2026-09-05T08:00:00Z", "1", f"87{point}5"]


def test_columns_stand_in_one_order_however_they_are_chosen(cohort):
    chosen = asked(cohort, columns=("rule", "name", "pseudonym", "name"))
    assert lines(b"".join(pieces(chosen)))[1] == ["P-0A00000000004000", "Μαρία Παπαδοπούλου", "1"]


def test_statistics_name_nobody_and_no_museum(cohort):
    data = b"".join(pieces(asked(cohort, columns=PRESETS["statistics"]))).decode()
    named = ["Μαρία", "maria@", "Vries", "Hof", "Uffizi", "Zoë", "HYPERLINK", "P-"]
    assert [each for each in named if each in data] == []
    assert len(data.splitlines()) == 6


def test_network_sees_how_far_each_is(cohort):
    found = lines(b"".join(pieces(asked(cohort, columns=PRESETS["network"]))))
    place = found[0].index("Done, in per cent")
    assert [line[place] for line in found[1:]] == ["100", "66", "0", "0", "0"]


def test_every_column_can_be_chosen(cohort):
    found = lines(b"".join(pieces(asked(cohort, columns=tuple(CHOICES)))))
    assert {len(line) for line in found} == {len(CHOICES) + 4}
    assert found[1][2] == "maria@example.org"


@pytest.mark.parametrize("late", [0, 30, 59])
def test_time_that_is_not_over_is_refused(cohort, tmp_path, late):
    now = AS_OF + dt.timedelta(seconds=late)
    with pytest.raises(ListRefusedError, match="at least a minute back"):
        make_file(asked(cohort), tmp_path / "list.csv", signer=SIGNER, now=now)
    assert list(tmp_path.iterdir()) == []


def test_list_without_columns_is_refused(cohort, tmp_path):
    with pytest.raises(ListRefusedError, match="at least one column"):
        make(asked(cohort, columns=()), tmp_path)


def test_workbook_that_is_too_long_is_refused_with_a_way_out_before_it_is_written(cohort, tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 5)
    written = []
    with pytest.raises(ListRefusedError, match="Choose CSV"):
        make(asked(cohort, "xlsx"), tmp_path, tell=written.append)
    assert (written, list(tmp_path.iterdir())) == ([], [])
    # A part of it is not, and other formats have no end.
    _path, made = make(asked(cohort, "xlsx", conditions=Conditions(status="joined")), tmp_path)
    assert made.rows == 3
    _path, made = make(asked(cohort), tmp_path)
    assert made.rows == 5


def test_who_is_removed_has_no_row_and_is_counted(cohort, tmp_path):
    remove_jan()
    path, made = make(asked(cohort), tmp_path)
    assert (made.rows, made.removed) == (4, 1)
    others = [line[0] for line in LINES if line[1] != "Jan de Vries"]
    assert [line[0] for line in lines(path.read_bytes())[1:]] == others


def test_who_is_removed_while_it_is_written_is_in_neither_file(cohort, tmp_path):
    gone = []

    def tell(_rows):
        if not gone:
            gone.append(JAN)
            remove_jan()

    path, made = make(asked(cohort), tmp_path, tell=tell)
    assert (made.rows, made.removed) == (4, 1)
    assert json.loads(manifest_path(path).read_bytes())["signed"]["removed"] == 1
    assert sorted(each.name for each in tmp_path.iterdir()) == ["list.csv", "list.csv.manifest.json"]


def test_list_that_is_broken_off_leaves_what_was_there(cohort, tmp_path):
    path, _made = make(asked(cohort), tmp_path)
    before = {each.name: each.read_bytes() for each in tmp_path.iterdir()}

    def tell(_rows):
        raise StoppedError

    with pytest.raises(StoppedError):
        make(asked(cohort, columns=("name",)), tmp_path, tell=tell)
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == before
    assert path.exists()


def test_conditions_ask_what_was_so_then(cohort):
    correct_later(cohort)

    def names(**conditions):
        found = lines(b"".join(pieces(asked(cohort, columns=("name",), conditions=Conditions(**conditions)))))
        return [line[0] for line in found[1:] if line]

    assert names(country="NL") == ["Jan de Vries"]
    assert names(status="placed") == ["Zoë"]
    assert names(complete="yes") == ["Μαρία Παπαδοπούλου"]
    assert names(complete="no", language="nl", status="joined") == ["Jan de Vries"]
    assert names(museum="Somewhere else") == []


def test_path_is_where_it_was_asked_for(cohort, tmp_path):
    assert make(asked(cohort), tmp_path)[0] == Path(tmp_path) / "list.csv"
