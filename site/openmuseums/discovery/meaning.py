"""What a page says, as one digest: it changes with the words, not with their markup, order or punctuation."""

import hashlib
import re
from html import unescape

from wagtail.models import Page

from openmuseums.segments.units import units_of

_MARKUP = re.compile(r"<[^>]*>")
_WORD = re.compile(r"\w+")


def digest_of_words(page: Page) -> str:
    """Return the SHA-256 of the words of a page's texts.

    Case, punctuation, markup, links and the order of texts do not count, so that mending a comma, setting a word in
    bold or moving a block is no change of what the page says.
    """
    texts = sorted(" ".join(_WORD.findall(_plain(unit.source))) for unit in units_of(page) if not unit.is_address)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def _plain(text: str) -> str:
    return unescape(_MARKUP.sub(" ", text)).casefold()
