"""The course of an attempt: started, answered, handed in. Each step is one transaction."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from openmuseums.learners.models import Learner, RecordGoneError
from openmuseums.learners.recording import locked_record
from quizzes.blocks.registry import block_of
from quizzes.models import Answer, Attempt, GivenValue, QuizPage
from quizzes.questions.registry import fault_of, read
from quizzes.results import grade_attempt
from quizzes.scoring import Given, Parts, Question
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
    attempts = Attempt.objects.filter(learner=learner, quiz_key=quiz_key, is_practice=False)
    open_attempt = attempts.filter(submitted_at__isnull=True).first()
    if open_attempt is not None:
        return open_attempt
    version = newest_version(quiz_key)
    if version is None or not version.structure or not is_offered(quiz_key):
        raise NotOfferedError
    last = attempts.aggregate(last=models.Max("number"))["last"] or 0
    return Attempt.objects.create(
        learner=learner,
        quiz_key=quiz_key,
        version=version,
        number=last + 1,
        asked=[question.id for question in version.questions],
        started_at=now,
    )


def is_offered(quiz_key: UUID) -> bool:
    """Return whether the quiz is live in any language."""
    return QuizPage.objects.live().filter(translation_key=quiz_key).exists()


@transaction.atomic
def save_answers(*, attempt: Attempt, responses: Mapping[str, Parts], language: str, now: dt.datetime) -> None:
    """Save what was answered, question by question, as it was given; an empty answer makes a question open again.

    responses: values by part, by question id; questions that are not in it stay as they are. language: the one they
    were read in.
    Raises AnswersRefusedError, and saves nothing, where a question is not of the attempt or an answer does not fit its
    kind; raises AlreadyHandedInError after the attempt was handed in, RecordGoneError after it was erased.
    """
    # A visitor's record before the attempt, as everywhere: whoever locks both does it in this order.
    attempt.learner.put_off(now)
    attempts = Attempt.objects.select_for_update(no_key=True, of=("self",)).select_related("version")
    locked = attempts.filter(pk=attempt.pk).first()
    if locked is None:
        raise RecordGoneError
    if locked.submitted_at is not None:
        raise AlreadyHandedInError
    questions = {question.id: question for question in locked.answerable}
    given = {
        question_id: Given(read(questions[question_id], parts) if question_id in questions else parts, language)
        for question_id, parts in responses.items()
    }
    faults = faults_of(questions, given)
    if faults:
        raise AnswersRefusedError(faults)
    _replace(locked, {question_id: (questions[question_id], answer) for question_id, answer in given.items()}, now)


def faults_of(questions: Mapping[str, Question], given: Mapping[str, Given]) -> dict[str, str]:
    """Return a message by question id for whatever cannot be kept as an answer. questions: those asked, by id."""
    faults = {}
    for question_id, answer in given.items():
        question = questions.get(question_id)
        if question is None:
            faults[question_id] = _("This question is not part of the quiz.")
        elif code := fault_of(question, answer):
            faults[question_id] = str(block_of(question.kind).fault_messages[code])
    return faults


def _replace(attempt: Attempt, given: Mapping[str, tuple[Question, Given]], now: dt.datetime) -> None:
    Answer.objects.filter(attempt=attempt, question_id__in=given).delete()
    answers = Answer.objects.bulk_create(
        Answer(
            attempt=attempt,
            page_key=question.page or attempt.quiz_key,
            question_id=question.id,
            language=answer.language,
            saved_at=now,
        )
        for question, answer in given.values()
        if not answer.is_empty
    )
    GivenValue.objects.bulk_create(
        GivenValue(answer=answer, part=part, position=position, value=value)
        for answer in answers
        for part, values in given[answer.question_id][1].parts.items()
        for position, value in enumerate(values)
    )


@transaction.atomic
def submit_attempt(*, attempt_id: UUID, learner: Learner, now: dt.datetime, key: UUID | None = None) -> Attempt:
    """Hand an attempt in: score it from its saved answers and record what the learner did. Returns the scored attempt.

    An attempt can be handed in once. Its row is locked, so a double click, a retry after a timeout or another tab finds
    it handed in and gets the same result, whatever key it comes with; nothing is scored or recorded twice. key: made up
    for this submission by the page it was sent from, kept to tell a retry from another tab.
    Raises Attempt.DoesNotExist where the learner has no such attempt, RecordGoneError where the record is gone.
    """
    locked = locked_record(learner, now)
    attempt = (
        Attempt.objects.select_for_update(no_key=True, of=("self",))
        .select_related("version", "result")
        .get(pk=attempt_id, learner=learner)
    )
    if attempt.submitted_at is None:
        grade_attempt(attempt=attempt, given=given_in(attempt), learner=locked, key=key, now=now)
    return attempt


def given_in(attempt: Attempt, questions: Collection[str] | None = None) -> dict[str, Given]:
    """Return the saved answers by question id; open questions are left out. questions: ids, to read only some."""
    rows = GivenValue.objects.filter(answer__attempt=attempt).order_by("answer__question_id", "part", "position")
    if questions is not None:
        rows = rows.filter(answer__question_id__in=questions)
    parts: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    languages = {}
    for question_id, language, part, value in rows.values_list(
        "answer__question_id", "answer__language", "part", "value"
    ):
        parts[question_id][part].append(value)
        languages[question_id] = language
    return {
        question_id: Given({part: tuple(values) for part, values in found.items()}, languages[question_id])
        for question_id, found in parts.items()
    }
