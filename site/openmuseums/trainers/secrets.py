"""Codes that people read from a screen or a sheet and type: no letter or digit in them looks like another."""

import secrets
import unicodedata

# Without I, O, 0 and 1, and without letters that Greek keyboards write with another sign of the same look.
ALPHABET = "CDFGJLQRSUVW23456789"


def make_code(length: int) -> str:
    """Return a random code of so many signs. Twelve have 51 bits."""
    return "".join(secrets.choice(ALPHABET) for _sign in range(length))


def plain_code(text: str) -> str:
    """Return a code as it is kept, from what somebody typed: capitals, without spaces and dashes."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).upper() if sign.isalnum())[:32]


def in_groups(code: str) -> str:
    """Return a code as it is shown: in groups of four signs."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
