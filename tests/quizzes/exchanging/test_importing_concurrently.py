"""Two editors take the same file at once: its questions are there once."""

import threading

import pytest
from django.db import connection

from quizzes.exchanging.importing import Offer, draft_of, import_questions
from quizzes.models import QuizPage
from tests.factories import NOW, make_course

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def test_file_taken_twice_at_once_adds_its_questions_once() -> None:
    quiz = make_course().quizzes["marketing"]
    texts = [f"Is it open on day {number}? {{T}}".encode() for number in range(2)]
    start = threading.Barrier(4)
    failures: list[BaseException] = []

    def take(number: int) -> None:
        try:
            start.wait()
            import_questions(quiz=quiz, offer=Offer(texts[number % 2]), user=None, now=NOW)
        except BaseException as error:  # noqa: BLE001 - told in the main thread
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    found = [child.value["prompt"] for child in draft_of(QuizPage.objects.get(pk=quiz.pk)).questions]
    assert sorted(found[3:]) == ["Is it open on day 0?", "Is it open on day 1?"]
