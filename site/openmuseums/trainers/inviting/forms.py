"""Forms by which a trainer invites people: one person, or a file of them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from openmuseums.delivery.languages import known_languages
from openmuseums.trainers.inviting.planning import Guest, plain_address
from openmuseums.trainers.inviting.reading import UnreadableError, read
from openmuseums.trainers.inviting.wording import told_fault
from openmuseums.trainers.models import Cohort
from openmuseums.uploads.forms import WaitingFileForm


class InviteForm(forms.Form):
    """Invites one person."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write the address to invite.")},
    )
    name = forms.CharField(label=_("Name"), max_length=200, required=False, help_text=_("For the letter’s greeting."))
    museum = forms.CharField(label=_("Museum"), max_length=200, required=False)
    language = forms.ChoiceField(label=_("Language of the letter"))

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = dict.fromkeys([*cohort.languages, *known_languages()])
        choices = [(code, get_language_info(code)["name_translated"]) for code in codes]
        self.fields["language"].choices = choices  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        """Return the address as it is kept. Refuse one that few mail servers take."""
        address = plain_address(self.cleaned_data["email"])
        if not address.partition("@")[0].isascii():
            raise ValidationError(_("This is no e-mail address that we can write to. Correct it."))
        return address

    @property
    def guest(self) -> Guest:
        """Return whom a valid form names."""
        return Guest(**self.cleaned_data)


class GuestFileForm(WaitingFileForm):
    """Takes a file of people to invite."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "A table saved as CSV: e-mail address, name, museum, language. Only the address is needed. At most 10,000 "
            "lines."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv"}),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
    )

    def clean_file(self) -> Any:
        """Refuse a file that cannot be read."""
        file = super().clean_file()
        try:
            read(file.read())
        except UnreadableError as error:
            raise ValidationError(told_fault(error.fault)) from error
        finally:
            file.seek(0)
        return file
