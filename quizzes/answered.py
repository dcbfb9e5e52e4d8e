"""What the fields of questions send, in an attempt as in a self-check."""

from collections import defaultdict

from django.http import QueryDict

from quizzes.scoring import WHOLE, Parts

_ANSWER = "question-"


def answers_in(data: QueryDict) -> dict[str, Parts]:
    """Return what was answered, by question id: the values of each part, blank ones left out.

    A field is called `question-<id>` for a question that is answered as a whole, `question-<id>:<part>` for a part.
    """
    answers: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for name in data:
        if name.startswith(_ANSWER):
            question_id, _colon, part = name.removeprefix(_ANSWER).partition(":")
            values = tuple(value for value in map(_plain, data.getlist(name)) if value)
            if values:
                answers[question_id][part or WHOLE] = values
    return dict(answers)


def _plain(value: str) -> str:
    """Return a text as it is kept: with plain line ends, without spaces around it or what no database takes."""
    return value.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").strip()
