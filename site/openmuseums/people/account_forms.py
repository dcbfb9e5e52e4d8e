"""What people say of themselves."""

from typing import Any

from allauth.socialaccount.forms import DisconnectForm
from django import forms
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openmuseums.people.models import User


class SelfForm(forms.Form):
    """Takes the name that pages greet somebody by, and the language that letters are written in."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        required=False,
        help_text=_("As pages and letters address you. It may stay empty."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("The language of letters to you"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            (code, LANG_INFO.get(code, {}).get("name_local", code)) for code, _name in settings.LANGUAGES
        ]

    @staticmethod
    def initial_of(user: User) -> dict[str, str]:
        """Return what the form shows of an account."""
        return {"name": user.name, "language": user.language or get_language() or settings.LANGUAGE_CODE}


class OtherPlaceGoneForm(DisconnectForm):
    """Takes away another place's account; a code by mail lets in whoever has an address."""

    def clean(self) -> dict[str, Any]:
        """Refuse it where nothing else would let the person in."""
        user = self.request.user
        if not (user.email or user.has_usable_password()):
            raise ValidationError(_("Nothing else would let you in. Add an e-mail address first."), code="last")
        return forms.Form.clean(self) or {}
