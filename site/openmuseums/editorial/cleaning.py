"""The one place where HTML that comes from people or files is cleaned.

bleach knows what to keep and is frozen; nh3 is kept up to date. Neither alone is trusted, so what is stored is a text
that both leave as it is.
"""

import bleach
import nh3

TAGS = frozenset({"a", "b", "br", "code", "em", "h3", "h4", "i", "li", "ol", "p", "strong", "ul"})
ATTRIBUTES = {"a": {"href", "linktype", "id", "uuid"}}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_MAX_ROUNDS = 5


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
        attributes={tag: sorted(names) for tag, names in ATTRIBUTES.items()},
        protocols=SCHEMES,
        strip=True,
        strip_comments=True,
    )


def _nh3(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes=set(SCHEMES),
        link_rel=None,
        strip_comments=True,
    )
