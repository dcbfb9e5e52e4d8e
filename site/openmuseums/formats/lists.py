"""Lists inside a sentence, as the reader's language writes them."""

import re
from collections.abc import Sequence

from django.utils.translation import get_language, pgettext

# Spanish says “e” for “y” before the sound of an i, but not before a diphthong.
_SOUND_OF_I = re.compile(r"h?[ií](?![aeouáéóú])", re.IGNORECASE)


def in_words(items: Sequence[str]) -> str:
    """Return “a”, “a and b” or “a, b and c” in the language that is spoken."""
    if len(items) < 2:
        return "".join(items)
    last = items[-1]
    text = pgettext("list", "%(first)s and %(last)s") % {"first": ", ".join(items[:-1]), "last": last}
    if (get_language() or "").partition("-")[0] == "es" and _SOUND_OF_I.match(last):
        text = f"{text.removesuffix(f' y {last}')} e {last}"
    return text
