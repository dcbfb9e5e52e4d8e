"""What a file would do to a quiz: said before anything is done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import ngettext

from quizzes.exchanging.streams import Raw
from quizzes.exchanging.wording import place, told_fault, told_loss
from quizzes.formats.course_json import StoredPicture, StoredText
from quizzes.formats.items import Fault, Loss, Position


@dataclass
class Plan:
    """What becomes of a quiz if a file is taken.

    questions: the stream as it will be stored. fields: what the page will say besides. texts: translations by language.
    pictures: those that the questions name, by their keys. added, changed, same, unfinished: names of questions;
    unfinished are those that an editor must give a facet or topic before the quiz can be published.
    """

    questions: list[Raw] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)
    texts: Mapping[str, list[tuple[StoredText, Position]]] = field(default_factory=dict)
    pictures: dict[str, StoredPicture] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    is_read: bool = True

    @property
    def taken(self) -> int:
        """Return how many questions could be taken."""
        return len(self.added) + len(self.changed) + len(self.same)

    @property
    def is_whole(self) -> bool:
        """Return whether all of the file can be taken."""
        return self.is_read and not self.faults

    @property
    def has_good_part(self) -> bool:
        """Return whether there is anything to take if the rest is left out."""
        return self.is_read and self.taken > 0

    def fault(self, code: str, position: Position, /, **details: str) -> None:
        """Note something that is wrong."""
        self.faults.append(Fault(code, position, details))

    def lose(self, item: str, what: str, detail: str = "", position: Position | None = None) -> None:
        """Note once something that cannot be carried."""
        found = Loss(item, what, detail, position)
        if found not in self.losses:
            self.losses.append(found)

    def settle(self) -> "Plan":
        """Return it with its faults in their order; a file without questions has one."""
        if self.is_read and not self.faults and not self.taken:
            self.fault("no-questions", Position())
        self.faults.sort(key=lambda fault: fault.position)
        return self

    def summary(self) -> list[str]:
        """Return in sentences how many questions are new, changed, and as they were."""
        told = [
            ngettext("%(count)d question is new.", "%(count)d questions are new.", len(self.added))
            % {"count": len(self.added)},
            ngettext("%(count)d question is changed.", "%(count)d questions are changed.", len(self.changed))
            % {"count": len(self.changed)},
            ngettext("%(count)d question stays as it is.", "%(count)d questions stay as they are.", len(self.same))
            % {"count": len(self.same)},
        ]
        return [line for line, titles in zip(told, (self.added, self.changed, self.same), strict=True) if titles]

    def report(self) -> dict[str, Any]:
        """Return it as plain values that JSON can hold, with messages in the reader's language."""
        return {
            "added": self.added,
            "changed": self.changed,
            "same": self.same,
            "unfinished": self.unfinished,
            "errors": [
                {"code": fault.code, "message": told_fault(fault), **place(fault.position)} for fault in self.faults
            ],
            "losses": losses_report(self.losses),
        }


def losses_report(losses: list[Loss]) -> list[dict[str, Any]]:
    """Return losses as plain values that JSON can hold."""
    return [
        {
            "question": loss.item,
            "what": loss.what,
            "detail": loss.detail,
            "message": told_loss(loss),
            **place(loss.position),
        }
        for loss in losses
    ]


def in_order(before: list[Raw], after: Mapping[str, Raw]) -> list[Raw]:
    """Return a stream with the questions of a file in it.

    after: by id, in the file's order. Those that were there stand in their places, in the file's order; new ones follow
    at the end; what the file does not name stays where it is.
    """
    there = [child["id"] for child in before]
    known = iter([child for child_id, child in after.items() if child_id in there])
    new = [child for child_id, child in after.items() if child_id not in there]
    return [next(known) if child["id"] in after else child for child in before] + new
