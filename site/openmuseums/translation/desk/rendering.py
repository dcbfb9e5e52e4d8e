"""A text of the source as one reads it, with what stands for its links explained."""

import re
from html import unescape

from django.utils.safestring import SafeString, mark_safe

from openmuseums.editorial.cleaning import clean_html

_LINK = re.compile(r'<a id="(a\d+)">')
_TAG = re.compile(r"<[^>]*>")
_LABELLED = re.compile(r'<a id="(a\d+)">(.*?)</a>', re.DOTALL)


def readable(source: str) -> SafeString:
    """Return a text of the source as HTML to show: its links are marked and lead nowhere."""
    html = clean_html(_LINK.sub("<a>", source))
    html = html.replace("<a>", '<span class="om-desk-link">').replace("</a>", "</span>")
    return mark_safe(html)  # noqa: S308 - it was cleaned


def has_markup(source: str) -> bool:
    """Return whether a text holds tags, which its translation has to hold too."""
    return bool(_TAG.search(source))


def links_in(source: str) -> list[tuple[str, str]]:
    """Return the links of a text: how each is written, and the words that it stands around."""
    return [(f'<a id="{name}">…</a>', unescape(_TAG.sub("", words))) for name, words in _LABELLED.findall(source)]
