import datetime as dt
import uuid
from collections.abc import Iterator

import pytest
from django.db import IntegrityError, transaction

from openmuseums.append_only import RowKeptError
from openmuseums.learners import outline as outlines
from openmuseums.learners.models import AnswerState, Enrolment, Event, Learner, QuizState, UnitState
from openmuseums.learners.outline import Outline, OutlineChapter, OutlineItem, register_outline
from openmuseums.learners.recording import (
    enrol,
    learner_of,
    mark_read,
    mark_unread,
    record_answers,
    record_quiz_finished,
)
from tests.factories import NOW, make_learner, make_user

pytestmark = pytest.mark.django_db

COURSE, UNIT, QUIZ = (uuid.UUID(int=number) for number in (1, 2, 3))
LATER = NOW + dt.timedelta(hours=1)


def item(page_key: uuid.UUID) -> OutlineItem:
    return OutlineItem(page_key, "a-key", "A title", "/en/somewhere/", 10, ("use",), ())


@pytest.fixture(autouse=True)
def _outline() -> Iterator[None]:
    before = list(outlines._providers)
    chapter = OutlineChapter(uuid.UUID(int=9), "marketing", "Marketing", "/en/m/", 1, (item(UNIT),), item(QUIZ))
    register_outline(lambda: Outline(COURSE, "The course", "/en/open-museums/", (chapter,)))
    yield
    outlines._providers[:] = before


@pytest.fixture
def learner() -> Learner:
    return make_learner()


def kinds(learner: Learner) -> list[str]:
    return list(learner.events.values_list("kind", flat=True))


def test_learner_of_account_asked_twice_is_one() -> None:
    user = make_user()
    first = learner_of(user=user, now=NOW)
    assert learner_of(user=user, now=LATER) == first
    assert Learner.objects.get().started_at == NOW


def test_enrol_twice_is_one_event_with_the_first_date(learner: Learner) -> None:
    enrol(learner=learner, course_key=COURSE, now=NOW)
    enrol(learner=learner, course_key=COURSE, now=LATER)
    assert kinds(learner) == ["enrolled"]
    assert Enrolment.objects.get().enrolled_at == NOW


def test_mark_read_first_enrols(learner: Learner) -> None:
    mark_read(learner=learner, page_key=UNIT, now=NOW)
    assert kinds(learner) == ["enrolled", "unit-read"]
    assert Enrolment.objects.get().course_key == COURSE
    assert UnitState.objects.get().read_at == NOW


def test_mark_read_twice_adds_one_event(learner: Learner) -> None:
    mark_read(learner=learner, page_key=UNIT, now=NOW)
    mark_read(learner=learner, page_key=UNIT, now=LATER)
    assert kinds(learner) == ["enrolled", "unit-read"]
    assert UnitState.objects.get().read_at == NOW


def test_mark_read_outside_the_course_does_not_enrol(learner: Learner) -> None:
    mark_read(learner=learner, page_key=uuid.UUID(int=77), now=NOW)
    assert kinds(learner) == ["unit-read"]


def test_mark_unread_takes_back_and_again_adds_nothing(learner: Learner) -> None:
    mark_read(learner=learner, page_key=UNIT, now=NOW)
    mark_unread(learner=learner, page_key=UNIT, now=LATER)
    mark_unread(learner=learner, page_key=UNIT, now=LATER)
    assert kinds(learner) == ["enrolled", "unit-read", "unit-unread"]
    assert not UnitState.objects.exists()


def test_mark_unread_without_read_does_nothing_not_even_enrol(learner: Learner) -> None:
    mark_unread(learner=learner, page_key=UNIT, now=NOW)
    assert kinds(learner) == []
    assert not Enrolment.objects.exists()


