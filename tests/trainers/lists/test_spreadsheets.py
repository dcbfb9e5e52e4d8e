"""LibreOffice opens a Greek list right: letters, numbers, and nothing that it reckons with."""

import csv
import shutil
import subprocess

import openpyxl
import pytest

from openmuseums.trainers.lists.columns import PRESETS
from openmuseums.trainers.lists.making import Asked, Format, make_file
from tests.trainers.lists.fixed import AS_OF, LATER, fixed_cohort
from tests.trainers.lists.test_making import SIGNER

pytestmark = [pytest.mark.django_db, pytest.mark.nightly]
HOSTILE = '=HYPERLINK("http://x";"y")'


def convert(path, folder, to, *options):
    """Convert a file with LibreOffice set to Greek."""
    program = shutil.which("soffice")
    assert program, "LibreOffice is missing: .ci/nightly installs it"
    command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", *options]
    subprocess.run(
        [*command, "--convert-to", to, "--outdir", str(folder), str(path)],
        check=True,
        capture_output=True,
        timeout=300,
        env={"LC_ALL": "el_GR.UTF-8", "HOME": str(folder), "PATH": "/usr/bin:/bin"},
    )


def made(tmp_path, file_format):
    wanted = Asked(fixed_cohort(), AS_OF, PRESETS["auditor"], Format(file_format), "el", "auditor")
    path = tmp_path / f"list.{file_format}"
    make_file(wanted, path, signer=SIGNER, now=LATER)
    return path


def test_greek_csv_opens_right(tmp_path):
    path = made(tmp_path, "csv")
    # Semicolons, quotes, UTF-8, from the first line, as Greek (1032); numbers and dates are recognised.
    convert(path, tmp_path, "xlsx", "--infilter=Text - txt - csv (StarCalc):59,34,76,1,,1032,false,true,false")
    rows = [list(row) for row in openpyxl.load_workbook(tmp_path / "list.xlsx").active.iter_rows()]
    assert rows[1][1].value == "Μαρία Παπαδοπούλου"
    assert (rows[2][12].value, rows[2][12].data_type) == (87.5, "n")
    assert (rows[3][1].value, rows[3][1].data_type) == (f"'{HOSTILE}", "s")
    assert [cell.coordinate for row in rows for cell in row if cell.data_type == "f"] == []


def test_greek_workbook_opens_right(tmp_path):
    path = made(tmp_path, "xlsx")
    convert(path, tmp_path, "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true,false")
    with (tmp_path / "list.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1][1] == "Μαρία Παπαδοπούλου"
    # A number, for it is written as Greeks write numbers.
    assert rows[2][12] == "87,5"
    assert rows[3][1:3] == [HOSTILE, "+1 -2"]
    assert rows[1][6] == "2026-09-02T08:00:00Z"
