"""What a record holds, in counts: for the person who is to decide what becomes of it."""

import datetime as dt
from dataclasses import dataclass

from openmuseums.learners.holdings import unfinished_of
from openmuseums.learners.models import Learner
from openmuseums.learners.outline import OutlineItem, get_outline
from openmuseums.learners.projection import Record, stored_record
from openmuseums.learners.reading import is_page_read


@dataclass(frozen=True)
class Counts:
    """How much a record holds, and since when."""

    since: dt.datetime
    units_read: int
    questions_answered: int
    attempts_finished: int
    attempts_open: int
    units_begun: int = 0

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was read, answered or begun yet."""
        read = self.units_read or self.units_begun
        return not (read or self.questions_answered or self.attempts_finished or self.attempts_open)


def counts_of(learner: Learner) -> Counts:
    """Return what a record holds, in one query and those of what other apps keep."""
    record = stored_record(learner)
    outline = get_outline()
    return Counts(
        since=learner.started_at,
        units_read=len(record.units),
        units_begun=sum(_is_begun(unit, record) for unit in outline.units) if outline else 0,
        questions_answered=len(record.answers),
        attempts_finished=sum(quiz.attempts for quiz in record.quizzes.values()),
        attempts_open=unfinished_of(learner),
    )


def _is_begun(unit: OutlineItem, record: Record) -> bool:
    """Return whether one of the two pages of a unit is read and the other is not."""
    pages = unit.page_keys
    return unit.page_key not in record.units and any(is_page_read(pages, key, record) for key in pages)
