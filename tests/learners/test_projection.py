import datetime as dt
import random
import uuid
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from openmuseums.learners.models import AnswerState, Event, Learner, QuizState, UnitState
from openmuseums.learners.outline import Outline, OutlineChapter, OutlineItem, OutlineQuestion
from openmuseums.learners.projection import QuizResult, Record, UnitRead, fold, rebuild, stored_record, stored_record_of
from openmuseums.learners.recording import (
    enrol,
    locked_record,
    mark_read,
    mark_unread,
    record_answers,
    record_quiz_finished,
    record_quiz_regraded,
)
from openmuseums.learners.standing import standing_of
from tests.factories import NOW, make_learner, make_user

pytestmark = pytest.mark.django_db

SEED = 20261102
LEARNERS = 200
ACTS = 12

QUESTIONS = ("q1", "q2", "q3")
UNITS = [uuid.UUID(int=number) for number in range(1, 7)]
QUIZZES = [uuid.UUID(int=number) for number in (11, 12)]


def small_outline() -> Outline:
    def step(key: uuid.UUID, facet: str) -> OutlineItem:
        return OutlineItem(
            key, "a-key", "A title", "/en/x/", 5, (facet,), tuple(OutlineQuestion(q, facet) for q in QUESTIONS)
        )

    chapters = tuple(
        OutlineChapter(
            uuid.UUID(int=100 + number),
            f"lesson-{number}",
            "A lesson",
            "/en/l/",
            number + 1,
            tuple(step(key, facet) for key, facet in zip(UNITS[number * 3 :][:3], ("use", "make", "use"), strict=True)),
            step(QUIZZES[number], "manage"),
        )
        for number in range(2)
    )
    return Outline(uuid.UUID(int=99), "The course", "/en/open-museums/", chapters)


def act(chance: random.Random, learner: Learner, now: dt.datetime) -> None:
    match chance.choice(["enrol", "read", "read", "unread", "check", "check", "quiz", "again"]):
        case "enrol":
            enrol(learner=learner, course_key=uuid.UUID(int=99), now=now)
        case "read":
            mark_read(learner=learner, page_key=chance.choice(UNITS), now=now)
        case "unread":
            mark_unread(learner=learner, page_key=chance.choice(UNITS), now=now)
        case "check":
            question = chance.choice(QUESTIONS)
            record_answers(
                learner=learner,
                page_key=chance.choice(UNITS),
                answers={question: chance.random() < 0.5},
                chosen={question: chance.sample(["a", "b", "c"], k=2)},
                now=now,
            )
        case "quiz":
            key, points = chance.choice(QUIZZES), chance.randint(0, 4)
            record_answers(
                learner=learner, page_key=key, answers={q: chance.random() < 0.5 for q in QUESTIONS}, now=now
            )
            record_quiz_finished(
                learner=learner, page_key=key, points=points, points_possible=4, passed=points >= 3, now=now
            )
        case "again":
            for key in learner.quizzes.values_list("quiz_key", flat=True):
                points = chance.randint(0, 4)
                with transaction.atomic():
                    record_quiz_regraded(
                        learner=locked_record(learner, now),
                        page_key=key,
                        points=points,
                        points_possible=4,
                        passed=chance.random() < 0.5,
                        now=now,
                    )


def test_stored_record_of_any_history_follows_from_its_events() -> None:
    chance = random.Random(SEED)  # noqa: S311 - the same histories each time
    outline = small_outline()
    seen_percentages = set()
    for _ in range(LEARNERS):
        learner = make_learner()
        for number in range(chance.randint(0, ACTS)):
            before = stored_record(learner)
            act(chance, learner, NOW + dt.timedelta(minutes=number))
            # Nothing but a mark taken back, and a quiz graded again, makes progress fall.
            after = stored_record(learner)
            last = learner.events.order_by("-id").first()
            if last is None or last.kind != Event.Kind.UNIT_UNREAD:
                assert before.units.keys() <= after.units.keys()
            assert all(after.answers[key].right for key, answered in before.answers.items() if answered.right)
            if last is None or last.kind != Event.Kind.QUIZ_REGRADED:
                assert all(
                    after.quizzes[key].passed_at == result.passed_at
                    for key, result in before.quizzes.items()
                    if result.passed_at
                )
        recomputed = fold(Record(), learner.events.order_by("id"))
        assert stored_record(learner) == recomputed
        standing = standing_of(outline, recomputed)
        assert standing == standing_of(outline, stored_record(learner))
        assert 0 <= standing.progress.percentage <= 100
        seen_percentages.add(standing.progress.percentage)
    assert rebuild(learners=list(Learner.objects.all()), write=False) == []
    # The histories are worth something: they led to many places.
    assert len(seen_percentages) >= 5


