"""Bundles as PO files: those of the course pack, with what translators are told besides."""

import codecs
import tempfile
from pathlib import Path

from openmuseums.segments.bundles.entries import Bundle, Entry, FileFault, digest_in, digest_line, digest_of_text
from openmuseums.segments.catalogues import Catalogue, CatalogueError, Message, read_what_is_right


def write_po(bundle: Bundle) -> bytes:
    """Return a bundle as a PO file."""
    messages = [_message(bundle, entry) for entry in bundle.entries]
    return Catalogue(bundle.course, bundle.source_language, bundle.language, messages).text().encode()


def read_po(data: bytes) -> Bundle:
    """Return what a PO file holds, and what of it could not be read."""
    # polib takes a text that happens to be the path of a file for that file, so it is only ever given paths.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bundle.po"
        path.write_bytes(data.removeprefix(codecs.BOM_UTF8))
        try:
            catalogue, faults = read_what_is_right(path)
        except CatalogueError as error:
            found = [FileFault(fault.line, fault.message) for fault in error.faults]
            return Bundle(faults=found, is_whole=False)
    return Bundle(
        course=catalogue.course,
        source_language=catalogue.source_language,
        language=catalogue.language,
        entries=[_entry(message) for message in catalogue.messages if not message.obsolete],
        faults=[FileFault(fault.line, fault.message) for fault in faults],
    )


def _message(bundle: Bundle, entry: Entry) -> Message:
    note = bundle.pages.get(entry.page_key)
    notes = [*entry.notes, note.address] if note else list(entry.notes)
    notes.append(digest_line(digest_of_text(entry.translation, is_fuzzy=entry.is_fuzzy)))
    return Message(
        context=entry.context,
        source=entry.source,
        translation=entry.translation,
        fuzzy=entry.is_fuzzy,
        previous=entry.previous_source,
        notes="\n".join(notes),
        where=entry.where,
    )


def _entry(message: Message) -> Entry:
    return Entry(
        context=message.context,
        source=message.source,
        translation=message.translation,
        is_fuzzy=message.fuzzy,
        previous_source=message.previous,
        digest=digest_in(message.notes),
        line=message.line,
    )
