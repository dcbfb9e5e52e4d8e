"""Shares and numbers as question files write them."""

import re
from decimal import Decimal
from fractions import Fraction

# The denominators of the shares that Moodle offers; it writes thirds as 33.33333.
_LARGEST_DENOMINATOR = 20
_CLOSE = Fraction(1, 1_000_000)
_NUMBER = re.compile(r"[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][+-]?\d{1,2})?", re.ASCII)
_PERCENT = re.compile(r"[+-]?\d{1,3}(?:\.\d{0,12})?", re.ASCII)
_MOST_DECIMALS = 7


def read_number(text: str) -> Decimal | None:
    """Return a number with a point before its decimals, or None where it is none or beyond measure."""
    text = text.strip()
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def write_number(number: Decimal) -> str:
    """Return a number in plain digits, without zeros that say nothing."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def read_share(text: str) -> Fraction | None:
    """Return a share of the points from a percentage between -100 and 100, or None where it is none.

    33.33333 is a third: what is nearly one of the shares that Moodle offers is that share.
    """
    if not _PERCENT.fullmatch(text.strip()):
        return None
    exact = Fraction(text.strip()) / 100
    if abs(exact) > 1:
        return None
    near = exact.limit_denominator(_LARGEST_DENOMINATOR)
    return near if abs(near - exact) < _CLOSE else exact


def write_share(share: Fraction, decimals: int = _MOST_DECIMALS) -> str:
    """Return a share as a percentage with at most so many decimals."""
    hundredths = round(share * 100 * 10**decimals)
    sign, digits = ("-" if hundredths < 0 else ""), str(abs(hundredths)).rjust(decimals + 1, "0")
    whole, rest = digits[:-decimals], digits[-decimals:].rstrip("0")
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"
