"""What a file for translators holds, whatever its format."""

import hashlib
import re
from dataclasses import dataclass, field

_DIGEST = re.compile(r"Digest: ([0-9a-f]{12})")


@dataclass
class Entry:
    """A text and its translation. `context` and `source` name it; an empty `translation` says that there is none yet.

    previous_source, previous_translation: the text that it took the place of, and how that was translated. notes: what
    translators are told, a line each. where: the path of its page. limit: in characters, without markup. digest: of the
    translation when the file was written, which a file that was read may say. line: in the file, from 1.
    """

    context: str
    source: str
    translation: str = ""
    is_fuzzy: bool = False
    previous_source: str = ""
    previous_translation: str = ""
    notes: tuple[str, ...] = ()
    where: str = ""
    limit: int | None = None
    digest: str = ""
    line: int = 1

    @property
    def name(self) -> tuple[str, str]:
        """Return what the entry is found by."""
        return self.context, self.source

    @property
    def page_key(self) -> str:
        """Return the translation key of its page."""
        return self.context.partition(":")[0]

    @property
    def path(self) -> str:
        """Return its content path."""
        return self.context.partition(":")[2]


@dataclass(frozen=True)
class PageNote:
    """What is told of a page: its title and its address."""

    title: str
    address: str


@dataclass(frozen=True, order=True)
class FileFault:
    """Something in a file that cannot be read, and the line it stands in, from 1."""

    line: int
    message: str


@dataclass
class Bundle:
    """The texts of a course in one language. `course` is the translation key of its first page.

    Where a program has left out what stands at the head of a file, `course` and `language` are empty. pages: by their
    keys. faults: what could not be read; `is_whole` is False where the rest of the file could not be read either.
    is_respelt: whether the format spells markup anew, so that texts are to be compared as `inline.respelt` writes them.
    """

    course: str = ""
    source_language: str = ""
    language: str = ""
    entries: list[Entry] = field(default_factory=list)
    pages: dict[str, PageNote] = field(default_factory=dict)
    faults: list[FileFault] = field(default_factory=list)
    is_whole: bool = True
    is_respelt: bool = False


def digest_of_text(text: str, *, is_fuzzy: bool) -> str:
    """Return the digest of a translation as it stands in a file; twelve letters tell any two apart."""
    return hashlib.sha256(f"{'?' if is_fuzzy else '='}{text}".encode()).hexdigest()[:12]


def digest_line(digest: str) -> str:
    """Return the note that carries a digest where a format has no better place for it."""
    return f"Digest: {digest}"


def digest_in(notes: str) -> str:
    """Return the digest that stands in a note, or an empty text."""
    found = _DIGEST.search(notes)
    return found[1] if found else ""
