"""What an editor says who has a quiz graded again."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_REASON = 500


class VersionsForm(forms.Form):
    """Which versions are looked at. numbers: those that something was handed in at."""

    version = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, *args: Any, numbers: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].choices = [(number, number) for number in numbers]  # type: ignore[attr-defined]

    def chosen(self) -> list[int]:
        """Return the versions that were asked for; without any that there are, all."""
        everything = [number for number, _label in self.fields["version"].choices]  # type: ignore[attr-defined]
        return self.cleaned_data["version"] if self.is_bound and self.is_valid() else everything


class RegradeForm(forms.Form):
    """Why it is graded again, which learners read, and whether passes are taken away."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Learners read this beside their result. Write in the language of the source."),
    )
    takes_passes = forms.BooleanField(required=False)
    losses = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
