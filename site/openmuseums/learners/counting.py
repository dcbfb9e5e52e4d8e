"""What a record holds, in counts: for the person who is to decide what becomes of it."""

import datetime as dt
from dataclasses import dataclass

from openmuseums.learners.holdings import unfinished_of
from openmuseums.learners.models import Learner
from openmuseums.learners.projection import stored_record


@dataclass(frozen=True)
class Counts:
    """How much a record holds, and since when."""

    since: dt.datetime
    units_read: int
    questions_answered: int
    attempts_finished: int
    attempts_open: int

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was read, answered or begun yet."""
        return not (self.units_read or self.questions_answered or self.attempts_finished or self.attempts_open)


def counts_of(learner: Learner) -> Counts:
    """Return what a record holds, in one query and those of what other apps keep."""
    record = stored_record(learner)
    return Counts(
        since=learner.started_at,
        units_read=len(record.units),
        questions_answered=len(record.answers),
        attempts_finished=sum(quiz.attempts for quiz in record.quizzes.values()),
        attempts_open=unfinished_of(learner),
    )
