"""The kinds of letters that the site writes: each app registers its own when the site starts."""

import datetime as dt
from dataclasses import dataclass


class UnknownKindError(LookupError):
    """Raised where a letter is of a kind that no app registered."""


@dataclass(frozen=True)
class Kind:
    """A kind of letter.

    template: what the names of its templates begin with, as in `learners/letters/reminder`: to it come `.subject.txt`,
    `.txt` and `.html`. is_about_signing_in: people need it to get in, so that nobody can be spared it. purpose: the
    purpose of the consent without which it is not sent; each such letter has a link that takes the consent back.
    lasts: how long sending it is tried.
    """

    key: str
    template: str
    is_about_signing_in: bool = False
    purpose: str = ""
    lasts: dt.timedelta = dt.timedelta(days=3)


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Have letters of this kind be written; a kind of the same key takes the place of an earlier one.

    Raises ValueError where it is neither about signing in nor has a purpose: people could not stop it.
    """
    if kind.is_about_signing_in == bool(kind.purpose):
        raise ValueError(f"Letters of the kind {kind.key} need a purpose, unless they are about signing in.")
    _kinds[kind.key] = kind


def kind_of(key: str) -> Kind:
    """Return the kind of this key.

    Raises UnknownKindError where there is none.
    """
    try:
        return _kinds[key]
    except KeyError:
        raise UnknownKindError(key) from None
