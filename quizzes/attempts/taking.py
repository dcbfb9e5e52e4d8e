"""The course of an attempt: started, answered, handed in. Each step is one transaction."""

import datetime as dt
import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from openmuseums.learners.models import Learner, RecordGoneError
from openmuseums.learners.recording import locked_record
from quizzes.attempts.extra_time import factor_of
from quizzes.attempts.results import grade_attempt
from quizzes.blocks.registry import block_of
from quizzes.models import Answer, Attempt, GivenValue, QuizPage
from quizzes.questions.registry import fault_of, is_complete, read
from quizzes.running.drawing import draw
from quizzes.running.terms import Hindrance, Terms, due_at
from quizzes.scoring import NOTHING, Given, Parts, Question
from quizzes.versions.freezing import newest_version


class NotOfferedError(Exception):
    """Raised where a quiz is not published, or not any longer."""


class CannotBeginError(Exception):
    """Raised where a quiz cannot be begun now; `hindrance` says why."""

    def __init__(self, hindrance: Hindrance) -> None:
        self.hindrance = hindrance
        super().__init__(hindrance.reason)


class AlreadyHandedInError(Exception):
    """Raised where answers come after the attempt was handed in."""


class TimeIsUpError(Exception):
    """Raised where answers come after the time of an attempt was up, grace and all."""


class AnswersRefusedError(ValueError):
    """Raised where answers do not fit the questions that were asked; `faults` holds a message by question id."""

    def __init__(self, faults: dict[str, str]) -> None:
        self.faults = faults
        super().__init__("; ".join(f"{question_id}: {message}" for question_id, message in faults.items()))


@transaction.atomic
def start_attempt(*, learner: Learner, quiz_key: UUID, now: dt.datetime, is_practice: bool = False) -> Attempt:
    """Return the learner's open attempt at a quiz; where there is none, begin one with the newest version.

    An open one whose time is up is handed in and returned so. A practice run takes the place of the one before, which
    goes; time limits, waiting and the number of attempts do not touch it, the quiz's dates do.
    The learner's row is locked, so that of two requests the second finds what the first began. A constraint of the
    database (one open attempt a learner and quiz) stands behind it.
    Raises NotOfferedError where the quiz, or practising it, is not offered, CannotBeginError where it cannot be begun
    now, RecordGoneError where the record stands no longer.
    """
    locked = locked_record(learner, now)
    attempts = Attempt.objects.filter(learner=learner, quiz_key=quiz_key, is_practice=is_practice)
    open_attempt = attempts.filter(submitted_at__isnull=True).select_related("version").first()
    if open_attempt is not None:
        return hand_in(open_attempt.pk, learner=locked, now=now) if open_attempt.is_over(now) else open_attempt
    page = QuizPage.offered(quiz_key)
    version = newest_version(quiz_key)
    if page is None or version is None or not version.structure or (is_practice and not page.allows_practice):
        raise NotOfferedError
    earlier = dict(attempts.values_list("number", "submitted_at"))
    _check_terms(page.terms, [] if is_practice else earlier.values(), now)
    if is_practice:
        attempts.delete()
    rules, seed = version.how, secrets.token_hex(16)
    until = None
    if not is_practice:
        factor = factor_of(learner) if rules.minutes_allowed is not None else None
        until = due_at(now, minutes=rules.minutes_allowed, factor=factor, closes_at=page.closes_at)
    return Attempt.objects.create(
        learner=learner,
        quiz_key=quiz_key,
        version=version,
        number=max(earlier, default=0) + 1,
        is_practice=is_practice,
        seed=seed,
        asked=draw(
            version.questions,
            rules.draws,
            seed=seed,
            shuffles=rules.shuffles_questions,
            each_facet=rules.draws_each_facet or 0,
        ),
        started_at=now,
        due_at=until,
    )


def _check_terms(terms: Terms, handed_in: Iterable[dt.datetime | None], now: dt.datetime) -> None:
    hindrance = terms.hindrance([at for at in handed_in if at is not None], now)
    if hindrance is not None:
        raise CannotBeginError(hindrance)


