"""What the form of an attempt sends."""

import pytest
from django.http import QueryDict

from quizzes.forms import changed_answers


@pytest.mark.parametrize(
    ("sent", "changed"),
    [
        ("before-q=&question-q=a", {"q": ["a"]}),
        ("before-q=a&question-q=a", {}),
        ("before-q=a&question-q=b", {"q": ["b"]}),
        ("before-q=a", {"q": []}),
        ("before-q=", {}),
        ("before-q=a,b&question-q=b&question-q=a", {}),
        ("before-q=a,b&question-q=b", {"q": ["b"]}),
        ("question-q=a", {"q": ["a"]}),
        ("go=next&csrfmiddlewaretoken=x", {}),
    ],
)
def test_changed_answers_are_those_that_were_touched(sent: str, changed: dict[str, list[str]]) -> None:
    assert changed_answers(QueryDict(sent)) == changed
