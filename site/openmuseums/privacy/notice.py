"""What the privacy notice lists: everything that is declared, and all cookies, in the active language."""

from dataclasses import dataclass

from openmuseums.privacy.exporting import title_of
from openmuseums.privacy.registry import Basis, Cookie, cookies, declarations_to_read


@dataclass(frozen=True)
class Kept:
    """Something that the site keeps of people."""

    title: str
    purpose: str
    basis: Basis
    retention: str


def what_is_kept() -> list[Kept]:
    """Return what the site keeps of people, each kind once: models that people need not tell apart are one."""
    found = [
        Kept(title_of(declaration), str(declaration.purpose), declaration.basis, str(declaration.retention))
        for declaration in declarations_to_read()
    ]
    return list(dict.fromkeys(found))


def cookie_list() -> tuple[Cookie, ...]:
    """Return the cookies that the site sets."""
    return cookies()
