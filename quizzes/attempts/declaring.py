"""What attempts at quizzes keep of people, told to the registry of privacy."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from openmuseums.privacy.registry import Basis, Declaration, Subject, declare
from quizzes.models import Attempt, ExtraTime, GivenValue, Result


def _attempts(subject: Subject) -> Iterable[Mapping[str, Any]]:
    """Return each attempt with its answers: ids of what was chosen, or texts, by id of the question."""
    if subject.record_id is None:
        return []
    columns = ("id", "quiz_key", "number", "is_practice", "started_at", "due_at", "submitted_at")
    attempts = Attempt.objects.filter(learner=subject.record_id).order_by("started_at", "number")
    rows: dict[Any, dict[str, Any]] = {
        row["id"]: {**row, "answers": {}, "results": []} for row in attempts.values(*columns)
    }
    values = GivenValue.objects.filter(answer__attempt__in=rows).order_by("pk")
    for attempt, question, value in values.values_list("answer__attempt", "answer__question_id", "value"):
        rows[attempt]["answers"].setdefault(question, []).append(value)
    results = Result.objects.filter(attempt__in=rows).order_by("number")
    for row in results.values("attempt", "points", "points_possible", "passed", "graded_at", "reason"):
        rows[row["attempt"]]["results"].append({name: value for name, value in row.items() if name != "attempt"})
    return rows.values()


def _erase(subject: Subject, now: dt.datetime) -> None:
    if subject.record_id is not None:
        Attempt.objects.filter(learner=subject.record_id).delete()


def _extra_time(subject: Subject) -> Iterable[Mapping[str, Any]]:
    return ExtraTime.objects.filter(learner=subject.record_id).values("factor") if subject.record_id else []


def _erase_extra_time(subject: Subject, now: dt.datetime) -> None:
    if subject.record_id is not None:
        ExtraTime.objects.filter(learner=subject.record_id).delete()


def declare_attempts() -> None:
    """Declare attempts, with the answers that were given in them, and what people set for themselves."""
    declare(
        Declaration(
            model="quizzes.ExtraTime",
            title=_("Extra time in quizzes"),
            purpose=_("Gives you more time where a quiz has a time limit, as you have set it yourself."),
            basis=Basis.CONTRACT,
            retention=_("As long as the account. Without an account: thirty days after it last saved something."),
            export=_extra_time,
            erase=_erase_extra_time,
        )
    )
    declare(
        Declaration(
            model="quizzes.Attempt",
            title=_("Attempts at quizzes"),
            purpose=_("Saves your answers as you go, and shows you your results."),
            basis=Basis.CONTRACT,
            retention=_("As long as the account. Without an account: thirty days after it last saved something."),
            export=_attempts,
            erase=_erase,
            parts=("quizzes.Answer", "quizzes.GivenValue", "quizzes.Result"),
            labels={"answers": _("Answers"), "results": _("Results")},
        )
    )
