"""The terms of the glossary in running text: which forms lead to which entry, and links at their first use."""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# A form of a term, and the anchor of its entry.
Forms = tuple[tuple[str, str], ...]

# Running text stands in elements of this class; in it, these are left as they are.
_RUNNING = "prose"
_LEFT_ALONE = frozenset({"a", "button", "code", "dfn", "h1", "h2", "h3", "h4", "h5", "h6", "svg", "table"})
_VOID = frozenset({"br", "hr", "img", "input", "source", "track", "wbr"})
_APOSTROPHES = "'’"


@dataclass(frozen=True)
class Terms:
    """The forms of a glossary that lead to its entries; `digest` changes with them."""

    forms: Forms = ()
    digest: str = ""


def entry_anchor(block_id: str) -> str:
    """Return the anchor of a term in the glossary, the same in every language."""
    return f"term-{block_id[:8]}"


def unlinked_in(entries: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Return the ids of the entries of a glossary, as they are stored, that no text leads to."""
    return frozenset(entry.get("id") or "" for entry in entries if entry["value"].get("unlinked"))


def terms_in(entries: Iterable[Mapping[str, Any]], unlinked: Collection[str] = ()) -> Terms:
    """Return the forms that lead to the entries of a glossary, as they are stored, but for those with the ids given.

    A form that stands in several entries leads to the one that names it first; where two do, and where that one is not
    linked, it leads nowhere. Nor does a part of a form that the entry names before, such as “record” after “catalogue
    record”: by itself it means many things. A part with capitals does, such as “SWOT” after “SWOT analysis”.
    """
    named: defaultdict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for entry in entries:
        value = entry["value"]
        anchor = "" if entry.get("id") in unlinked else entry_anchor(entry.get("id") or "")
        for place, form, is_part in _forms_of(value.get("use") or ""):
            named[_key(form)].append((place, "" if is_part else anchor, form))
    forms = []
    for found in named.values():
        place, anchor, form = min(found)
        if anchor and all(other == anchor for rank, other, _form in found if rank == place):
            forms.append((form, anchor))
    digest = hashlib.sha256(repr(sorted(forms)).encode()).hexdigest() if forms else ""
    return Terms(tuple(sorted(forms)), digest)


def _forms_of(use: str) -> Iterator[tuple[int, str, bool]]:
    """Yield each form of an entry with its place, and whether it is part of one before it."""
    before: list[str] = []
    for form in (_tidy(form) for form in use.split(",")):
        if form:
            is_part = not _has_capitals(form) and any(f" {_key(form)} " in f" {_key(whole)} " for whole in before)
            yield len(before), form, is_part
            before.append(form)


class Linking:
    """Links each term once, where it is used first, in texts that are handed to it in their order."""

    def __init__(self, terms: Terms, address: str) -> None:
        self._terms = terms
        self._address = address
        self._linked: set[str] = set()

    def linked(self, html: str) -> SafeString:
        """Return HTML that our templates have made with links in its running text, and all else in it as it was."""
        if not self._terms.forms:
            return mark_safe(html)  # noqa: S308 - rendered by the template engine
        walk = _Walk(self)
        walk.feed(html)
        walk.close()
        # What was HTML is still the same HTML; the text between is escaped again, and so is what the links are made of.
        return mark_safe("".join(walk.written))  # noqa: S308

    def in_text(self, source: str) -> str:
        """Return a piece of running text, as it stands in HTML, with its links."""
        text = unescape(source)
        pattern, anchors = _compiled(self._terms.forms)
        pieces, end = [], 0
        for match in pattern.finditer(text):
            anchor = anchors.get(_key(_tidy(match[0])), "")
            if not anchor or anchor in self._linked:
                continue
            self._linked.add(anchor)
            link = f'<a class="gloss" href="{escape(self._address)}#{escape(anchor)}">{escape(match[0])}</a>'
            pieces += [escape(text[end : match.start()]), link]
            end = match.end()
        return "".join([*pieces, escape(text[end:])]) if pieces else source


class _Walk(HTMLParser):
    """Writes HTML as it reads it, but for the running text, which it hands on piece by piece."""

    def __init__(self, linking: Linking) -> None:
        super().__init__(convert_charrefs=False)
        self.written: list[str] = []
        self._linking = linking
        self._text: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._write(self.get_starttag_text() or "")
        if tag not in _VOID:
            self._open.append((tag, _RUNNING in (dict(attrs).get("class") or "").split()))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._write(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self._write(f"</{tag}>")
        place = next((place for place in reversed(range(len(self._open))) if self._open[place][0] == tag), None)
        if place is not None:
            del self._open[place:]

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_entityref(self, name: str) -> None:
        self._text.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._text.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self._write(f"<!--{data}-->")

    def close(self) -> None:
        super().close()
        self._write("")

    def _write(self, markup: str) -> None:
        text = "".join(self._text)
        self._text.clear()
        self.written += [self._linking.in_text(text) if text and self._is_running else text, markup]

    @property
    def _is_running(self) -> bool:
        return any(running for _tag, running in self._open) and not any(tag in _LEFT_ALONE for tag, _ in self._open)


@lru_cache(maxsize=32)
def _compiled(forms: Forms) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Return what finds the forms as whole words, the longest first, and the anchors by their keys."""
    longest_first = sorted((form for form, _anchor in forms), key=lambda form: (-len(form), form))
    found = "|".join(_expression(form) for form in longest_first)
    return re.compile(rf"(?<![\w-])(?:{found})(?![\w-])"), {_key(form): anchor for form, anchor in forms}


def _expression(form: str) -> str:
    expression = re.sub(r"['’]", f"[{_APOSTROPHES}]", re.escape(form)).replace(r"\ ", r"\s+")
    return expression if _has_capitals(form) else f"(?i:{expression})"


def _key(form: str) -> str:
    """Return what is the same for a form however it is written: where it has capitals, they matter."""
    return form.casefold()


def _has_capitals(form: str) -> bool:
    return form != form.lower()


def _tidy(form: str) -> str:
    return unicodedata.normalize("NFC", " ".join(form.replace("’", "'").split()))
