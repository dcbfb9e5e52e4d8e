"""What migrations make of records that stand."""

import datetime as dt
import uuid
from importlib import import_module

import pytest
from django.apps import apps

from openmuseums.learners.models import AnswerState, Learner
from openmuseums.learners.projection import rebuild
from openmuseums.learners.recording import record_answers, record_quiz_finished
from tests.factories import NOW, make_learner

pytestmark = pytest.mark.django_db


def test_time_of_the_last_choice_follows_from_the_events() -> None:
    learner, unit, quiz = make_learner(), uuid.UUID(int=1), uuid.UUID(int=2)
    for day, option in enumerate(["a", "b"]):
        now = NOW + dt.timedelta(days=day)
        record_answers(learner=learner, page_key=unit, answers={"q": True}, chosen={"q": {option}}, now=now)
        record_quiz_finished(
            learner=learner, page_key=quiz, points=1, points_possible=1, passed=True, answers={"p": True}, now=now
        )
    AnswerState.objects.update(chosen_at=NOW)
    import_module("openmuseums.learners.migrations.0005_fill_when_options_were_chosen").fill(apps, None)
    assert rebuild(learners=list(Learner.objects.all())) == []
    assert {state.item_id: state.chosen for state in AnswerState.objects.all()} == {"q": ["b"], "p": []}
