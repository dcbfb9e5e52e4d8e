"""Forms about organisations: choosing one's own, adding it to the list, and the administrators'."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from openmuseums.organisations.countries import countries_in
from openmuseums.organisations.folding import folded
from openmuseums.organisations.models import Membership, Organisation
from openmuseums.organisations.naming import found_by, near_doubles, store


class ChooseForm(forms.Form):
    """Chooses from the organisations that a search found."""

    prefix = "choose"
    organisation = forms.ModelChoiceField(
        label=_("Which one is it?"),
        queryset=Organisation.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one from the list, or add yours below."),
            "invalid_choice": _("This one is no longer in the list. Search for it again."),
        },
    )
    role = forms.ChoiceField(label=_("What are you there?"), choices=Membership.Role.choices)

    def __init__(self, *args: Any, offered: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        field.queryset = Organisation.objects.filter(is_confirmed=True)  # type: ignore[attr-defined]
        self.fields["role"].choices = [("", _("Choose")), *Membership.Role.choices]  # type: ignore[attr-defined]
        field.choices = [(row.pk, f"{row.name} ({row.get_country_display()})") for row in offered]  # type: ignore[attr-defined]


class AddForm(forms.Form):
    """Names an organisation that the list has not."""

    prefix = "add"
    name = forms.CharField(
        label=_("Name of the museum or network"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Write its name.")},
    )
    country = forms.ChoiceField(
        label=_("Country"),
        widget=forms.Select(attrs={"autocomplete": "country"}),
        error_messages={"required": _("Choose a country.")},
    )
    kind = forms.ChoiceField(label=_("What is it?"), choices=Organisation.Kind.choices)
    size = forms.ChoiceField(label=_("How many people work there?"), required=False)
    role = forms.ChoiceField(label=_("What are you there?"), choices=Membership.Role.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("Choose")), *countries_in(get_language() or "en")]  # type: ignore[attr-defined]
        # Nobody is on a board because it stands first in a list.
        self.fields["role"].choices = [("", _("Choose")), *Membership.Role.choices]  # type: ignore[attr-defined]
        self.fields["size"].choices = [("", _("I would rather not say")), *Organisation.Size.choices]  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """Refuse a name of signs alone."""
        name: str = self.cleaned_data["name"]
        if not folded(name):
            raise ValidationError(_("Write its name in letters."), code="nameless")
        return name


class OrganisationForm(WagtailAdminModelForm):
    """An administrator's form: a name that another has is refused at its field, with what to do."""

    class Meta:
        model = Organisation
        fields = ["name", "country", "kind", "size", "network", "is_confirmed"]

    def clean(self) -> dict[str, Any]:
        """Tell of a double at the name."""
        cleaned: dict[str, Any] = super().clean()
        name, country = cleaned.get("name", ""), cleaned.get("country", "")
        if name and not folded(name):
            self.add_error("name", _("Write its name in letters."))
        elif name and country:
            there = found_by(name=name, country=country)
            if there and there.pk != self.instance.pk:
                message = _("“%(name)s” has, or had, this name in this country. Merge the two instead.")
                self.add_error("name", message % {"name": there.name})
        return cleaned

    def save(self, commit: bool = True) -> Organisation:
        """Store it with its names."""
        organisation: Organisation = super().save(commit=False)
        store(organisation=organisation, now=timezone.now())
        return organisation


class MergeForm(forms.Form):
    """Chooses which of two is to stay."""

    kept = forms.ModelChoiceField(
        label=_("The organisation that stays"),
        queryset=Organisation.objects.none(),
        error_messages={"required": _("Choose the one that stays.")},
    )

    def __init__(self, *args: Any, double: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Organisation.objects.filter(kind=double.kind).exclude(pk=double.pk)
        near = [row.pk for row in near_doubles(double)]
        field = self.fields["kept"]
        field.queryset = others  # type: ignore[attr-defined]
        named = [(row.pk, f"{row.name} ({row.get_country_display()})") for row in others]
        likely = [pair for pair in named if pair[0] in near]
        rest = [pair for pair in named if pair[0] not in near]
        field.choices = [("", _("Choose")), (_("Likely the same"), likely), (_("All others"), rest)]  # type: ignore[attr-defined]
