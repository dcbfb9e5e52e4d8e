"""Whom a reader can write to who wants an answer. Whoever knows it registers it."""

from collections.abc import Callable

_finders: list[Callable[[], str]] = []


def register_contact(finder: Callable[[], str]) -> None:
    """Have a finder return the e-mail address of who runs the site, or "" where nobody has said it."""
    _finders[:] = [finder]


def contact_address() -> str:
    """Return the e-mail address to write to, or ""."""
    return _finders[0]() if _finders else ""