def test_answer_right_once_stays_right(learner: Learner) -> None:
    record_answers(learner=learner, page_key=UNIT, answers={"q1": False}, now=NOW, chosen={"q1": ["b"]})
    record_answers(learner=learner, page_key=UNIT, answers={"q1": True}, now=LATER, chosen={"q1": ["a"]})
    record_answers(learner=learner, page_key=UNIT, answers={"q1": False}, now=LATER, chosen={"q1": ["c", "b"]})
    state = AnswerState.objects.get()
    assert (state.right, state.answered_at, state.chosen) == (True, NOW, ["c", "b"])
    assert kinds(learner) == ["enrolled", *["question-answered"] * 3]


def test_answers_of_a_quiz_are_an_event_each(learner: Learner) -> None:
    record_answers(learner=learner, page_key=QUIZ, answers={"q1": False, "q2": True}, now=NOW)
    assert list(AnswerState.objects.order_by("item_id").values_list("item_id", "right")) == [
        ("q1", False),
        ("q2", True),
    ]
    assert kinds(learner) == ["enrolled", "question-answered", "question-answered"]


def test_quiz_keeps_its_best_attempt_and_first_pass(learner: Learner) -> None:
    results = [(2, 4, False), (3, 4, True), (1, 4, False), (6, 8, True)]
    for hours, (points, possible, passed) in enumerate(results):
        record_quiz_finished(
            learner=learner,
            page_key=QUIZ,
            points=points,
            points_possible=possible,
            passed=passed,
            now=NOW + dt.timedelta(hours=hours),
        )
    state = QuizState.objects.get()
    assert (state.attempts, state.best_points, state.best_points_possible) == (4, 3, 4)
    assert state.passed_at == LATER


def test_refused_act_leaves_nothing(learner: Learner) -> None:
    with pytest.raises(ValueError, match="too many"):
        _refused(learner)
    assert kinds(learner) == []


def _refused(learner: Learner) -> None:

    with transaction.atomic():
        mark_read(learner=learner, page_key=UNIT, now=NOW)
        raise ValueError("too many")


def test_event_cannot_be_changed_or_deleted(learner: Learner) -> None:
    mark_read(learner=learner, page_key=UNIT, now=NOW)
    event = Event.objects.get(kind="unit-read")
    event.kind = Event.Kind.UNIT_UNREAD
    refused = [
        event.save,
        event.delete,
        Event.objects.all().delete,
        learner.events.all().delete,
        lambda: Event.objects.update(kind="enrolled"),
        lambda: Event.objects.bulk_update([event], ["kind"]),
        lambda: Event.objects.bulk_create([event], update_conflicts=True, update_fields=["kind"], unique_fields=["id"]),
        lambda: Event.objects.update_or_create(pk=event.pk, defaults={"kind": "enrolled"}),
    ]
    for change in refused:
        with pytest.raises(RowKeptError):
            change()
    assert kinds(learner) == ["enrolled", "unit-read"]


def test_event_with_the_key_of_another_is_refused(learner: Learner) -> None:

    mark_read(learner=learner, page_key=UNIT, now=NOW)
    event = Event.objects.get(kind="unit-read")
    forged = Event(pk=event.pk, learner=learner, kind="unit-unread", page_key=UNIT, occurred_at=NOW, recorded_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        forged.save()


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "question-answered", "right": True},
        {"kind": "question-answered", "item_id": "q1"},
        {"kind": "unit-read", "right": True},
        {"kind": "unit-read", "item_id": "q1"},
        {"kind": "quiz-finished", "points": 1, "points_possible": 2},
        {"kind": "quiz-finished", "points": 3, "points_possible": 2, "passed": True},
        {"kind": "unit-read", "points": 1},
    ],
)
def test_event_that_makes_no_sense_is_refused_by_the_database(learner: Learner, fields: dict[str, object]) -> None:

    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.create(learner=learner, page_key=UNIT, occurred_at=NOW, recorded_at=NOW, **fields)


def test_erasing_an_account_takes_its_events(learner: Learner) -> None:
    mark_read(learner=learner, page_key=UNIT, now=NOW)
    learner.account.delete()
    assert not Event.objects.exists()
    assert not UnitState.objects.exists()
