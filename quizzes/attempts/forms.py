"""What the form of an attempt sends."""

from collections import defaultdict
from urllib.parse import parse_qsl
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from quizzes.answered import answers_in
from quizzes.models import ExtraTime
from quizzes.scoring import Parts

_BEFORE = "before-"


class ExtraTimeForm(forms.Form):
    """How much time somebody takes in quizzes with a time limit."""

    factor = forms.ChoiceField(
        label=_("Your time"),
        required=False,
        widget=forms.RadioSelect,
        choices=[("", _("As long as the quiz allows")), *ExtraTime.Factor.choices],
    )


def changed_answers(data: QueryDict) -> dict[str, Parts]:
    """Return what was answered, by question id, for the questions that were answered anew.

    Beside each question the form says what was answered when it was shown. What nobody touched is not sent on, so that
    a tab which has stood open for long does not undo what was answered in another. Unknown ids are returned too:
    `save_answers` refuses them.
    """
    answers = answers_in(data)
    shown = {name.removeprefix(_BEFORE): data.get(name, "") for name in data if name.startswith(_BEFORE)}
    return {
        question_id: answers.get(question_id, {})
        for question_id in {**answers, **shown}
        if _values(answers.get(question_id, {})) != _before(shown.get(question_id, ""))
    }


def submit_key(data: QueryDict) -> UUID | None:
    """Return the key that a submission came with, or None where it is missing or forged."""
    try:
        return UUID(data.get("key", ""))
    except ValueError:
        return None


def _before(written: str) -> set[tuple[str, int, str]]:
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for part, value in parse_qsl(written):
        parts[part].append(value)
    return _values({part: tuple(values) for part, values in parts.items()})


def _values(parts: Parts) -> set[tuple[str, int, str]]:
    return {(part, place, value) for part, values in parts.items() for place, value in enumerate(values)}
