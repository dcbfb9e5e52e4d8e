"""How much time a learner takes in quizzes with a time limit: told by themselves."""

import datetime as dt
from fractions import Fraction

from django.db import transaction

from openmuseums.learners.models import Learner
from openmuseums.learners.recording import locked_record
from quizzes.models import ExtraTime


@transaction.atomic
def set_extra_time(*, learner: Learner, factor: str, now: dt.datetime) -> None:
    """Have attempts that are begun from now on last longer; the time of one that is open stays.

    factor: one of `ExtraTime.Factor`, or empty for the time that a quiz allows.
    Raises ValueError for another, RecordGoneError where the record stands no longer.
    """
    if factor and factor not in ExtraTime.Factor.values:
        raise ValueError(factor)
    locked = locked_record(learner, now)
    if factor:
        ExtraTime.objects.update_or_create(learner=locked, defaults={"factor": factor})
    else:
        ExtraTime.objects.filter(learner=locked).delete()


def factor_of(learner: Learner) -> Fraction | None:
    """Return how many times as long as a quiz allows a learner takes: 1 where they said nothing, None for no limit."""
    found = ExtraTime.objects.filter(learner=learner).first()
    return found.times if found else Fraction(1)
