"""Template filters for cases of countries."""

from django import template

from lessons.local_cases import country_name, place_words
from lessons.native import LocalCase

register = template.Library()


@register.filter
def where(case: LocalCase) -> str:
    """Return the place and the country of a case, the country in the language that is spoken."""
    return place_words(case)


@register.filter
def country(code: str) -> str:
    """Return the name of a country in the language that is spoken."""
    return country_name(code)
