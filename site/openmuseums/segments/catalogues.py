"""PO files of a whole course in one language: read, and written so that the same texts give the same bytes."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.utils.translation import gettext as _

# A course of 2,000 texts takes one megabyte.
MAX_BYTES = 20_000_000
_WIDTH = 100
_COURSE = "X-Course"
_SOURCE_LANGUAGE = "X-Source-Language"
_LANGUAGE = "Language"
# An entry's line, of an obsolete one or of the text before as well; a comment; or nothing.
_SYNTAX = re.compile(
    r'\ufeff?(#~\|? |#\| |#~\||#\||#~)?\s*+(msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d\])?\s*+"([^"\\]|\\.)*"\s*'
    r"|#(?![~|]).*|\s*|\ufeff"
)
_LINE = re.compile(r"\(line (\d+)\)(?:: (.*))?")


@dataclass(frozen=True, order=True)
class Fault:
    """Something that is wrong with a PO file, and the line it stands in, from 1."""

    line: int
    message: str


class CatalogueError(Exception):
    """Raised instead of reading or accepting a PO file that is not right."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults)
        super().__init__("\n".join(f"{fault.line}: {fault.message}" for fault in self.faults))


@dataclass
class Message:
    """An entry of a PO file. `context` and `source` name it; an empty `translation` says that there is none yet.

    previous: the source text that a fuzzy translation was made for, or empty. notes, where: what stands above it for
    translators. remarks: what they wrote there themselves.
    """

    context: str
    source: str
    translation: str = ""
    fuzzy: bool = False
    previous: str = ""
    obsolete: bool = False
    notes: str = ""
    where: str = ""
    remarks: str = ""
    line: int = 1

    @property
    def name(self) -> tuple[str, str]:
        """Return what the entry is found by."""
        return self.context, self.source

    @property
    def counts(self) -> bool:
        """Return whether its translation may be used."""
        return bool(self.translation) and not self.fuzzy and not self.obsolete


@dataclass
class Catalogue:
    """The texts of a course in one language. `course` is the translation key of its first page."""

    course: str
    source_language: str
    language: str
    messages: list[Message] = field(default_factory=list)

    def text(self) -> str:
        """Return it as a PO file."""
        po = polib.POFile(wrapwidth=_WIDTH)
        po.metadata = {
            "Project-Id-Version": self.course,
            "PO-Revision-Date": "",  # a date would differ each time, and version control knows it
            "Last-Translator": "",
            "Language-Team": "",
            _LANGUAGE: self.language,
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            _COURSE: self.course,
            _SOURCE_LANGUAGE: self.source_language,
        }
        for message in self.messages:
            po.append(
                polib.POEntry(
                    msgctxt=message.context,
                    msgid=message.source,
                    msgstr=message.translation,
                    flags=["fuzzy"] if message.fuzzy else [],
                    previous_msgid=message.previous or None,
                    obsolete=message.obsolete,
                    comment=message.notes,
                    occurrences=[(message.where, "")] if message.where else [],
                    tcomment=message.remarks,
                )
            )
        return f"{po}\n"

    def expect(self, *, course: str, source_language: str, language: str) -> None:
        """Raise CatalogueError where this is the PO file of something else."""
        wrong = ""
        if self.course != course:
            wrong = _("This PO file is of another course (“%(found)s”, not “%(expected)s”).") % {
                "found": self.course,
                "expected": course,
            }
        elif self.language != language:
            wrong = _("This PO file holds the language “%(found)s”, not “%(expected)s”.") % {
                "found": self.language,
                "expected": language,
            }
        elif self.source_language != source_language:
            wrong = _("This PO file is translated from “%(found)s”, not from “%(expected)s”.") % {
                "found": self.source_language,
                "expected": source_language,
            }
        if wrong:
            raise CatalogueError([Fault(1, wrong)])


def read_catalogue(path: Path) -> Catalogue:
    """Read a PO file.

    Raises CatalogueError with everything that is wrong with the file as such: no PO, entries without a context, texts
    that stand in it twice, plural forms.
    """
    catalogue, faults = read_what_is_right(path)
    if faults:
        raise CatalogueError(faults)
    return catalogue


def read_what_is_right(path: Path) -> tuple[Catalogue, list[Fault]]:
    """Read a PO file without the entries that are wrong as such; return what is wrong with them as well.

    Raises CatalogueError where the file is no PO file.
    """
    po = _parsed(path)
    faults: list[Fault] = []
    seen: dict[tuple[str, str], int] = {}
    messages = []
    for entry in po:
        line = entry.linenum or 1
        if entry.msgctxt is None:
            faults.append(Fault(line, _("This text has no msgctxt, which says where it belongs.")))
        elif entry.msgid_plural:
            faults.append(Fault(line, _("Texts of a course have no plural forms.")))
        elif (entry.msgctxt, entry.msgid) in seen:
            message = _("This text stands at line %(line)d already.") % {"line": seen[entry.msgctxt, entry.msgid]}
            faults.append(Fault(line, message))
        else:
            seen[entry.msgctxt, entry.msgid] = line
            messages.append(_message_of(entry))
    catalogue = Catalogue(
        course=po.metadata.get(_COURSE, ""),
        source_language=po.metadata.get(_SOURCE_LANGUAGE, ""),
        language=po.metadata.get(_LANGUAGE, ""),
        messages=messages,
    )
    return catalogue, faults


def _parsed(path: Path) -> polib.POFile:
    """Return a PO file as polib reads it. Raises CatalogueError where it is none."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _refusal(_("This file is too long (over %(size)s bytes).") % {"size": MAX_BYTES})
        _refuse_loose_syntax(path.read_bytes().decode("utf-8"))
        return polib.pofile(str(path), encoding="utf-8", wrapwidth=_WIDTH)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise _refusal(_("This file is not written in UTF-8."), line) from error
    except (OSError, ValueError, IndexError) as error:  # polib says so of what it cannot parse
        found = _LINE.search(str(error))
        reason = (found[2] if found and found[2] else "") or _("wrong syntax")
        message = _("This is no PO file: %(reason)s.") % {"reason": reason}
        raise _refusal(message, int(found[1]) if found else 1) from error


def _message_of(entry: polib.POEntry) -> Message:
    return Message(
        context=entry.msgctxt or "",
        source=entry.msgid,
        translation=entry.msgstr,
        fuzzy="fuzzy" in entry.flags,
        previous=entry.previous_msgid or "",
        obsolete=bool(entry.obsolete),
        notes=entry.comment,
        where=entry.occurrences[0][0] if entry.occurrences else "",
        remarks=entry.tcomment,
        line=entry.linenum or 1,
    )


def _refuse_loose_syntax(text: str) -> None:
    """Raise CatalogueError for lines that polib would make something of and gettext's programs would not."""
    for number, line in enumerate(text.split("\n"), 1):
        if not _SYNTAX.fullmatch(line.rstrip("\r")):
            raise _refusal(_("This is no PO file: %(reason)s.") % {"reason": _("wrong syntax")}, number)


def _refusal(message: str, line: int = 1) -> CatalogueError:
    return CatalogueError([Fault(line, message)])