@transaction.atomic
def save_answers(
    *,
    attempt: Attempt,
    responses: Mapping[str, Parts],
    language: str,
    now: dt.datetime,
    settles: Collection[str] = (),
) -> None:
    """Save what was answered, question by question, as it was given; an empty answer makes a question open again.

    responses: values by part, by question id; questions that are not in it stay as they are. language: the one they
    were read in. settles: ids of questions whose answers are to be explained now, after which they stand.
    Raises AnswersRefusedError, and saves nothing, where a question is not of the attempt, an answer does not fit its
    kind, or has been explained; raises TimeIsUpError after the time was up, AlreadyHandedInError after the attempt was
    handed in, RecordGoneError after it was erased.
    """
    # A visitor's record before the attempt, as everywhere: whoever locks both does it in this order.
    attempt.learner.put_off(now)
    attempts = Attempt.objects.select_for_update(no_key=True, of=("self",)).select_related("version")
    locked = attempts.filter(pk=attempt.pk).first()
    if locked is None:
        raise RecordGoneError
    if locked.submitted_at is not None:
        raise AlreadyHandedInError
    if locked.is_over(now):
        raise TimeIsUpError
    questions = {question.id: question for question in locked.answerable}
    given = {
        question_id: Given(read(questions[question_id], parts) if question_id in questions else parts, language)
        for question_id, parts in responses.items()
    }
    standing = _standing(locked, {*given, *settles})
    given = {key: answer for key, answer in given.items() if key not in standing or standing[key].parts != answer.parts}
    faults = {
        **faults_of(questions, given),
        **_faults_of_settling(locked, questions, given, set(settles) - standing.keys()),
        **{key: _("The answer has been explained, so it stands.") for key in given.keys() & standing.keys()},
    }
    if faults:
        raise AnswersRefusedError(faults)
    _replace(locked, {question_id: (questions[question_id], answer) for question_id, answer in given.items()}, now)
    if settles:
        locked.answers.filter(question_id__in=settles, settled_at__isnull=True).update(settled_at=now)


def settled_in(attempt: Attempt) -> set[str]:
    """Return the ids of the questions whose answers have been explained and stand; no query where that cannot be."""
    if not attempt.explains_at_once:
        return set()
    return set(attempt.answers.filter(settled_at__isnull=False).values_list("question_id", flat=True))


def _standing(attempt: Attempt, questions: Collection[str]) -> dict[str, Given]:
    settled = settled_in(attempt) & set(questions)
    return given_in(attempt, settled) if settled else {}


def _faults_of_settling(
    attempt: Attempt, questions: Mapping[str, Question], given: Mapping[str, Given], settles: Collection[str]
) -> dict[str, str]:
    if not settles:
        return {}
    if not attempt.explains_at_once:
        return dict.fromkeys(settles, _("The answers of this quiz are not explained before you hand it in."))
    answers = {**given_in(attempt, settles), **given}
    return {
        question_id: _("Answer the whole question before you check it.")
        for question_id in settles
        if question_id not in questions or not is_complete(questions[question_id], answers.get(question_id, NOTHING))
    }


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
def submit_attempt(
    *, attempt_id: UUID, learner: Learner | QuerySet[Learner], now: dt.datetime, key: UUID | None = None
) -> Attempt:
    """Hand an attempt in: score it from its saved answers and record what the learner did. Returns the scored attempt.

    An attempt can be handed in once. Its row is locked, so a double click, a retry after a timeout or another tab finds
    it handed in and gets the same result, whatever key it comes with; nothing is scored or recorded twice. key: made up
    for this submission by the page it was sent from, kept to tell a retry from another tab. learner: see
    `locked_record`.
    Raises Attempt.DoesNotExist where the learner has no such attempt, RecordGoneError where the record is gone.
    """
    return hand_in(attempt_id, learner=locked_record(learner, now), now=now, key=key)


def hand_in(attempt_id: UUID, *, learner: Learner, now: dt.datetime, key: UUID | None = None) -> Attempt:
    """Do as `submit_attempt` for a record that the caller has locked; the clock does so when the time is up.

    Where the time was up before, that is when the attempt was handed in.
    """
    attempt = (
        Attempt.objects.select_for_update(no_key=True, of=("self",))
        .select_related("version", "result")
        .get(pk=attempt_id, learner=learner)
    )
    if attempt.submitted_at is None:
        at = attempt.due_at if attempt.is_over(now) else None
        grade_attempt(attempt=attempt, given=given_in(attempt), learner=learner, key=key, now=now, handed_in_at=at)
    return attempt


def given_in(attempt: Attempt, questions: Collection[str] | None = None) -> dict[str, Given]:
    """Return the saved answers by question id; open questions are left out. questions: ids, to read only some."""
    return given_in_many([attempt.pk], questions).get(attempt.pk, {})


def given_in_many(attempts: Collection[UUID], questions: Collection[str] | None = None) -> dict[UUID, dict[str, Given]]:
    """Return the same for several attempts, by their ids, in one query."""
    rows = GivenValue.objects.filter(answer__attempt__in=attempts).order_by("answer__question_id", "part", "position")
    if questions is not None:
        rows = rows.filter(answer__question_id__in=questions)
    parts: defaultdict[tuple[UUID, str], defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    languages = {}
    for attempt, question_id, language, part, value in rows.values_list(
        "answer__attempt", "answer__question_id", "answer__language", "part", "value"
    ):
        parts[attempt, question_id][part].append(value)
        languages[attempt, question_id] = language
    found: dict[UUID, dict[str, Given]] = {}
    for (attempt, question_id), values in parts.items():
        given = Given({part: tuple(each) for part, each in values.items()}, languages[attempt, question_id])
        found.setdefault(attempt, {})[question_id] = given
    return found
