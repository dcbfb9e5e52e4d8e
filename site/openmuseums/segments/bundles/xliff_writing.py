"""Writes XLIFF 1.2: a `<file>` for each page, a `<trans-unit>` for each text, the same texts as the same bytes."""

import hashlib
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from openmuseums.segments.bundles.entries import Bundle, Entry, digest_of_text
from openmuseums.segments.bundles.inline import pieces_of, respelt, xml_text

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_KINDS = {"a": "link", "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "br": "lb"}
_QUOTES = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def write_xliff(bundle: Bundle) -> bytes:
    """Return a bundle as an XLIFF file."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<xliff version="1.2" xmlns="{NAMESPACE}">']
    for page_key, entries in groupby(bundle.entries, key=lambda entry: entry.page_key):
        lines += _file(bundle, page_key, list(entries))
    lines.append("</xliff>")
    return ("\n".join(lines) + "\n").encode()


def inline_of(html: str) -> str:
    """Return inline HTML as the content of `<source>` or `<target>`."""
    found = []
    for piece in pieces_of(html):
        if piece.kind == "words":
            found.append(escape(piece.text))
        elif piece.kind == "begin":
            found.append(f"<g id={_quoted(piece.text)}{_kind(piece.text)}>")
        elif piece.kind == "end":
            found.append("</g>")
        else:
            found.append(f"<x id={_quoted(piece.text)}{_kind(piece.text)}/>")
    return "".join(found)


def _file(bundle: Bundle, page_key: str, entries: list[Entry]) -> list[str]:
    note = bundle.pages.get(page_key)
    head = (
        f"  <file original={_quoted(page_key)} source-language={_quoted(bundle.source_language)}"
        f" target-language={_quoted(bundle.language)} datatype="
        f'"html" product-name={_quoted(bundle.course)} xml:space="preserve">'
    )
    lines = [head]
    if note is not None:
        lines += [
            "    <header>",
            f"      <reference><external-file href={_quoted(note.address)}/></reference>",
            f"      <note>{escape(xml_text(note.title))}</note>",
            "    </header>",
        ]
    lines.append("    <body>")
    for entry in entries:
        lines += _unit(bundle, entry)
    return [*lines, "    </body>", "  </file>"]


def _unit(bundle: Bundle, entry: Entry) -> list[str]:
    limit = f' maxwidth="{entry.limit}" size-unit="char"' if entry.limit else ""
    digest = digest_of_text(respelt(entry.translation), is_fuzzy=entry.is_fuzzy)
    state = "translated" if entry.translation else "needs-translation"
    if entry.translation and entry.is_fuzzy:
        state = "needs-review-translation"
    source, target = f"xml:lang={_quoted(bundle.source_language)}", f"xml:lang={_quoted(bundle.language)}"
    attributes = f"id={_quoted(_id_of(entry))} resname={_quoted(entry.path)}{limit} extradata={_quoted(digest)}"
    lines = [
        f"      <trans-unit {attributes}>",
        f"        <source {source}>{inline_of(entry.source)}</source>",
        f'        <target {target} state="{state}">{inline_of(entry.translation)}</target>',
    ]
    lines += [f"        <note>{escape(xml_text(note))}</note>" for note in entry.notes]
    if entry.previous_source:
        lines += [
            '        <alt-trans alttranstype="previous-version">',
            f"          <source {source}>{inline_of(entry.previous_source)}</source>",
            f"          <target {target}>{inline_of(entry.previous_translation)}</target>",
            "        </alt-trans>",
        ]
    return [*lines, "      </trans-unit>"]


def _id_of(entry: Entry) -> str:
    return hashlib.sha256("\0".join(entry.name).encode()).hexdigest()[:16]


def _kind(piece_id: str) -> str:
    tag = piece_id.partition("-")[0] if "-" in piece_id else "a"
    return f' ctype="{_KINDS.get(tag) or f"x-html-{tag}"}"'


def _quoted(value: str) -> str:
    return quoteattr(xml_text(value), _QUOTES)
