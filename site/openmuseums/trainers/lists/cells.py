"""What stands in a cell: text that no program takes for a formula, numbers, and times with their zone. Knows no Django.

Only what starts a cell is dangerous there: a spreadsheet reads a cell that starts with one of these signs as a
formula, also behind blanks and signs that are not seen, and some do so with the wide or small form of a sign.
"""

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache

_UNSEEN = r"\s\ufeff\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069"
_SIGNS = r"=+\-@|%\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b\u2212"
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_STARTS_FORMULA = re.compile(rf"[{_UNSEEN}]*[{_SIGNS}]")
# Both in one look, for most text is neither.
_SUSPECT = re.compile(rf"{_CONTROL.pattern}|\A[{_UNSEEN}]*[{_SIGNS}]")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def one_line(text: str) -> str:
    """Return a text without line breaks and other signs that steer programs: each is a blank then."""
    return _CONTROL.sub(" ", text) if _CONTROL.search(text) else text


def neutral(text: str) -> str:
    """Return a text for a cell whose reader may look for formulas: behind an apostrophe where it looks like one."""
    if not _SUSPECT.search(text):
        return text
    line = one_line(text)
    return f"'{line}" if text[0] in "\t\r\n" or _STARTS_FORMULA.match(line) else line


def xml_text(text: str) -> str:
    """Return a text for a workbook's XML, where a cell says by its type that it is no formula."""
    text = one_line(text)
    if "_x" in text:
        text = _ESCAPE_LIKE.sub("_x005F_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def iso(moment: dt.datetime) -> str:
    """Return a moment in UTC, to the second; to the microsecond only where a list as of it would differ."""
    return f"{moment.astimezone(dt.UTC).replace(tzinfo=None).isoformat()}Z"


def iso_seconds(moment: dt.datetime) -> str:
    """Return a moment that is in UTC already, to the second. This is called for every time in a list."""
    return f"{moment.isoformat(timespec='seconds')[:19]}Z"


# The same few stand in most rows.
@lru_cache(maxsize=4096)
def plain_number(number: Decimal | int) -> str:
    """Return a number with a point and without zeros that say nothing."""
    text = str(number)
    return text.rstrip("0").rstrip(".") if "." in text else text
