"""Forms about accounts in Wagtail's admin: one's own, and the administrator's."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm as WagtailUserCreationForm
from wagtail.users.forms import UserEditForm as WagtailUserEditForm

from openmuseums.people.models import User
from openmuseums.people.rights import groups_to_give


class AccountFields(forms.ModelForm):  # type: ignore[type-arg]
    """The names of an account. Doubles are told at the field that they are in."""

    class Meta:
        model = User
        fields = ["username", "email", "name"]

    def clean_username(self) -> str:
        """Refuse a user name that somebody has, in whatever case."""
        return self._clean_name("username", _("There is an account with this user name already."))

    def clean_email(self) -> str:
        """Refuse an address that somebody has, in whatever case."""
        return self._clean_name("email", _("There is an account with this e-mail address already."))

    def _clean_name(self, field: str, message: Any) -> str:
        value = (self.cleaned_data.get(field) or "").strip()
        others = User.objects.exclude(pk=self.instance.pk)
        if value and others.filter(**{f"{field}__iexact": value.casefold()}).exists():
            raise ValidationError(message, code="double")
        return value


class AccountForm(AccountFields):
    """What a person says of themselves in Wagtail's admin."""


class _AdministeredAccount(AccountFields):
    """What Wagtail's forms for accounts expect and we do otherwise: one field for the name, no required address.

    actor: who fills it in. It offers no more than they may give.
    """

    first_name = None
    last_name = None
    email = forms.EmailField(label=_("E-mail address"), required=False)

    def __init__(self, *args: Any, actor: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].help_text = User._meta.get_field("username").help_text
        if actor is None or not actor.is_superuser:
            self.fields.pop("is_superuser", None)
        groups = groups_to_give(actor) if actor else Group.objects.none()
        self.fields["groups"].queryset = groups  # type: ignore[attr-defined]

    def _clean_username(self) -> None:
        # Wagtail looks for doubles with regard to case; clean_username() has done it without.
        return None


_FIELDS = ["username", "email", "name", "is_superuser", "groups"]


class UserCreationForm(_AdministeredAccount, WagtailUserCreationForm):
    """An administrator's form for a new account. It has no password: the person gets in by a code by mail or a slip."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # An empty one would count as a password that can be used.
        self.instance.set_unusable_password()

    class Meta(WagtailUserCreationForm.Meta):
        model = User
        fields = _FIELDS


class UserEditForm(_AdministeredAccount, WagtailUserEditForm):
    """An administrator's form for an account."""

    class Meta(WagtailUserEditForm.Meta):
        model = User
        fields = [*_FIELDS, "is_active"]
