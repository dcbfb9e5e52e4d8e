"""HTML as a pack holds it: few elements, one to a line, links by what they lead to."""

import re
from collections.abc import Callable, Iterator
from html import escape
from html.parser import HTMLParser

from django.utils.translation import gettext as _

from openmuseums.editorial.cleaning import SCHEMES

PAGE_LINK = "page:"
DOCUMENT_LINK = "document:"
_TEXT_BLOCKS = frozenset({"p", "h3", "h4"})
_LISTS = frozenset({"ul", "ol"})
_BLOCKS = _TEXT_BLOCKS | _LISTS | {"li"}
_INLINE = frozenset({"a", "b", "i", "code", "br"})
ELEMENTS = _BLOCKS | _INLINE
# Two names for one thing: the CMS writes the short one whenever somebody saves.
_SAME = {"strong": "b", "em": "i"}
_SPACE = re.compile(r"[ \t\r\n\f]+")

Attributes = dict[str, str]


class Html(str):
    """Canonical HTML: what `canonical` returns."""

    __slots__ = ()


def canonical(html: str, link: Callable[[Attributes], str | None] | None = None) -> Html:
    """Return HTML with one element to a line, in one spelling, whoever wrote it.

    `link` turns the attributes of an `<a>` into its address in the pack; where it returns None only the text stays.
    """
    writer = _Writer(link or (lambda attributes: attributes.get("href")))
    writer.feed(html)
    writer.close()
    return Html("\n".join(writer.finish()))


def stored(html: str, link: Callable[[str], Attributes | None]) -> str:
    """Return canonical HTML as the database holds it.

    `link` returns the attributes of an `<a>` by its address; where it returns None only the text stays.
    """
    rewriter = _Rewriter(link)
    rewriter.feed(html.replace("\n", ""))
    rewriter.close()
    return "".join(rewriter.parts)


def links(html: str) -> Iterator[str]:
    """Yield the addresses of all links in canonical HTML."""
    found: list[str] = []

    def note(address: str) -> Attributes | None:
        found.append(address)
        return None

    stored(html, note)
    yield from found


def faults(html: str) -> list[tuple[int, str]]:
    """Return what a pack's HTML may not hold, each with the line it stands in (from 0)."""
    checker = _Checker()
    checker.feed(html)
    checker.close()
    return checker.finish()


def _attribute(value: str) -> str:
    return escape(value, quote=False).replace('"', "&quot;").replace("\xa0", "&nbsp;")


def _text(value: str) -> str:
    return escape(value, quote=False).replace("\xa0", "&nbsp;")


class _Writer(HTMLParser):
    """Writes canonical lines from whatever well-formed HTML comes."""

    def __init__(self, link: Callable[[Attributes], str | None]) -> None:
        super().__init__(convert_charrefs=True)
        self.link = link
        self.lines: list[str] = []
        self.open = ""  # the block whose text is being gathered, or empty
        self.buffer = ""
        self.linked: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = _SAME.get(tag, tag)
        if tag in _LISTS:
            self._flush()
            self.lines.append(f"<{tag}>")
        elif tag in _TEXT_BLOCKS or tag == "li":
            if self.open == "li" and tag != "li":
                return  # a paragraph in an item of a list is the item's text
            self._flush()
            self.open, self.buffer = tag, ""
        elif tag == "br":
            self.buffer += "<br>"
        elif tag == "a":
            address = self.link({name: value or "" for name, value in attrs})
            self.linked.append(address is not None)
            if address is not None:
                self.buffer += f'<a href="{_attribute(address)}">'
        elif tag in _INLINE:
            self.buffer += f"<{tag}>"

    def handle_endtag(self, tag: str) -> None:
        tag = _SAME.get(tag, tag)
        if tag in _LISTS:
            self._flush()
            self.lines.append(f"</{tag}>")
        elif tag == "li":
            if self.open == "li":
                self.lines.append(f"<li>{self._gathered()}</li>")
                self.open, self.buffer = "", ""
            else:  # its text was written out before a list inside it began
                self._flush()
                self.lines.append("</li>")
        elif tag in _TEXT_BLOCKS:
            if self.open == tag:
                self._flush()
        elif tag == "a":
            if self.linked and self.linked.pop():
                self.buffer += "</a>"
        elif tag in _INLINE and tag != "br":
            self.buffer += f"</{tag}>"

    def handle_data(self, data: str) -> None:
        self.buffer += _text(_SPACE.sub(" ", data))

    def finish(self) -> list[str]:
        self._flush()
        return self.lines

    def _gathered(self) -> str:
        return _SPACE.sub(" ", self.buffer).strip(" ")

    def _flush(self) -> None:
        gathered = self._gathered()
        if self.open == "li":
            self.lines.append(f"<li>{gathered}")
        elif re.sub(r"<[^>]*>", "", gathered):
            tag = self.open or "p"
            self.lines.append(f"<{tag}>{gathered}</{tag}>")
        self.open, self.buffer = "", ""


