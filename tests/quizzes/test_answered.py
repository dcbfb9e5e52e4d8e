"""What the fields of questions send."""

from django.http import QueryDict

from quizzes.answered import answers_in


def test_answers_keep_their_lines_and_lose_what_is_blank() -> None:
    data = QueryDict("question-q=first%0D%0Asecond%0A&question-r=+&question-s:=x")
    assert answers_in(data) == {"q": {"": ("first\nsecond",)}, "s": {"": ("x",)}}
