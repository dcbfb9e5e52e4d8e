"""What would start a formula is text in every column and format; what would not stays as it is."""

import csv
import io
import json

import openpyxl
import pytest

from openmuseums.trainers.lists.cells import neutral, one_line, xml_text
from openmuseums.trainers.lists.columns import CHOICES
from openmuseums.trainers.lists.making import Asked, Format, pieces
from openmuseums.trainers.lists.workbook import write_workbook
from openmuseums.trainers.models import Criterion, ParticipationEntry
from tests.trainers.lists.fixed import AS_OF, fixed_cohort
from tests.trainers.lists.test_making import make

FORMULAS = [
    *(
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "|cmd",
        "%0A",
        " =1+1",
        "\u00a0=1",
        "\ufeff=1",
        "\u200b=1",
        "\u202e=1",
        "\u2060+1",
    ),
    *(
        "\uff1d1+1",
        "\uff0b1",
        "\uff0d1",
        "\uff20x",
        "\ufe621",
        "\ufe631",
        "\u22121",
        "=\u00ad1",
        "\u00ad=1",
        "\t=1",
        "\r=1",
        "\n=1",
        "\x00=1",
    ),
    *("\t1", "\r1", "\n1", '=cmd|" /C calc"!A0', '=HYPERLINK("http://x")'),
]
PLAIN = [
    "Anna",
    "Jean-Luc",
    "O’Neil",
    "a=b",
    "1+1",
    "x@example.org",
    "Μαρία",
    "",
    "'t Hof",
    "_x0041_",
    "50 %",
    "(+30) 210",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_stands_behind_an_apostrophe(text):
    assert neutral(text) == f"'{one_line(text)}"
    assert [sign for sign in "\t\r\n\x00" if sign in neutral(text)] == []


@pytest.mark.parametrize("text", PLAIN)
def test_what_does_not_stays_as_it_is(text):
    assert neutral(text) == text


def test_a_name_stays_on_its_line():
    assert neutral("Anna\r\n=1+1") == "Anna  =1+1"
    assert neutral("a\u2028b\x85c") == "a b c"


def test_text_of_a_workbook_is_read_as_it_was_written():
    assert xml_text("<&>\x00\ufffe_x0041_") == "&lt;&amp;&gt;  _x005F_x0041_"


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["=1+1", '"><script>;,\n=1', "+1;2,3", "\ufeff@x", "_x003D_1", "</t></is></c>"])
def test_hostile_text_is_text_in_every_column(tmp_path, text):
    cohort = fixed_cohort()
    state = dict.fromkeys(("name", "email", "museum"), text) | {"country": "=1", "role": "=2", "language": "=3"}
    entry = ParticipationEntry.objects.filter(participation__cohort=cohort).order_by("participation_id").first()
    values = {name: getattr(entry, name) for name in ParticipationEntry.STATE}
    ParticipationEntry.objects.create(
        participation=entry.participation, change="shared", occurred_at=AS_OF, recorded_at=AS_OF, **{**values, **state}
    )
    Criterion.objects.filter(key="units").update(key="=units")

    def asked(file_format):
        return Asked(cohort, AS_OF, tuple(CHOICES), Format(file_format), "en")

    data = b"".join(pieces(asked("csv"))).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(data, newline="")))
    assert lines[1][1:7] == [neutral(text)] * 3 + ["'=1", "'=2", "'=3"]
    assert {len(line) for line in lines} == {len(CHOICES) + 4}
    starts = {cell[:1] for line in lines for cell in line}
    assert starts.isdisjoint(set("=+-@\t\r\uff1d"))
    assert "Units read (=units): met" in lines[0]

    path, _made = make(asked("xlsx"), tmp_path)
    cells = next(openpyxl.load_workbook(path).active.iter_rows(min_row=2, max_row=2))
    assert {cell.data_type for cell in cells[:7]} == {"s"}
    first = json.loads(b"".join(pieces(asked("jsonl"))).splitlines()[0])
    assert [first[name] for name in ("name", "email", "museum", "country")] == [text, text, text, "=1"]


def test_workbook_without_rows_opens(tmp_path):
    path = tmp_path / "empty.xlsx"
    with path.open("wb") as file:
        write_workbook(file, [], iter([]), title="Empty", language="en", as_of=AS_OF)
    assert openpyxl.load_workbook(path).sheetnames == ["Empty"]
