"""Forms by which a trainer keeps places for people."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from openmuseums.trainers.placing.acts import MOST_ACCOUNTS_AT_ONCE, MOST_AT_ONCE

_LONGEST = 200


def fit(name: str) -> str:
    """Return a name in one line. Raises ValidationError where there are signs in it that cannot be shown."""
    plain = " ".join(unicodedata.normalize("NFC", name).split())
    if any(unicodedata.category(sign)[0] == "C" and sign not in "\u200c\u200d" for sign in plain):
        raise ValidationError(
            _("There are signs in “%(name)s” that cannot be shown. Type it anew."), params={"name": plain}
        )
    if len(plain) > _LONGEST:
        raise ValidationError(_("“%(name)s” is too long. Shorten it."), params={"name": f"{plain[:40]}…"})
    return plain


class PlacesForm(forms.Form):
    """Takes names, one a line."""

    token = forms.RegexField(r"^[a-zA-Z0-9_-]{32,64}\Z", widget=forms.HiddenInput)
    names = forms.CharField(
        label=_("Names, one a line"),
        max_length=MOST_AT_ONCE * (_LONGEST + 2),
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
        error_messages={"required": _("Write a name.")},
    )
    with_accounts = forms.BooleanField(
        label=_("These people have no e-mail address: make an account for each, with a code to sign in with once"),
        required=False,
    )

    def clean_names(self) -> list[str]:
        """Return the names."""
        names = [fit(line) for line in self.cleaned_data["names"].splitlines() if line.strip()]
        if len(names) > MOST_AT_ONCE:
            raise ValidationError(_("At most %(most)d at once. Divide the list."), params={"most": MOST_AT_ONCE})
        return names

    def clean(self) -> dict[str, Any]:
        """Refuse more accounts than can be made at once."""
        data = super().clean() or {}
        if data.get("with_accounts") and len(data.get("names", ())) > MOST_ACCOUNTS_AT_ONCE:
            said = _now("With accounts, at most %(most)d at once. Divide the list.")
            self.add_error("names", said % {"most": MOST_ACCOUNTS_AT_ONCE})
        return data


class RenameForm(forms.Form):
    """Takes another way to write a name."""

    name = forms.CharField(max_length=_LONGEST, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def clean_name(self) -> str:
        """Return the name in one line."""
        return fit(self.cleaned_data["name"])