def test_fold_leaves_the_record_it_was_given() -> None:
    learner = make_learner()
    mark_read(learner=learner, page_key=UNITS[0], now=NOW)
    before = Record()
    fold(before, learner.events.all())
    assert before == Record()


@pytest.fixture
def damaged() -> Learner:
    learner = make_learner()
    mark_read(learner=learner, page_key=UNITS[0], now=NOW)
    record_answers(learner=learner, page_key=UNITS[0], answers={"q1": True}, now=NOW)
    record_quiz_finished(learner=learner, page_key=QUIZZES[0], points=3, points_possible=4, passed=True, now=NOW)
    UnitState.objects.all().delete()
    UnitState.objects.create(learner=learner, unit_key=UNITS[1], read_at=NOW)
    AnswerState.objects.update(right=False)
    QuizState.objects.update(passed_at=None)
    return learner


def test_rebuild_progress_check_reports_and_writes_nothing(damaged: Learner) -> None:
    out = StringIO()
    before = stored_record(damaged)
    with pytest.raises(CommandError) as refused:
        call_command("rebuild_progress", check=True, stdout=out)
    assert refused.value.returncode == 1
    assert str(refused.value).startswith("1 learners, 4 differences.")
    assert out.getvalue().count(str(damaged.pk)) == 4
    assert stored_record(damaged) == before


def test_rebuild_progress_mends(damaged: Learner) -> None:
    out = StringIO()
    call_command("rebuild_progress", stdout=out)
    assert out.getvalue().splitlines()[-1] == "1 learners, 4 differences, mended."
    assert stored_record(damaged) == fold(Record(), damaged.events.order_by("id"))
    out = StringIO()
    call_command("rebuild_progress", check=True, stdout=out)
    assert out.getvalue() == "1 learners, 0 differences.\n"


def test_rebuild_progress_goes_through_several_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openmuseums.learners.management.commands.rebuild_progress.BATCH", 2)
    for _ in range(5):
        mark_read(learner=make_learner(), page_key=UNITS[0], now=NOW)
    UnitState.objects.all().delete()
    out = StringIO()
    call_command("rebuild_progress", stdout=out)
    assert out.getvalue().splitlines()[-1] == "5 learners, 5 differences, mended."
    assert UnitState.objects.count() == 5


@pytest.mark.parametrize("read", [1, 3])
def test_record_of_an_account_costs_the_same_whatever_is_in_it(
    read: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    learner, other = make_learner(), make_learner()
    for key in UNITS[:read]:
        mark_read(learner=learner, page_key=key, now=NOW)
    mark_read(learner=other, page_key=UNITS[5], now=NOW)
    with django_assert_num_queries(1):
        assert stored_record_of(learner.account).units == dict.fromkeys(UNITS[:read], UnitRead(NOW))


def test_record_of_an_account_before_its_first_act_is_empty() -> None:
    mark_read(learner=make_learner(), page_key=UNITS[0], now=NOW)
    assert stored_record_of(make_user()) == Record()


QUIZ = QUIZZES[0]


def regraded(record: Record, *, points: int, passed: bool, now: dt.datetime) -> Record:
    event = Event(kind="quiz-regraded", page_key=QUIZ, points=points, points_possible=4, passed=passed, occurred_at=now)
    return fold(record, [event])


@pytest.mark.parametrize(
    ("passed_at", "passes", "then"),
    [
        (NOW, True, NOW),
        (NOW, False, None),
        (None, True, NOW + dt.timedelta(days=1)),
        (None, False, None),
    ],
    ids=["still passed", "no longer", "passed by it", "still not"],
)
def test_quiz_graded_again_is_the_best_whatever_was(
    passed_at: dt.datetime | None, passes: bool, then: dt.datetime | None
) -> None:
    before = Record(quizzes={QUIZ: QuizResult(2, 3, 4, passed_at)})
    after = regraded(before, points=1, passed=passes, now=NOW + dt.timedelta(days=1))
    assert after.quizzes == {QUIZ: QuizResult(2, 1, 4, then)}


def test_attempt_after_it_counts_where_it_is_better() -> None:
    before = regraded(Record(quizzes={QUIZ: QuizResult(1, 4, 4, NOW)}), points=1, passed=True, now=NOW)
    event = Event(kind="quiz-finished", page_key=QUIZ, points=2, points_possible=4, passed=False, occurred_at=NOW)
    assert fold(before, [event]).quizzes == {QUIZ: QuizResult(2, 2, 4, NOW)}


def test_event_of_a_quiz_graded_again_without_a_result_is_refused() -> None:
    learner = make_learner()
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.create(
            learner=learner, kind="quiz-regraded", page_key=QUIZ, occurred_at=NOW, recorded_at=NOW, points=1
        )
