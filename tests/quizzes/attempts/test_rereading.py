"""Where topics can be reread."""

import pytest

from quizzes.attempts import rereading
from quizzes.attempts.rereading import Place, places_of, register_rereading

PLACES = {"swot": ("The digital strategy", "/a/", ""), "smart": ("The digital strategy", "/b/", "")}


@pytest.fixture(autouse=True)
def _no_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rereading, "_providers", [])


def test_places_without_a_provider_are_none() -> None:
    assert places_of(["swot"]) == {}


def test_places_are_asked_once_a_topic_and_unknown_ones_left_out() -> None:
    asked = []

    def provider(topic: str) -> Place | None:
        asked.append(topic)
        return PLACES.get(topic)

    register_rereading(provider)
    assert list(places_of(["smart", "swot", "smart", "unknown"]).items()) == [
        ("smart", PLACES["smart"]),
        ("swot", PLACES["swot"]),
    ]
    assert asked == ["smart", "swot", "unknown"]
