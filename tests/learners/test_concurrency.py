"""Many at once on one learner's record: each with a connection of its own, all let go at the same moment."""

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from openmuseums.learners import outline as outlines
from openmuseums.learners.models import AnswerState, Enrolment, Event, Learner, QuizState, UnitState
from openmuseums.learners.outline import Outline, OutlineChapter, OutlineItem, register_outline
from openmuseums.learners.projection import Record, fold, rebuild, stored_record
from openmuseums.learners.recording import (
    enrol,
    learner_of,
    mark_read,
    mark_unread,
    record_answers,
    record_quiz_finished,
)
from tests.factories import NOW, make_learner, make_user

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

THREADS = 32
# Seconds: as long as somebody is waited for who waits for a lock, and as long as for somebody who does not.
MOMENT, LONG = 0.5, 20
COURSE, UNIT, QUIZ = (uuid.UUID(int=number) for number in (1, 2, 3))


@pytest.fixture(autouse=True)
def _outline() -> Iterator[None]:
    before = list(outlines._providers)
    unit, quiz = (OutlineItem(key, "a-key", "A title", "/en/x/", 10, ("use",), ()) for key in (UNIT, QUIZ))
    chapter = OutlineChapter(uuid.UUID(int=9), "marketing", "Marketing", "/en/m/", 1, (unit,), quiz)
    register_outline(lambda: Outline(COURSE, "The course", "/en/open-museums/", (chapter,)))
    yield
    outlines._providers[:] = before


def at_once(act: Callable[[int], None], times: int = THREADS) -> None:
    """Do an act in as many threads at the same moment; fail where one of them fails."""
    gate = threading.Barrier(times)
    failures: list[BaseException] = []

    def run(number: int) -> None:
        try:
            gate.wait()
            act(number)
        except BaseException as failure:  # noqa: BLE001 - whatever happened, the test must tell
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


@contextmanager
def after(statement: str, act: Callable[[], None], *, before: bool = False) -> Iterator[None]:
    """Have this thread do something once, after (or before) the first statement to the database that holds a text.

    Thus two threads meet where a lock is needed, and not only now and then.
    """
    done: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        if statement not in sql or done:
            return execute(sql, *arguments)
        done.append(sql)
        if before:
            act()
            return execute(sql, *arguments)
        result = execute(sql, *arguments)
        act()
        return result

    with connection.execute_wrapper(watch):
        yield
    assert done, f"Nothing said {statement}."


def counts(learner: Learner) -> dict[str, int]:
    kinds = list(learner.events.values_list("kind", flat=True))
    return {kind: kinds.count(kind) for kind in sorted(set(kinds))}


def test_first_act_in_many_tabs_makes_one_learner() -> None:
    user = make_user()
    at_once(lambda _: enrol(learner=learner_of(user=user, now=NOW), course_key=COURSE, now=NOW))
    assert counts(Learner.objects.get()) == {"enrolled": 1}
    assert Enrolment.objects.count() == 1


def test_unit_marked_read_by_many_clicks_is_one_event() -> None:
    learner = make_learner()
    at_once(lambda _: mark_read(learner=learner, page_key=UNIT, now=NOW))
    assert counts(learner) == {"enrolled": 1, "unit-read": 1}
    assert UnitState.objects.count() == 1


def test_unit_marked_read_and_unread_in_turns_is_what_its_events_say() -> None:
    learner = make_learner()

    def click(number: int) -> None:
        (mark_unread if number % 2 else mark_read)(learner=learner, page_key=UNIT, now=NOW)

    at_once(click)
    # Each event turned the state over, so reads and unreads alternate.
    turns = [kind for kind in learner.events.order_by("id").values_list("kind", flat=True) if kind != "enrolled"]
    assert turns == ["unit-read", "unit-unread"] * (len(turns) // 2) + ["unit-read"] * (len(turns) % 2)
    assert UnitState.objects.count() == len(turns) % 2
    assert stored_record(learner) == fold(Record(), learner.events.order_by("id"))


def test_answers_and_results_at_once_are_all_kept() -> None:
    learner = make_learner()

    def act(number: int) -> None:
        if number % 2:
            record_answers(learner=learner, page_key=UNIT, answers={"q": number == 5, f"q{number}": True}, now=NOW)
        else:
            record_quiz_finished(
                learner=learner, page_key=QUIZ, points=number, points_possible=THREADS, passed=number > 20, now=NOW
            )

    at_once(act)
    assert counts(learner) == {"enrolled": 1, "question-answered": THREADS, "quiz-finished": THREADS // 2}
    quiz = QuizState.objects.get()
    assert (quiz.attempts, quiz.best_points, quiz.passed_at) == (THREADS // 2, THREADS - 2, NOW)
    assert AnswerState.objects.get(item_id="q").right
    assert AnswerState.objects.count() == 1 + THREADS // 2
    assert stored_record(learner) == fold(Record(), learner.events.order_by("id"))


def test_rebuild_beside_learning_reports_no_difference_and_loses_nothing() -> None:
    learner = make_learner()
    found = []

    def act(number: int) -> None:
        if number % 4 == 0:
            found.extend(rebuild(learners=[learner]))
        else:
            record_answers(learner=learner, page_key=UNIT, answers={f"q{number}": True}, now=NOW)

    at_once(act)
    assert found == []
    assert AnswerState.objects.count() == Event.objects.filter(kind="question-answered").count() == THREADS * 3 // 4


def test_both_parts_of_a_unit_marked_at_once_make_it_read_once() -> None:
    second = OutlineItem(QUIZ, "a-key", "A title, part 2", "/en/x/part-2/", 10, ("use",), ())
    unit = OutlineItem(UNIT, "a-key", "A title", "/en/x/", 20, ("use",), (), continuation=second)
    chapter = OutlineChapter(uuid.UUID(int=9), "marketing", "Marketing", "/en/m/", 1, (unit,), None)
    register_outline(lambda: Outline(COURSE, "The course", "/en/open-museums/", (chapter,)))
    learner = make_learner()
    at_once(lambda number: mark_read(learner=learner, page_key=(UNIT, QUIZ)[number % 2], now=NOW), 8)
    kinds = sorted(learner.events.values_list("kind", flat=True))
    assert kinds == ["enrolled", "page-read", "page-read", "unit-read"]
    assert rebuild(learners=[learner], write=False) == []
