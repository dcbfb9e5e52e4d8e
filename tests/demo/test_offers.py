"""The demo's public calendar."""

import pytest

from openmuseums.demo.offers import make_offers
from openmuseums.trainers.calendars.choosing import public_sessions
from openmuseums.trainers.sessions.moments import shown
from tests.factories import NOW, make_trainer
from tests.trainers.making import make_museum

pytestmark = pytest.mark.django_db


def test_there_is_something_to_come_in_each_language_once():
    organisation, trainer = make_museum(), make_trainer()
    for _time in range(2):
        make_offers(organisation=organisation, trainer=trainer, now=NOW)
    found = list(public_sessions())
    assert sorted(session.language for session in found) == ["el", "en", "es", "it", "nl"]
    assert {shown(session.starts_at, session.time_zone).hour for session in found} == {14}
    assert min(session.starts_at for session in found) > NOW
