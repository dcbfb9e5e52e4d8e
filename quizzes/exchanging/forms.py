"""What an editor says who takes questions from a file, or wants them in one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openmuseums.uploads.forms import WaitingFileForm
from quizzes.exchanging.exporting import FOREIGN, JSON


class QuestionFileForm(WaitingFileForm):
    """A file of questions."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("GIFT, Moodle XML, or the JSON of a quiz."),
        widget=forms.FileInput(attrs={"accept": ".gift,.txt,.xml,.json,.zip"}),
    )


class ExportForm(forms.Form):
    """Which format, and in which language. languages: codes and names of those the quiz is in."""

    format = forms.ChoiceField(label=_("Format"), choices=[(name, found.label) for name, found in FOREIGN.items()])
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, languages: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        formats = self.fields["format"]
        formats.choices = [*formats.choices, (JSON, _("JSON: everything, in all languages"))]  # type: ignore[attr-defined]
        self.fields["language"].choices = languages  # type: ignore[attr-defined]
