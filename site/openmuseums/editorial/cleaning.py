"""The one place where HTML that comes from people or files is cleaned.

bleach knows what to keep and is frozen; nh3 is kept up to date. Neither alone is trusted, so what is stored is a text
that both leave as it is.
"""

import re
from functools import lru_cache

import bleach
import nh3

TAGS = frozenset({"a", "b", "br", "code", "em", "h3", "h4", "i", "li", "ol", "p", "strong", "ul"})
# A link inside the site names its target by kind and number; any other id could stand in for one of a page's own.
LINK_ATTRIBUTES = {"href": r".*", "linktype": r"page|document", "id": r"\d{1,18}"}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_MAX_ROUNDS = 5


# A page's texts are cleaned at each of the several times that one publication stores them.
@lru_cache(maxsize=16384)
def clean_html(html: str) -> str:
    """Return rich text with nothing in it but what an editor may write.

    Raises ValueError where cleaning never comes to rest, which no text known does.
    """
    for _ in range(_MAX_ROUNDS):
        cleaned = _nh3(_bleach(html))
        if cleaned == html:
            return cleaned
        html = cleaned
    if _bleach(html) != html:
        raise ValueError("This text cannot be cleaned: it changes each time.")
    return html


def _bleach(html: str) -> str:
    return bleach.clean(
        html,
        tags=TAGS,
        attributes=_may_stay,
        protocols=SCHEMES,
        strip=True,
        strip_comments=True,
    )


def _nh3(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes={"a": set(LINK_ATTRIBUTES)},
        attribute_filter=lambda tag, name, value: value if _may_stay(tag, name, value) else None,
        url_schemes=set(SCHEMES),
        link_rel=None,
        strip_comments=True,
    )


def _may_stay(tag: str, name: str, value: str) -> bool:
    return tag == "a" and name in LINK_ATTRIBUTES and re.fullmatch(LINK_ATTRIBUTES[name], value, re.DOTALL) is not None
