"""The form for copying questions."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from quizzes.models import QuestionsPage

_LONGEST_PROMPT = 120


class CopyForm(forms.Form):
    """Which questions are copied, and where to."""

    questions = forms.MultipleChoiceField(label=_("Questions"), widget=forms.CheckboxSelectMultiple)
    target = forms.ChoiceField(label=_("Copy to"))

    def __init__(self, *args: Any, questions: Iterable[Any], targets: Sequence[QuestionsPage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._targets = {str(page.pk): page for page in targets}
        self.fields["questions"].choices = [(child.id, _name_of(child)) for child in questions]  # type: ignore[attr-defined]
        self.fields["target"].choices = [(key, page.title) for key, page in self._targets.items()]  # type: ignore[attr-defined]

    def clean_target(self) -> QuestionsPage:
        """Return the page."""
        return self._targets[self.cleaned_data["target"]]


def _name_of(child: Any) -> str:
    prompt = " ".join(str(child.value.get("prompt") or "").split())
    return f"{child.block.label}: {Truncator(prompt).chars(_LONGEST_PROMPT)}"
