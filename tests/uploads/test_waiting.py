"""Files that wait for a decision: each for one person, one place and one purpose, until it is taken."""

from dataclasses import dataclass

import pytest
from django.core.cache import caches

from openmuseums.uploads.waiting import WaitingFile, forget_file, keep_file, kept_file


@dataclass(frozen=True)
class Sent(WaitingFile):
    force: bool


FILE = Sent("nl.po", b"texts", True)


@pytest.fixture
def token() -> str:
    return keep_file(FILE, place="translations/nl", person_id=1)


def test_file_waits_for_who_sent_it_where_it_was_sent(token: str) -> None:
    assert kept_file(Sent, place="translations/nl", person_id=1, token=token) == FILE
    assert b"texts" not in repr(FILE).encode()


@pytest.mark.parametrize(
    ("place", "person_id", "guess"),
    [("translations/el", 1, ""), ("translations/nl", 2, ""), ("translations/nl", 1, "x"), ("quizzes/nl", 1, "")],
)
def test_file_is_nobody_elses(token: str, place: str, person_id: int, guess: str) -> None:
    assert kept_file(Sent, place=place, person_id=person_id, token=guess or token) is None


def test_file_of_another_kind_is_not_handed_out(token: str) -> None:
    @dataclass(frozen=True)
    class Other(WaitingFile):
        seen: int

    assert kept_file(Other, place="translations/nl", person_id=1, token=token) is None


def test_file_that_was_taken_is_forgotten(token: str) -> None:
    forget_file(place="translations/nl", person_id=1, token=token)
    assert kept_file(Sent, place="translations/nl", person_id=1, token=token) is None


def test_file_waits_for_half_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    monkeypatch.setattr(caches["offers"], "set", lambda *of: told.append(of[1:]))
    keep_file(FILE, place="translations/nl", person_id=1)
    assert told == [(FILE, 30 * 60)]
