"""The course of an attempt: started, answered, handed in. Each step is one transaction."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from openmuseums.learners.models import Learner, RecordGoneError
from openmuseums.learners.recording import locked_record, record_quiz_finished
from quizzes.models import Answer, Attempt, ChosenOption, QuizPage
from quizzes.questions.registry import GRADERS, accepts
from quizzes.scoring import Score, score
from quizzes.versions import newest_version


class NotOfferedError(Exception):
    """Raised where a quiz is not published, or not any longer."""


class AlreadyHandedInError(Exception):
    """Raised where answers come after the attempt was handed in."""


class AnswersRefusedError(ValueError):
    """Raised where answers do not fit the questions that were asked; `faults` holds a message by question id."""

    def __init__(self, faults: dict[str, str]) -> None:
        self.faults = faults
        super().__init__("; ".join(f"{question_id}: {message}" for question_id, message in faults.items()))


@transaction.atomic
def start_attempt(*, learner: Learner, quiz_key: UUID, now: dt.datetime) -> Attempt:
    """Return the learner's open attempt at a quiz; where there is none, begin one with the newest version.

    The learner's row is locked, so that of two requests the second finds what the first began. A constraint of the
    database (one open attempt a learner and quiz) stands behind it.
    Raises NotOfferedError where the quiz is not published, RecordGoneError where the record stands no longer.
    """
    locked_record(learner, now)
    attempts = Attempt.objects.filter(learner=learner, quiz_key=quiz_key)
    open_attempt = attempts.filter(submitted_at__isnull=True).first()
    if open_attempt is not None:
        return open_attempt
    version = newest_version(quiz_key)
    if version is None or not version.structure or not is_offered(quiz_key):
        raise NotOfferedError
    last = attempts.aggregate(last=models.Max("number"))["last"] or 0
    return Attempt.objects.create(learner=learner, quiz_key=quiz_key, version=version, number=last + 1, started_at=now)


def is_offered(quiz_key: UUID) -> bool:
    """Return whether the quiz is live in any language."""
    return QuizPage.objects.live().filter(translation_key=quiz_key).exists()


@transaction.atomic
def save_answers(*, attempt: Attempt, responses: Mapping[str, Sequence[str]], language: str, now: dt.datetime) -> None:
    """Save what was chosen, question by question; a question without choices becomes open again.

    responses: ids of choices by question id; questions that are not in it stay as they are. language: the one they were
    read in.
    Raises AnswersRefusedError, and saves nothing, where an id is not of the attempt's version or the choices do not fit
    the kind of question; raises AlreadyHandedInError after the attempt was handed in, RecordGoneError after it was
    erased.
    """
    # A visitor's record before the attempt, as everywhere: whoever locks both does it in this order.
    attempt.learner.put_off(now)
    attempts = Attempt.objects.select_for_update(no_key=True, of=("self",)).select_related("version")
    locked = attempts.filter(pk=attempt.pk).first()
    if locked is None:
        raise RecordGoneError
    if locked.submitted_at is not None:
        raise AlreadyHandedInError
    faults = faults_of(locked, responses)
    if faults:
        raise AnswersRefusedError(faults)
    Answer.objects.filter(attempt=locked, question_id__in=responses).delete()
    answers = Answer.objects.bulk_create(
        Answer(attempt=locked, question_id=question_id, language=language, saved_at=now)
        for question_id, chosen in responses.items()
        if chosen
    )
    ChosenOption.objects.bulk_create(
        ChosenOption(answer=answer, choice_id=choice_id)
        for answer in answers
        for choice_id in dict.fromkeys(responses[answer.question_id])
    )


def faults_of(attempt: Attempt, responses: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return a message by question id for whatever does not fit the version of the attempt."""
    questions = {question.id: question for question in attempt.version.questions}
    faults = {}
    for question_id, chosen in responses.items():
        question = questions.get(question_id)
        if question is None:
            faults[question_id] = _("This question is not part of the quiz.")
        elif not set(chosen) <= question.choice_ids:
            faults[question_id] = _("One of the choices does not belong to this question. Choose again.")
        elif chosen and not accepts(question, chosen):
            faults[question_id] = _("Choose one answer only.")
    return faults


@transaction.atomic
def submit_attempt(*, attempt_id: UUID, learner: Learner, now: dt.datetime) -> Attempt:
    """Hand an attempt in: score it from its saved answers and record what the learner did. Returns the scored attempt.

    The id of the attempt is the idempotency key: it stands in the address that the form is sent to, and an attempt can
    be handed in once. Its row is locked, so a double click, a retry after a timeout or another tab finds it handed in
    and gets the same result; nothing is scored or recorded twice.
    Raises Attempt.DoesNotExist where the learner has no such attempt, RecordGoneError where the record is gone.
    """
    locked = locked_record(learner, now)
    attempt = (
        Attempt.objects.select_for_update(no_key=True, of=("self",))
        .select_related("version")
        .get(pk=attempt_id, learner=learner)
    )
    if attempt.submitted_at is not None:
        return attempt
    chosen = chosen_in(attempt)
    result = score_of(attempt, chosen)
    attempt.submitted_at = now
    attempt.points, attempt.points_possible, attempt.passed = result.points, result.points_possible, result.passed
    attempt.save(update_fields=["submitted_at", "points", "points_possible", "passed"])
    answered = {question_id: right for question_id, right in result.right.items() if question_id in chosen}
    record_quiz_finished(
        learner=locked,
        is_locked=True,
        page_key=attempt.quiz_key,
        points=result.points,
        points_possible=result.points_possible,
        passed=result.passed,
        now=now,
        answers=answered,
    )
    return attempt


def chosen_in(attempt: Attempt) -> dict[str, list[str]]:
    """Return the ids of the choices that are saved, by question id; open questions are left out."""
    chosen: defaultdict[str, list[str]] = defaultdict(list)
    rows = ChosenOption.objects.filter(answer__attempt=attempt).order_by("id")
    for question_id, choice_id in rows.values_list("answer__question_id", "choice_id"):
        chosen[question_id].append(choice_id)
    return dict(chosen)


def score_of(attempt: Attempt, chosen: Mapping[str, Sequence[str]]) -> Score:
    """Return what choices are worth against the version that was asked."""
    return score(attempt.version.questions, chosen, graders=GRADERS, pass_mark=attempt.version.pass_mark)
