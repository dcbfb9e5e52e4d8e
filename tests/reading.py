"""What a person reads or hears of a page: the texts and the attributes that hold texts."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

READ_ATTRIBUTES = ("alt", "aria-description", "aria-label", "aria-roledescription", "placeholder", "title", "label")
# Parts of a page that a script draws, with their words in JSON.
_WORDS_OF_SCRIPTS = ("data-props", "data-telepath", "data-block", "data-value", "data-comments-trigger")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_UNREAD_KEYS = re.compile(
    r"(^|_)(id|key|url|urls|href|type|path|icon|class|classname|classnames|name|html|src|code)s?$", re.I
)
_CODE = re.compile(r"^[\w./:#?=&%+-]*$")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._unread = ""
        self._is_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.texts += [values[name] or "" for name in READ_ATTRIBUTES if name in values]
        if tag == "input" and values.get("type") in ("submit", "button"):
            self.texts.append(values.get("value") or "")
        for name, value in values.items():
            if name in _WORDS_OF_SCRIPTS or (name.startswith("data-") and (value or "")[:1] in "[{"):
                self.texts += words_of_json(value or "")
        if tag in ("script", "style", "svg") and not self._unread:
            self._unread = tag
            self._is_data = tag == "script" and values.get("type") == "application/json"

    def handle_endtag(self, tag: str) -> None:
        if tag == self._unread:
            self._unread, self._is_data = "", False

    def handle_data(self, data: str) -> None:
        if self._is_data:
            self.texts += words_of_json(data)
        elif not self._unread:
            self.texts.append(data)


def words_of_json(text: str) -> list[str]:
    """Return the strings of a piece of JSON that are words: neither codes nor addresses."""
    try:
        found = list(_strings(json.loads(text), ""))
    except ValueError:
        return []
    return found


def _strings(value: Any, key: str) -> Iterator[str]:
    match value:
        case str():
            if "<" in value and ">" in value:
                yield from read_texts(value)
            elif not _UNREAD_KEYS.search(key) and (" " in value or not _CODE.match(value) or value.istitle()):
                yield value
        case list():
            for found in value:
                yield from _strings(found, key)
        case dict():
            for name, found in value.items():
                yield from _strings(found, name)


def read_texts(html: str) -> list[str]:
    """Return the texts of a page in their order, each with single blanks; those without a word are left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    texts = (" ".join(text.split()) for text in reader.texts)
    return [text for text in texts if _LETTERS.search(text)]
