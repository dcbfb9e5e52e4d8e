"""How a link to a page looks where it is passed on: Open Graph."""

from dataclasses import dataclass

# Where a language is not spoken in a country of its own name.
_COUNTRIES = {"el": "GR", "en": "GB"}


@dataclass(frozen=True)
class Preview:
    """What is said of a page where its address is passed on; addresses are whole ones, locales such as `el_GR`."""

    title: str
    description: str
    type: str
    address: str
    picture: str
    locale: str
    other_locales: tuple[str, ...]


def locale_of(language: str) -> str:
    """Return a language as Open Graph names it, with a country: `el_GR`, `pt_BR`."""
    code, _, country = language.partition("-")
    return f"{code}_{country.upper() or _COUNTRIES.get(code, code.upper())}"
