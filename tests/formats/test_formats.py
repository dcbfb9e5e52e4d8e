"""Dates, numbers, shares and sizes as each language writes them."""

import datetime as dt

import pytest
from django.template.defaultfilters import filesizeformat
from django.utils import formats, translation
from django.utils.translation import gettext

MOMENT = dt.datetime(2026, 3, 1, 9, 5)  # noqa: DTZ001 (a wall clock)


@pytest.mark.parametrize(
    ("language", "day", "moment", "short", "month"),
    [
        ("en", "1 March 2026", "1 March 2026, 09:05", "1 Mar 2026", "March 2026"),
        ("nl", "1 maart 2026", "1 maart 2026, 09:05", "1-3-2026", "maart 2026"),
        ("el", "1 Μαρτίου 2026", "1 Μαρτίου 2026, 09:05", "1/3/2026", "Μάρτιος 2026"),
        ("it", "1 marzo 2026", "1 marzo 2026, 09:05", "1/3/2026", "marzo 2026"),
        ("es", "1 de marzo de 2026", "1 de marzo de 2026, 09:05", "1/3/2026", "marzo de 2026"),
    ],
)
def test_dates(language: str, day: str, moment: str, short: str, month: str) -> None:
    with translation.override(language):
        assert [
            formats.date_format(MOMENT, name)
            for name in ("DATE_FORMAT", "DATETIME_FORMAT", "TIME_FORMAT", "SHORT_DATE_FORMAT", "YEAR_MONTH_FORMAT")
        ] == [day, moment, "09:05", short, month]
        assert formats.get_format("FIRST_DAY_OF_WEEK") == 1


@pytest.mark.parametrize(
    ("language", "decimal", "large", "size"),
    [
        ("en", "1234.5", "12,345.5", "2.4\xa0MB"),
        ("nl", "1234,5", "12.345,5", "2,4\xa0MB"),
        ("el", "1234,5", "12.345,5", "2,4\xa0MB"),
        ("it", "1234,5", "12.345,5", "2,4\xa0MB"),
        ("es", "1234,5", "12\xa0345,5", "2,4\xa0MB"),
    ],
)
def test_numbers_and_sizes(language: str, decimal: str, large: str, size: str) -> None:
    with translation.override(language):
        assert formats.number_format(1234.5) == decimal
        assert formats.number_format(12345.5, force_grouping=True) == large
        assert filesizeformat(2_500_000) == size


@pytest.mark.parametrize(
    ("language", "share"),
    [("nl", "40% gedaan"), ("el", "Ολοκληρώθηκε το 40%"), ("it", "Fatto il 40%"), ("es", "40\xa0% hecho")],
)
def test_shares(language: str, share: str) -> None:
    with translation.override(language):
        assert gettext("%(percentage)s %% done") % {"percentage": 40} == share
