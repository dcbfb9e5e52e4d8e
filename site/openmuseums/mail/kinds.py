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
    is_invitation: somebody asked us to write once to an address, which may have no account. It has a link by which the
    address gets no letter of this kind any more, whoever asks for it. lasts: how long sending it is tried.
    """

    key: str
    template: str
    is_about_signing_in: bool = False
    purpose: str = ""
    is_invitation: bool = False
    lasts: dt.timedelta = dt.timedelta(days=3)


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Have letters of this kind be written; a kind of the same key takes the place of an earlier one.

    Raises ValueError where it has no ground, or two: signing in, a purpose that people agree to, an invitation.
    """
    if [kind.is_about_signing_in, bool(kind.purpose), kind.is_invitation].count(True) != 1:
        raise ValueError(
            f"Letters of the kind {kind.key} need a purpose, unless they are about signing in or are invitations."
        )
    _kinds[kind.key] = kind


def kind_of(key: str) -> Kind:
    """Return the kind of this key.

    Raises UnknownKindError where there is none.
    """
    try:
        return _kinds[key]
    except KeyError:
        raise UnknownKindError(key) from None
