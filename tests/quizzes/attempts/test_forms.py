"""What the form of an attempt sends."""

import pytest
from django.http import QueryDict

from quizzes.attempts.forms import changed_answers, submit_key


@pytest.mark.parametrize(
    ("sent", "changed"),
    [
        ("before-q=&question-q=a", {"q": {"": ("a",)}}),
        ("before-q=%3Da&question-q=a", {}),
        ("before-q=%3Da&question-q=b", {"q": {"": ("b",)}}),
        ("before-q=%3Da", {"q": {}}),
        ("before-q=", {}),
        ("before-q=%3Da%26%3Db&question-q=a&question-q=b", {}),
        ("before-q=%3Da%26%3Db&question-q=b&question-q=a", {"q": {"": ("b", "a")}}),
        ("before-q=%3Da%26%3Db&question-q=b", {"q": {"": ("b",)}}),
        ("question-q=a", {"q": {"": ("a",)}}),
        ("before-q=one%3Da&question-q:one=a", {}),
        ("before-q=one%3Da&question-q:one=a&question-q:two=b", {"q": {"one": ("a",), "two": ("b",)}}),
        ("before-q=%3Da+b%2526c&question-q=+a+b%26c%0D%0A", {}),
        ("go=next&csrfmiddlewaretoken=x", {}),
    ],
)
def test_changed_answers_are_those_that_were_touched(sent: str, changed: object) -> None:
    assert changed_answers(QueryDict(sent)) == changed


@pytest.mark.parametrize("key", ["", "x", "1"])
def test_submit_key_that_is_none_is_no_error(key: str) -> None:
    assert submit_key(QueryDict(f"key={key}")) is None