class _Rewriter(HTMLParser):
    """Copies canonical HTML and changes nothing but its links."""

    def __init__(self, link: Callable[[str], Attributes | None]) -> None:
        super().__init__(convert_charrefs=True)
        self.link = link
        self.parts: list[str] = []
        self.linked: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "a":
            self.parts.append(f"<{tag}>")
            return
        attributes = self.link(dict(attrs).get("href") or "")
        self.linked.append(attributes is not None)
        if attributes is not None:
            self.parts.append(
                "<a" + "".join(f' {name}="{_attribute(value)}"' for name, value in attributes.items()) + ">"
            )

    def handle_endtag(self, tag: str) -> None:
        if tag != "a" or self.linked.pop():
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.parts.append(_text(data))


class _Checker(HTMLParser):
    """Finds whatever a pack's HTML may not hold."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self.stack: list[tuple[str, int]] = []
        self.after_list = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ELEMENTS:
            hint = _("Write <%(tag)s>.") % {"tag": _SAME[tag]} if tag in _SAME else ""
            self._fault(f"{_('<%(tag)s> is not used in a pack.') % {'tag': tag}} {hint}".strip())
        elif not self._fits(tag):
            inside = self.stack[-1][0] if self.stack else ""
            self._fault(
                _("<%(tag)s> cannot stand inside <%(inside)s>.") % {"tag": tag, "inside": inside}
                if inside
                else _("<%(tag)s> must stand inside a paragraph or a list.") % {"tag": tag}
            )
        for name, value in attrs:
            if tag != "a" or name != "href":
                self._fault(_("The attribute “%(name)s” is not used in a pack.") % {"name": name})
            elif not _is_address(value or ""):
                self._fault(_("“%(address)s” is no address that a link may lead to.") % {"address": value or ""})
        if tag == "a" and not any(name == "href" for name, _value in attrs):
            self._fault(_("This link leads nowhere."))
        if tag != "br":
            self.stack.append((tag, self.getpos()[0]))
        self.after_list = False

    def handle_endtag(self, tag: str) -> None:
        self.after_list = tag in _LISTS
        if self.stack and self.stack[-1][0] == tag:
            self.stack.pop()
        else:
            self._fault(_("</%(tag)s> closes nothing that is open here.") % {"tag": tag})

    def handle_data(self, data: str) -> None:
        if not data.strip(" \n"):
            return
        if not self.stack:
            self._fault(_("Text must stand inside an element, such as <p>…</p>."))
        elif self.after_list:
            self._fault(_("After a list inside an item there is no more text in that item."))
        elif self.stack[-1][0] in _LISTS:
            self._fault(_("Text in a list must stand in an item, <li>…</li>."))

    def handle_comment(self, data: str) -> None:
        self._fault(_("Comments are not used in a pack."))

    def handle_decl(self, decl: str) -> None:
        self._fault(_("Declarations are not used in a pack."))

    def handle_pi(self, data: str) -> None:
        self._fault(_("Declarations are not used in a pack."))

    def finish(self) -> list[tuple[int, str]]:
        self.found += [(line - 1, _("<%(tag)s> is not closed.") % {"tag": tag}) for tag, line in self.stack]
        return self.found

    def _fits(self, tag: str) -> bool:
        inside = self.stack[-1][0] if self.stack else ""
        if tag in _LISTS:
            return inside in {"", "li"}
        if tag == "li":
            return inside in _LISTS
        if tag in _TEXT_BLOCKS:
            return not inside
        return inside not in _LISTS | {""} and (tag != "a" or all(opened != "a" for opened, _line in self.stack))

    def _fault(self, message: str) -> None:
        self.found.append((self.getpos()[0] - 1, message))


def _is_address(address: str) -> bool:
    if address.startswith((PAGE_LINK, DOCUMENT_LINK, "#")):
        return True
    scheme, colon, rest = address.partition(":")
    return bool(colon and rest and scheme.lower() in SCHEMES and not re.search(r"[\s\x00-\x1f]", address))
