"""The form of the page that takes a slip."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openmuseums.limits.counting import allow
from openmuseums.limits.hiding import client_of
from openmuseums.people.models import User
from openmuseums.people.slips import redeem_slip

# Tries in five minutes: from one place, where many people may sit behind one address, and with one name.
_FROM_A_PLACE, _WITH_A_NAME, _SECONDS = 60, 10, 5 * 60


class SlipForm(forms.Form):
    """Takes a user name and the code on a slip. The message is the same whatever is wrong with them."""

    name = forms.CharField(
        label=_("User name"),
        max_length=254,
        help_text=_("As it stands on the slip."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=100,
        help_text=_("The digits on the slip, with or without spaces."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None

    def clean(self) -> dict[str, Any]:
        """Find whose slip it is, and use it up."""
        cleaned = super().clean() or {}
        if not (cleaned.get("name") and cleaned.get("code")):
            return cleaned
        name = cleaned["name"].strip().casefold()
        if not (
            allow("slip place", who=client_of(self.request), amount=_FROM_A_PLACE, seconds=_SECONDS)
            and allow("slip name", who=name, amount=_WITH_A_NAME, seconds=_SECONDS)
        ):
            raise ValidationError(_("That was tried too often. Wait a few minutes, then try again."), code="often")
        self.user = redeem_slip(name=name, code=cleaned["code"], now=timezone.now())
        if self.user is None:
            message = _(
                "This user name and code do not open anything. Check both. A slip can be used once, within two weeks: "
                "whoever gave it to you can make a new one."
            )
            raise ValidationError(message, code="invalid")
        return cleaned
