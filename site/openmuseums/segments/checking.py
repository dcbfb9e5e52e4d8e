"""Checks a translation before it is stored: markup, placeholders of links, gaps of a question, length, addresses."""

import re
from collections import Counter
from collections.abc import Callable
from html import escape, unescape
from html.parser import HTMLParser

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openmuseums.segments.units import Unit

Clean = Callable[[str], str]
_LINK = re.compile(r'<a id="a\d+">')
_GAP = re.compile(r"\[\[\d{1,2}\]\]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def faults_of(unit: Unit, text: str, *, clean: Clean) -> list[str]:
    """Return what is wrong with a translation of a unit. `clean` returns HTML as it would be stored."""
    if not text.strip():
        return [_("This translation is blank.")]
    if _CONTROL.search(text):
        return [_("This translation holds a line break or another control character. Write a line break as <br/>.")]
    if unit.is_address:
        return _faults_of_address(unit, text, clean)
    faults = _faults_of_markup(unit.source, text)
    if not faults and not _is_clean(text, clean):
        faults.append(
            _("This translation holds what no text may hold, or an &, < or > that is not written &amp;, &lt; or &gt;.")
        )
    gaps = sorted(_GAP.findall(unit.source))
    if gaps and gaps != sorted(_GAP.findall(text)):
        faults.append(_("Each gap of the source must stand here once: %(gaps)s.") % {"gaps": ", ".join(gaps)})
    limit = unit.place.max_length
    length = len(unescape(re.sub(r"<[^>]*>", "", text)))
    if limit and length > limit:
        faults.append(
            _("This translation is too long: %(length)d characters, of %(limit)d at most.")
            % {"length": length, "limit": limit}
        )
    return faults


def _faults_of_address(unit: Unit, text: str, clean: Clean) -> list[str]:
    if unit.place.is_rich:
        link = f'<a href="{escape(text)}">x</a>'
        if not any(attribute == ("href", text) for attribute in _parsed(clean(link)).attributes):
            return [_("“%(address)s” is no address that a link may lead to.") % {"address": text}]
        return []
    try:
        URLValidator()(text)
    except ValidationError:
        return [_("“%(address)s” is no address that a link may lead to.") % {"address": text}]
    return []


def _faults_of_markup(source: str, text: str) -> list[str]:
    wanted, found = _parsed(source), _parsed(text)
    faults = []
    missing, surplus = wanted.links - found.links, found.links - wanted.links
    if missing:
        told = ngettext(
            "The link %(links)s of the source is missing.",
            "The links %(links)s of the source are missing.",
            len(missing),
        )
        faults.append(told % {"links": ", ".join(sorted(missing))})
    if surplus:
        told = ngettext(
            "The link %(links)s is not in the source, or stands here more often.",
            "The links %(links)s are not in the source, or stand here more often.",
            len(surplus),
        )
        faults.append(told % {"links": ", ".join(sorted(surplus))})
    strange = [tag for tag in found.tags if tag not in wanted.tags]
    if strange:
        faults.append(_("<%(tag)s> is not in the source.") % {"tag": sorted(strange)[0]})
    if not found.is_whole:
        faults.append(_("The tags of this translation are not closed in their order."))
    elif not faults and len(found.attributes) != sum(found.links.values()):
        faults.append(_("Tags have no attributes here, but for the id of a link."))
    return faults


def _is_clean(text: str, clean: Clean) -> bool:
    plain = _spelt(_LINK.sub("<a>", text))
    try:
        return _spelt(clean(plain)) == plain
    except ValueError:
        return False


def _spelt(text: str) -> str:
    """Return HTML with the two things that have two spellings in one of them."""
    return text.replace("<br/>", "<br>").replace("&nbsp;", "\xa0")


class _Parsed(HTMLParser):
    """The tags of a piece of inline HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.links: Counter[str] = Counter()
        self.attributes: list[tuple[str, str | None]] = []
        self.is_whole = True
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs
        if tag == "a":
            self.links[dict(attrs).get("id") or "<a>"] += 1
        if tag != "br":
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag != "br":
            self.is_whole = False

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
        else:
            self.is_whole = False

    def finish(self) -> None:
        self.is_whole = self.is_whole and not self._open


def _parsed(text: str) -> _Parsed:
    parsed = _Parsed()
    parsed.feed(text)
    parsed.close()
    parsed.finish()
    return parsed
