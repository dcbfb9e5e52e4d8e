"""What a file with translations would do, entry by entry."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from openmuseums.translation.bundles.exporting import Kept


class Reason(StrEnum):
    """Why something of a file is not taken, or what is remarked on it. These words are part of the answer in JSON."""

    UNREADABLE = "unreadable"
    OTHER_COURSE = "other-course"
    OTHER_LANGUAGE = "other-language"
    OTHER_SOURCE_LANGUAGE = "other-source-language"
    NO_LANGUAGE = "no-language"
    UNKNOWN_CONTEXT = "unknown-context"
    SOURCE_CHANGED = "source-changed"
    FUZZY = "fuzzy"
    UNFIT = "unfit"
    CONFLICT = "conflict"
    WAITING = "waiting"
    EMPTIED = "emptied"
    CHANGED_HERE = "changed-here"
    TERM = "term"
    CAPTIONS = "captions"


_WHOLE = {Reason.OTHER_COURSE, Reason.OTHER_LANGUAGE, Reason.OTHER_SOURCE_LANGUAGE}


@dataclass(frozen=True)
class Finding:
    """Something to tell of a file. line: in the file, from 1. reason: one word; message: a sentence of it.

    context, source, translation: of the entry, where it is about one. here: what the site holds instead.
    """

    line: int
    reason: Reason
    message: str
    context: str = ""
    source: str = ""
    translation: str = ""
    here: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return it for programs."""
        return {
            "line": self.line,
            "reason": str(self.reason),
            "message": self.message,
            "context": self.context,
            "source": self.source,
            "translation": self.translation,
            "here": self.here,
        }


@dataclass(frozen=True)
class Write:
    """A translation to keep. name: by path and text of the source. before: what the site held when it was planned."""

    page_key: str
    name: tuple[str, str]
    text: str
    before: Kept
    line: int
    is_address: bool = False


@dataclass(frozen=True)
class CaptionsWrite:
    """Captions to keep. path: the content path of the field. before: the number of the document there was, if any."""

    page_key: str
    path: str
    file: str
    data: bytes = field(repr=False)
    before: int | None = None


@dataclass(frozen=True)
class Drafted:
    """A wholly translated page: a draft of it was made, or `why` says why not. title: in the source's language."""

    page_key: str
    title: str
    why: str = ""

    def as_json(self) -> dict[str, str]:
        """Return it for programs."""
        return {"page": self.page_key, "title": self.title, **({"message": self.why} if self.why else {})}


@dataclass
class Plan:
    """What a file would do. refused: what is not taken; remarks: what is only told. Both in the order of the file.

    unchanged: entries that say what the site holds already. is_taken: whether it was done. pages: how many it touches.
    drafts: of pages that are whole, where drafts were asked for; drafts_left: how many more of them there are to make.
    """

    file: str
    course: str
    language: str
    writes: list[Write] = field(default_factory=list)
    captions: list[CaptionsWrite] = field(default_factory=list)
    refused: list[Finding] = field(default_factory=list)
    remarks: list[Finding] = field(default_factory=list)
    unchanged: int = 0
    is_taken: bool = False
    drafts: list[Drafted] = field(default_factory=list)
    drafts_left: int = 0

    @property
    def pages(self) -> int:
        """Return how many pages it touches."""
        return len({write.page_key for write in self.writes} | {write.page_key for write in self.captions})

    @property
    def has_good_part(self) -> bool:
        """Return whether there is anything to take, or to make drafts from: texts that are as they are here count."""
        return bool(self.writes or self.captions or self.unchanged)

    @property
    def drafts_made(self) -> list[Drafted]:
        """Return the pages of which a draft was made."""
        return [drafted for drafted in self.drafts if not drafted.why]

    @property
    def drafts_not_made(self) -> list[Drafted]:
        """Return the pages that are whole and of which none could be made."""
        return [drafted for drafted in self.drafts if drafted.why]

    @property
    def is_refused_whole(self) -> bool:
        """Return whether the file is of something else, so that nothing of it was looked at."""
        return any(finding.reason in _WHOLE for finding in self.refused)

    @property
    def conflicts(self) -> int:
        """Return how many texts somebody else has changed meanwhile."""
        return sum(1 for finding in self.refused if finding.reason is Reason.CONFLICT)

    def tidy(self) -> None:
        """Put what is told in the order of the file."""
        self.refused.sort(key=lambda finding: finding.line)
        self.remarks.sort(key=lambda finding: finding.line)

    def summary(self) -> list[str]:
        """Return the numbers in sentences."""
        texts, films = len(self.writes), len(self.captions)
        lines = []
        if self.is_taken:
            told = ngettext("%(count)d translation was kept.", "%(count)d translations were kept.", texts)
        else:
            told = ngettext("%(count)d translation is new.", "%(count)d translations are new.", texts)
        lines.append(told % {"count": texts} if texts else str(_("No translation is new.")))
        if films:
            told = ngettext("%(count)d file with captions is new.", "%(count)d files with captions are new.", films)
            lines.append(told % {"count": films})
        if self.unchanged:
            told = ngettext("%(count)d text is as it is here.", "%(count)d texts are as they are here.", self.unchanged)
            lines.append(told % {"count": self.unchanged})
        if self.refused:
            told = ngettext("%(count)d entry is not taken.", "%(count)d entries are not taken.", len(self.refused))
            lines.append(told % {"count": len(self.refused)})
        made = len(self.drafts_made)
        if made:
            told = ngettext("%(count)d draft was made.", "%(count)d drafts were made.", made)
            lines.append(told % {"count": made})
        if self.drafts_left:
            told = ngettext(
                "%(count)d more page is whole. Send the file again to have its draft made.",
                "%(count)d more pages are whole. Send the file again to have their drafts made.",
                self.drafts_left,
            )
            lines.append(told % {"count": self.drafts_left})
        return lines

    def as_json(self) -> dict[str, Any]:
        """Return it for programs; these names stay."""
        return {
            "file": self.file,
            "course": self.course,
            "language": self.language,
            "taken": self.is_taken,
            "written": len(self.writes),
            "captions": len(self.captions),
            "pages": self.pages,
            "unchanged": self.unchanged,
            "drafts": [drafted.as_json() for drafted in self.drafts_made],
            "not_drafted": [drafted.as_json() for drafted in self.drafts_not_made],
            "refused": [finding.as_json() for finding in self.refused],
            "remarks": [finding.as_json() for finding in self.remarks],
        }
