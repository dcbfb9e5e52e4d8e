"""What an editor says who takes questions from a file, or wants them in one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from quizzes.exchanging.exporting import FOREIGN, JSON

# Far more than questions need, and little enough to be looked at while somebody waits.
MAX_UPLOAD = 10 * 1024 * 1024


class QuestionFileForm(forms.Form):
    """A file of questions."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("GIFT, Moodle XML, or the JSON of a quiz."),
        widget=forms.FileInput(attrs={"accept": ".gift,.txt,.xml,.json,.zip"}),
    )

    def clean_file(self) -> Any:
        """Refuse a file that is too large."""
        file = self.cleaned_data["file"]
        if file.size > MAX_UPLOAD:
            raise ValidationError(
                _("This file is too large: %(size)s. The most is %(most)s.")
                % {"size": filesizeformat(file.size), "most": filesizeformat(MAX_UPLOAD)}
            )
        return file


class ExportForm(forms.Form):
    """Which format, and in which language. languages: codes and names of those the quiz is in."""

    format = forms.ChoiceField(label=_("Format"), choices=[(name, found.label) for name, found in FOREIGN.items()])
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, languages: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        formats = self.fields["format"]
        formats.choices = [*formats.choices, (JSON, _("JSON: everything, in all languages"))]  # type: ignore[attr-defined]
        self.fields["language"].choices = languages  # type: ignore[attr-defined]


class AcceptForm(forms.Form):
    """Takes the file whose plan was shown. token: what it is kept under."""

    token = forms.CharField(max_length=64, widget=forms.HiddenInput)
