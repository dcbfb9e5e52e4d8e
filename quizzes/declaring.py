"""What attempts at quizzes keep of people, told to the registry of privacy."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from openmuseums.privacy.registry import Basis, Declaration, Subject, declare
from quizzes.models import Attempt, ChosenOption


def _attempts(subject: Subject) -> Iterable[Mapping[str, Any]]:
    """Return each attempt with its answers: ids of the chosen options by id of the question."""
    if subject.record_id is None:
        return []
    rows: dict[Any, dict[str, Any]] = {
        row["id"]: {**row, "answers": {}}
        for row in Attempt.objects.filter(learner=subject.record_id)
        .order_by("started_at", "number")
        .values("id", "quiz_key", "number", "started_at", "submitted_at", "points", "points_possible", "passed")
    }
    chosen = ChosenOption.objects.filter(answer__attempt__in=rows).order_by("pk")
    for attempt, question, option in chosen.values_list("answer__attempt", "answer__question_id", "choice_id"):
        rows[attempt]["answers"].setdefault(question, []).append(option)
    return rows.values()


def _erase(subject: Subject, now: dt.datetime) -> None:
    if subject.record_id is not None:
        Attempt.objects.filter(learner=subject.record_id).delete()


def declare_attempts() -> None:
    """Declare attempts, with the answers that were given in them."""
    declare(
        Declaration(
            model="quizzes.Attempt",
            title=_("Attempts at quizzes"),
            purpose=_("Saves your answers as you go, and shows you your results."),
            basis=Basis.CONTRACT,
            retention=_("As long as the account. Without an account: thirty days after it last saved something."),
            export=_attempts,
            erase=_erase,
            parts=("quizzes.Answer", "quizzes.ChosenOption"),
            labels={"answers": _("Answers")},
        )
    )
