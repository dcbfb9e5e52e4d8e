"""Template tags for words in a language, and for points."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from django import template
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from quizzes.scoring import as_decimal
from quizzes.words import Word

register = template.Library()


@register.simple_tag
def mark(word: Word) -> SafeString:
    """Return a `lang` attribute for a text that is not in the language around it, nothing for one that is."""
    return format_html(' lang="{}"', word.lang) if getattr(word, "lang", "") else SafeString("")


@register.filter
def moment(value: dt.datetime) -> str:
    """Return a day and a time of day as a reader writes them, with the zone that the time is of."""
    there = timezone.localtime(value)
    return f"{date_format(there, 'DATETIME_FORMAT')} {there:%Z}"


@register.filter
def points(value: Fraction | Decimal | int | None) -> str:
    """Return points as a reader writes them: with up to two decimals, and none that says nothing."""
    if value is None:
        return ""
    rounded = round(as_decimal(Fraction(value)), 2).normalize()
    return number_format(rounded, decimal_pos=max(0, -int(rounded.as_tuple().exponent)))
