"""The form that sets up the team of a language."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openmuseums.delivery.languages import own_name, source_language
from openmuseums.organisations.countries import ELSEWHERE, countries_in
from openmuseums.translation.models import Team
from openmuseums.translation.rights import translated_languages


class TeamForm(forms.Form):
    """Asks for the language, and who the partner is."""

    language = forms.ChoiceField(label=_("Language"))
    name = forms.CharField(
        label=_("Name of the partner"),
        max_length=Team._meta.get_field("name").max_length,
        help_text=_("As the partner writes it, such as the name of a museum or a university."),
    )
    country = forms.ChoiceField(label=_("Country"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = [(code, own_name(code)) for code in translated_languages()]
        countries = countries_in(get_language() or source_language())
        self.fields["language"].choices = [("", _("Choose")), *languages]  # type: ignore[attr-defined]
        self.fields["country"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *(country for country in countries if country[0] != ELSEWHERE),
        ]
