"""The form by which a trainer finds people of a group."""

from typing import Any

from django import forms
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from openmuseums.organisations.models import Membership
from openmuseums.trainers.following.seeking import Sought, present
from openmuseums.trainers.models import Cohort, Participation


class SeekForm(forms.Form):
    """Says whom somebody looks for. It offers what people of the group share, and nothing else."""

    words = forms.CharField(
        label=_("Part of the name"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    museum = forms.ChoiceField(label=_("Museum"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    role = forms.ChoiceField(label=_("Role"), required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("Everybody who has not left")), *Participation.Status.choices],
    )
    is_idle = forms.BooleanField(label=_("Two weeks without a step"), required=False)
    is_near = forms.BooleanField(label=_("Nearly there: 80 per cent or more"), required=False)
    is_complete = forms.BooleanField(label=_("Has completed"), required=False)

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        # Who has left is found by this alone, and so is what they shared.
        status = self.data.get("status", "")
        rows = present(cohort, status=status if status in Participation.Status.values else "")
        shared = list(rows.order_by().values_list("museum", "language", "role").distinct())
        museums = sorted({row[0] for row in shared} - {""}, key=str.casefold)
        languages = sorted({row[1] for row in shared} - {""})
        roles = {row[2] for row in shared}
        self._offer("museum", _("Any museum"), [(name, name) for name in museums])
        self._offer("language", _("Any language"), [(code, _language(code)) for code in languages])
        self._offer("role", _("Any role"), [pair for pair in Membership.Role.choices if pair[0] in roles])

    def _offer(self, name: str, nothing: Any, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = [("", nothing), *choices]  # type: ignore[attr-defined]

    @property
    def steps(self) -> list[forms.BoundField]:
        """Return the fields that say how far people are."""
        return [self["is_idle"], self["is_near"], self["is_complete"]]

    @property
    def sought(self) -> Sought:
        """Return whom a valid form looks for."""
        return Sought.from_fields(self.cleaned_data)


def _language(code: str) -> str:
    """Return the name of a language in the reader's."""
    return str(get_language_info(code)["name_translated"])
