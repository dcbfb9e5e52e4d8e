"""Names that others typed, made fit to stand in a letter: a name and nothing more."""

import re
import unicodedata

_LONGEST = 80
_ALLOWED = frozenset(" ,.'’&-–()!?:;“”«»")
# A mail program makes a link of words that a dot or a colon joins, and nobody gets links from us that others typed.
_JOINED = re.compile(r"(?<=\w)([.:]+)(?=\w)")


def fit_name(text: str) -> str:
    """Return a name in one line, without signs that steer, without links, and not too long."""
    kept = "".join(each if _is_fit(each) else " " for each in unicodedata.normalize("NFC", text))
    apart = " ".join(_JOINED.sub(r"\1 ", kept).split())
    return apart if len(apart) <= _LONGEST else apart[: _LONGEST - 1].rstrip() + "…"


def _is_fit(sign: str) -> bool:
    return sign in _ALLOWED or unicodedata.category(sign)[0] in "LMN"
