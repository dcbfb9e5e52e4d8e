"""Template tags and filters for drawings, charts and recordings."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.template import Context
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lessons import outline
from lessons.charts import Bar, bars_of
from lessons.drawings import draw

register = template.Library()

# How a figure's unit says that it is a share of a hundred, in the course's languages.
SHARES = ("%", "per cent", "percent", "procent", "per cento", "por ciento", "τοις εκατό")


@register.simple_tag
def drawing(name: str, labels: Iterable[Mapping[str, str]] = ()) -> SafeString:
    """Return one of the course's own drawings as inline SVG, so that it takes the colours of the theme.

    labels: items with `key` and `text`, as a diagram block holds them.
    """
    # The files are the project's own, and the words are escaped.
    return mark_safe(draw(name, {label["key"]: label["text"] for label in labels}))  # noqa: S308


@register.simple_tag
def chart_bars(chart: Any) -> list[Bar]:
    """Return the bars of a chart block; where the figures are per cent, the whole is 100."""
    figures = [(str(bar["label"]), float(bar["value"])) for bar in chart["bars"]]
    whole = 100 if any(share in str(chart["unit"]).lower() for share in SHARES) else None
    return bars_of(figures, whole=whole)


@register.simple_tag(takes_context=True)
def title_lang(context: Context, title: str, language: str = "") -> SafeString:
    """Return the `lang` of a title that a translation left as its author wrote it, where it is not the page's.

    language: the code of the language it is in; without one, it is the source's.
    """
    code = language or settings.LANGUAGE_CODE
    if code == get_language() or title not in (context.get("titles_as_written") or ()):
        return mark_safe("")
    return format_html(' lang="{}"', code)


@register.simple_tag(takes_context=True)
def age(context: Context, known_on: dt.date | None, item_id: str = "") -> str:
    """Return what readers are told of the age of the block that is shown, or of an item in it: the later of two days.

    `checked` in the context says what was checked as it stands there, and when.
    """
    checked_on = (context.get("checked") or {}).get((context.get("block_id", ""), item_id))
    if checked_on and (known_on is None or checked_on >= known_on):
        return _("Checked on %(day)s") % {"day": date_format(checked_on, "DATE_FORMAT")}
    return _("As known on %(day)s") % {"day": date_format(known_on, "DATE_FORMAT")} if known_on else ""


@register.filter
def for_readers(resources: Any, language: str) -> list[Any]:
    """Return the resources of a list, as bound blocks, that are for readers of a language."""
    found = resources.bound_blocks
    return [bound for bound in found if not bound.value.get("languages") or language in bound.value["languages"]]


@register.filter
def host(address: str) -> str:
    """Return the host of an address, as a reader knows it."""
    return (urlsplit(address).hostname or address).removeprefix("www.")


@register.filter
def clock(seconds: int) -> str:
    """Return a place in a recording as minutes and seconds, with hours where there are any."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@register.filter
def at(found: dict[str, Any] | None, key: str) -> Any:
    """Return what a mapping holds at a key, or None."""
    return found.get(key) if found else None


@register.filter
def choice_word(value: Any, name: str) -> str:
    """Return the words of a choice in a block's value, in the reader's language."""
    return _word_of(value.block.child_blocks[name], value[name])


@register.filter
def choice_words(value: Any, name: str) -> list[str]:
    """Return the words of each choice in a list in a block's value."""
    child = value.block.child_blocks[name].child_block
    return [_word_of(child, chosen) for chosen in value[name]]


@register.filter
def block_anchor(block_id: str) -> str:
    """Return the anchor of a block in its page, the same in every language."""
    return outline.block_anchor(block_id)


@register.filter
def numbers(count: int) -> range:
    """Return as many turns of a loop."""
    return range(int(count or 0))


def _word_of(choice_block: Any, chosen: str) -> str:
    return str(dict(choice_block.field.choices).get(chosen, chosen))
