"""Forms about one's own data."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from openmuseums.privacy.names import addresses_of
from openmuseums.privacy.registry import Subject


class EraseForm(forms.Form):
    """Asks once more. Who has an account types its name, so that no slip of the finger erases it."""

    name = forms.CharField(
        label=_("Your e-mail address or user name"),
        max_length=254,
        help_text=_("Type it to confirm that you want to erase your account."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Type your e-mail address or user name.")},
    )
    sure = forms.BooleanField(
        label=_("Yes, erase what is kept on this device"),
        error_messages={"required": _("Tick the box to confirm that you want to erase it.")},
    )

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = subject.account
        del self.fields["sure" if self.account else "name"]

    def clean_name(self) -> str:
        """Compare without regard to case."""
        typed: str = self.cleaned_data["name"].strip()
        names = {*addresses_of(self.account), getattr(self.account, "username", None) or ""} if self.account else set()
        if typed.casefold() not in {name.casefold() for name in names - {""}}:
            raise ValidationError(_("This is not the name of this account. Type what you sign in with."), code="other")
        return typed
