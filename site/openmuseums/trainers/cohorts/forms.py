"""What a trainer says of a cohort, of its staff, and of what it takes to complete it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from openmuseums.delivery.languages import known_languages, own_name
from openmuseums.organisations.models import Organisation
from openmuseums.people.models import User
from openmuseums.trainers.cohorts.managing import About
from openmuseums.trainers.models import Cohort, Staff
from openmuseums.trainers.zones import zone_choices


class CohortForm(forms.Form):
    """Takes what a cohort is."""

    name = forms.CharField(
        label=_("Name of the group"),
        max_length=200,
        help_text=_("Those who join it see this name."),
        error_messages={"required": _("Give the group a name.")},
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation that it belongs to"),
        queryset=Organisation.objects.none(),
        empty_label=_("Choose"),
        help_text=_("One of those that you belong to yourself."),
        error_messages={"required": _("Choose the organisation.")},
    )
    starts_on = forms.DateField(
        label=_("First day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Say on which day it begins.")},
    )
    ends_on = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Say on which day it ends.")},
    )
    time_zone = forms.ChoiceField(label=_("Time zone"))
    languages = forms.MultipleChoiceField(
        label=_("Languages of the group"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("In which you write to it. Everybody reads the course in the language that they choose."),
        error_messages={"required": _("Choose at least one language.")},
    )
    is_open = forms.BooleanField(
        label=_("People can join by the code"),
        required=False,
        initial=True,
        help_text=_("Without this, only those with an invitation can."),
    )

    def __init__(self, *args: Any, trainer: User, cohort: Cohort | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Q(memberships__account=trainer)
        if cohort is not None:
            own |= Q(pk=cohort.organisation_id)
        fields: dict[str, Any] = self.fields
        fields["organisation"].queryset = Organisation.objects.filter(own).distinct().order_by("name", "pk")
        fields["time_zone"].choices = zone_choices()
        fields["languages"].choices = [
            (code, format_html('<span lang="{}">{}</span>', code, own_name(code))) for code in known_languages()
        ]

    @staticmethod
    def initial_of(cohort: Cohort) -> dict[str, Any]:
        """Return what the form shows of a cohort."""
        names = ("name", "organisation", "starts_on", "ends_on", "time_zone", "languages", "is_open")
        return {name: getattr(cohort, name) for name in names}

    def clean(self) -> dict[str, Any]:
        """Refuse a last day that comes before the first."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day comes before the first. Change one of them."))
        return cleaned

    @property
    def about(self) -> About:
        """Return what was said, of a form that is valid."""
        return About(**{**self.cleaned_data, "languages": tuple(self.cleaned_data["languages"])})


class TemplateForm(forms.Form):
    """Chooses what completing the course is to mean in a new cohort; it can be changed at any time."""

    READING, COURSE, BLENDED = "reading", "course", "blended"
    template = forms.ChoiceField(
        label=_("What does it take to complete the course?"),
        widget=forms.RadioSelect,
        choices=[
            (COURSE, _("All units read, and the quiz of each lesson passed")),
            (BLENDED, _("All units read, all quizzes passed, and three sessions attended")),
            (READING, _("All units read")),
        ],
        initial=COURSE,
        help_text=_(
            "You can change it in detail afterwards. Whoever has completed the course by then has completed it."
        ),
    )


class StaffForm(forms.Form):
    """Adds a colleague to the staff of a cohort."""

    address = forms.CharField(
        label=_("E-mail address or user name"),
        max_length=254,
        help_text=_("Of somebody who is a trainer on this site."),
        error_messages={"required": _("Write the address or the user name of a colleague.")},
    )
    role = forms.ChoiceField(
        label=_("What do they do?"),
        choices=[
            (Staff.Role.CO_TRAINER, _("Co-trainer: does all that you do, but for handing the group over")),
            (Staff.Role.OBSERVER, _("Observer: sees how the group gets on, and changes nothing")),
        ],
    )


class HandOverForm(forms.Form):
    """Names the colleague who is to answer for a cohort."""

    address = StaffForm.base_fields["address"]
    understood = forms.BooleanField(
        label=_("From then on this colleague answers for the group, and I am a co-trainer."),
        error_messages={"required": _("Tick this if you mean it.")},
    )


NOT_FOUND = _("No trainer was found by this. Check the spelling, or ask the administrators to make them a trainer.")
ANSWERS_FOR_IT = _("They answer for the group. Hand it over first.")


def refuse(form: forms.Form, message: Any) -> None:
    """Say at the address of a form what was wrong with it."""
    form.add_error("address", ValidationError(message))
