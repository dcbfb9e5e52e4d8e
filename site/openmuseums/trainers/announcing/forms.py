"""The form of an announcement: a subject and a text in each language of the group."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from openmuseums.trainers.announcing.acts import Said
from openmuseums.trainers.announcing.wording import cleaned, cleaned_line
from openmuseums.trainers.models import Cohort

_SUBJECT, _TEXT = 150, 5000


class AnnouncementForm(forms.Form):
    """Takes an announcement in the languages of a group, at least one; each with its subject."""

    token = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = tuple(cohort.languages)
        for code in self.languages:
            name = get_language_info(code)["name_translated"]
            self.fields[f"subject_{code}"] = forms.CharField(
                label=_("Subject, %(language)s") % {"language": name},
                max_length=_SUBJECT,
                required=False,
                widget=forms.TextInput(attrs={"lang": code}),
            )
            self.fields[f"text_{code}"] = forms.CharField(
                label=_("Text, %(language)s") % {"language": name},
                max_length=_TEXT,
                required=False,
                help_text=_("Plain text. An empty line begins a new paragraph."),
                widget=forms.Textarea(attrs={"lang": code, "rows": 8}),
            )

    def clean(self) -> dict[str, Any]:
        """Clean the texts; refuse a subject without a text, a text without a subject, and none at all."""
        data = super().clean() or {}
        for code in self.languages:
            subject, text = cleaned_line(data.get(f"subject_{code}") or ""), cleaned(data.get(f"text_{code}") or "")
            data |= {f"subject_{code}": subject, f"text_{code}": text}
            if text and not subject and not self.has_error(f"subject_{code}"):
                self.add_error(f"subject_{code}", _("Write a subject for this text."))
            if subject and not text and not self.has_error(f"text_{code}"):
                self.add_error(f"text_{code}", _("Write the text for this subject."))
        if not self.errors and not self.said_in(data):
            raise ValidationError(_("Write a subject and a text in at least one language."), code="nothing")
        return data

    def said_in(self, data: dict[str, Any]) -> list[Said]:
        """Return what is said, in the order of the group's languages."""
        return [
            Said(code, data[f"subject_{code}"], data[f"text_{code}"])
            for code in self.languages
            if data.get(f"subject_{code}") and data.get(f"text_{code}")
        ]

    @property
    def said(self) -> list[Said]:
        """Return what a valid form says."""
        return self.said_in(self.cleaned_data)
