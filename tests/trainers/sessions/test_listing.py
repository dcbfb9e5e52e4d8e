"""Which sessions for everybody somebody looks after."""

import pytest

from openmuseums.trainers.models import Session
from openmuseums.trainers.sessions.listing import own_public_sessions
from tests.factories import make_administrator, make_trainer, make_user
from tests.trainers.sessions.making import make_public_session

pytestmark = pytest.mark.django_db


def test_who_made_a_session_looks_after_it_while_they_train():
    trainer = make_trainer()
    session = make_public_session(by=trainer)
    assert list(own_public_sessions(trainer)) == [session]
    assert [list(own_public_sessions(other)) for other in (make_trainer(), make_administrator(), make_user())] == [
        [],
        [],
        [],
    ]


def test_administrators_look_after_sessions_whose_maker_is_gone():
    session = make_public_session()
    Session.objects.filter(pk=session.pk).update(made_by=None)
    assert list(own_public_sessions(make_administrator())) == [session]
    assert list(own_public_sessions(make_trainer())) == []
