"""What somebody says who joins a cohort: its code, and what they share."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openmuseums.organisations.models import Membership
from openmuseums.people.models import User
from openmuseums.privacy.consents import give, has_consent
from openmuseums.trainers.announcing import consenting
from openmuseums.trainers.joining.acts import cohort_to_join
from openmuseums.trainers.joining.sharing import Shared
from openmuseums.trainers.models import Cohort
from openmuseums.trainers.sessions import reminding

# What whoever joins may agree to besides, by the name of its field: the purpose, and its words.
LETTERS = {
    "messages": (consenting.PURPOSE, consenting.PURPOSE_TEXT),
    "reminders": (reminding.PURPOSE, reminding.PURPOSE_TEXT),
}


class CodeForm(forms.Form):
    """Takes the code of a group."""

    code = forms.CharField(
        label=_("Code of the group"),
        max_length=40,
        help_text=_("Your trainer has it. Capitals, spaces and dashes make no difference."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Write the code.")},
    )
    cohort: Cohort

    def clean_code(self) -> str:
        """Find the group. Refuse a code that opens none now."""
        code: str = self.cleaned_data["code"]
        found = cohort_to_join(code)
        if found is None:
            raise ValidationError(
                _("No group can be joined by this code. Check it, or ask your trainer for the present one.")
            )
        self.cohort = found
        return code


class SharingForm(forms.Form):
    """Takes what somebody lets a group know of them. Nothing is ticked for them."""

    name = forms.BooleanField(label=_("My name"), required=False)
    email = forms.BooleanField(label=_("My e-mail address"), required=False)
    membership = forms.ModelChoiceField(
        label=_("My museum or network, and what I am there"),
        queryset=Membership.objects.none(),
        required=False,
        empty_label=_("None of them"),
    )

    def __init__(self, *args: Any, account: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        rows = account.memberships.select_related("organisation").order_by("pk")
        fields["membership"].queryset = rows
        fields["membership"].label_from_instance = lambda row: f"{row.organisation.name} ({row.get_role_display()})"
        if account.name:
            fields["name"].help_text = account.name
        else:
            fields["name"].help_text = _("Your account has none: your user name or address is shown.")
        if account.email:
            fields["email"].help_text = account.email
        else:
            del fields["email"]
        if not rows:
            del fields["membership"]
        self.account = account
        if account.email:
            for name, (key, words) in LETTERS.items():
                if not has_consent(account, key):
                    fields[name] = forms.BooleanField(label=words, required=False)

    @property
    def shared(self) -> Shared:
        """Return what was ticked, of a form that is valid."""
        data = self.cleaned_data
        return Shared(name=data["name"], email=bool(data.get("email")), membership=data.get("membership"))

    def keep_agreements(self, *, now: dt.datetime) -> None:
        """Keep to which letters somebody agreed, in the words that they saw. They take it back among their data."""
        for name, (key, _words) in LETTERS.items():
            if self.cleaned_data.get(name):
                give(user=self.account, key=key, language=get_language() or "en", now=now)

    @staticmethod
    def initial_of(shared: Shared) -> dict[str, Any]:
        """Return what the form shows of what is shared."""
        return {"name": shared.name, "email": shared.email, "membership": shared.membership}


class ClaimForm(forms.Form):
    """Takes the code of a place that was kept for somebody."""

    code = forms.CharField(
        label=_("Code of your place"),
        max_length=40,
        help_text=_("It is on the slip that your trainer gave you."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Write the code.")},
    )


class LeaveForm(forms.Form):
    """Chooses how somebody leaves."""

    LEAVE, REMOVE = "leave", "remove"
    how = forms.ChoiceField(
        label=_("What becomes of what the group has of you?"),
        widget=forms.RadioSelect,
        choices=[
            (LEAVE, _("I leave. What I did until now stays in the group’s lists; nothing is added.")),
            (
                REMOVE,
                _("I leave, and am taken out of all its lists. What they say of me is erased for good."),
            ),
        ],
        error_messages={"required": _("Choose one of the two.")},
    )
