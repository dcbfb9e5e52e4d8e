"""Tables as files."""

import pytest

from openmuseums.delivery.spreadsheets import csv_of


def test_rows_are_written_with_a_mark_and_quoted_where_they_must() -> None:
    table = csv_of(
        [["Question", "Share"], ["Owned, earned", 0.5], ["Greek: μέσα", None], ['He said "no"\nand left', 3]]
    )
    assert table == (
        '\ufeffQuestion,Share\r\n"Owned, earned",0.5\r\nGreek: μέσα,\r\n"He said ""no""\nand left",3\r\n'.encode()
    )


@pytest.mark.parametrize("cell", ["=1+1", "+31 20", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_would_be_a_formula_is_text(cell: str) -> None:
    assert csv_of([[cell]]).decode().removeprefix("\ufeff").strip('"').startswith(f"'{cell[0]}")


def test_number_below_zero_stays_a_number() -> None:
    assert csv_of([[-0.25, -3]]) == "\ufeff-0.25,-3\r\n".encode()
