"""Every kind of question in a quiz: answered by the form of an attempt, looked over, handed in."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from openmuseums.learners.models import Learner
from quizzes.attempts.taking import start_attempt
from quizzes.models import Attempt, QuizPage
from quizzes.questions.registry import KINDS
from quizzes.scoring import Parts
from tests.answers import result_of, sent
from tests.factories import NOW, FixtureCourse
from tests.kinds import WITHOUT_FILES, asked, example, sent_by

GRADED = [kind for kind in WITHOUT_FILES if KINDS[kind].IS_GRADED]
PARTED = ["matching", "ordering", "fill_in"]


@pytest.fixture
def begin(course: FixtureCourse, learner: Learner) -> Any:
    """Return what begins an attempt at a quiz that asks these questions."""

    def begin(*questions: dict[str, Any]) -> Attempt:
        quiz = QuizPage.objects.get(pk=course.quizzes["marketing"].pk)
        quiz.questions = list(questions)
        quiz.save_revision().publish()
        return start_attempt(learner=learner, quiz_key=quiz.translation_key, now=NOW)

    return begin


def at(name: str, attempt: Attempt) -> str:
    return reverse(f"quizzes:{name}", args=[attempt.pk])


def models_of(*questions: dict[str, Any]) -> dict[str, Parts]:
    return {stored["id"]: KINDS[stored["type"]].model_answer(*asked(stored)) for stored in questions}


def hand_in(client: Client, attempt: Attempt) -> str:
    """Hand an attempt in by the form that looks it over, and return the page of its result."""
    form = dict(sent_by(client.get(at("review", attempt)).content.decode().split("<main")[1]))
    return client.post(at("review", attempt), form, follow=True).content.decode()


def test_right_answers_to_every_kind_are_worth_all_points(learner_client: Client, begin: Any) -> None:
    questions = [example(kind) for kind in GRADED]
    attempt = begin(*questions)
    saved = learner_client.post(f"{at('attempt', attempt)}?view=all", {**sent(models_of(*questions)), "go": "review"})
    assert saved.headers["Location"] == at("review", attempt)
    assert "is-open" not in learner_client.get(at("review", attempt)).content.decode()
    html = hand_in(learner_client, attempt)
    attempt.refresh_from_db()
    possible = sum(stored["value"]["points"] for stored in questions)
    assert result_of(attempt) == (possible, possible, True)
    assert (html.count("verdict verdict--wrong"), html.count("choice--wrong")) == (0, 0)


@pytest.mark.parametrize("kind", PARTED)
def test_answer_with_an_open_part_is_kept_and_is_not_complete(learner_client: Client, begin: Any, kind: str) -> None:
    gap = example("fill_in")["value"]["gaps"][0]["value"]
    fields = {"text": "[[1]] and [[2]]", "gaps": [gap, gap]} if kind == "fill_in" else {}
    stored = example(kind, **fields)
    attempt = begin(stored)
    part, values = list(models_of(stored)[stored["id"]].items())[1]
    answer = sent({stored["id"]: {part: values}})
    learner_client.post(at("attempt", attempt), {**answer, "go": "review"})
    shown = sent_by(learner_client.get(at("attempt", attempt)).content.decode())
    chosen = {name: value for name, value in shown if name.startswith("question-") and value}
    assert chosen == {f"question-{stored['id']}:{part}": values[0]}
    review = learner_client.get(at("review", attempt)).content.decode()
    assert re.findall(r"Open|Not complete", review.split("<main")[1]) == ["Not complete"]


def test_forged_part_is_told_of_and_nothing_is_kept(learner_client: Client, begin: Any) -> None:
    stored = example("matching")
    attempt = begin(stored)
    response = learner_client.post(at("attempt", attempt), {f"question-{stored['id']}:no-such-prompt": "x"})
    assert response.status_code == 422
    assert "One of the choices does not belong to this question." in response.content.decode()
    assert not attempt.answers.exists()
