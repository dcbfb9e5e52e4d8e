"""What list a trainer asks for, and what somebody hands in to be verified."""

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from openmuseums.organisations.countries import countries_in
from openmuseums.organisations.models import Membership
from openmuseums.trainers.lists.columns import CHOICES, FOR_OBSERVERS, OWN_CHOICE, PRESET_NAMES, PRESETS, in_order
from openmuseums.trainers.lists.conditions import Conditions
from openmuseums.trainers.lists.making import SETTLED_AFTER, Asked, Format
from openmuseums.trainers.lists.manifests import MOST_BYTES
from openmuseums.trainers.models import Cohort, State
from openmuseums.trainers.zones import zone

FORMATS = [
    (Format.XLSX, _("Workbook (XLSX)")),
    (Format.CSV, _("CSV, for spreadsheets")),
    (Format.JSONL, _("JSON Lines, for programs")),
    (Format.PDF, _("Summary to print (PDF): how many, nobody in particular")),
]
# Larger than a list of a million people as CSV; whoever has a larger one runs the command.
MOST_VERIFIED = 300 * 1024 * 1024
_ANY = [("", _("Any"))]


class ListForm(forms.Form):
    """Takes which list is asked for. For observers: statistics, by nothing that leads to a museum."""

    preset = forms.ChoiceField(label=_("What for"), widget=forms.RadioSelect, initial="auditor")
    columns = forms.MultipleChoiceField(
        label=_("Columns"),
        choices=list(CHOICES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only where you choose them yourself."),
    )
    file_format = forms.ChoiceField(label=_("Kind of file"), choices=FORMATS, initial=Format.XLSX)
    locale = forms.ChoiceField(
        label=_("Language of the headings"), help_text=_("It also says how fractions are written in CSV.")
    )
    as_of = forms.CharField(
        label=_("As of"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        error_messages={"required": _("Say as of when.")},
    )
    museum = forms.ChoiceField(label=_("Museum or network"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    role = forms.ChoiceField(label=_("Role"), choices=[*_ANY, *Membership.Role.choices], required=False)
    language = forms.ChoiceField(label=_("Language"), choices=[*_ANY, *settings.LANGUAGES], required=False)
    status = forms.ChoiceField(label=_("Status"), choices=[*_ANY, *State.Status.choices], required=False)
    complete = forms.ChoiceField(
        label=_("Completed"),
        choices=[*_ANY, ("yes", pgettext_lazy("in a list", "yes")), ("no", pgettext_lazy("in a list", "no"))],
        required=False,
    )

    def __init__(self, sent: Any, *, cohort: Cohort, is_observer: bool, now: dt.datetime) -> None:
        zoned = (now - SETTLED_AFTER).astimezone(zone(cohort.time_zone))
        language = get_language() or settings.LANGUAGE_CODE
        initial = {"as_of": f"{zoned:%Y-%m-%dT%H:%M}", "locale": language}
        if is_observer:
            initial["preset"] = FOR_OBSERVERS
        super().__init__(sent, initial=initial)
        self.cohort, self.now = cohort, now
        fields: dict[str, Any] = self.fields
        fields["locale"].choices = settings.LANGUAGES
        fields["as_of"].help_text = _("What was recorded by then is in the list. Time zone: %(zone)s.") % {
            "zone": cohort.time_zone.replace("_", " ")
        }
        fields["country"].choices = [*_ANY, *countries_in(language)]
        presets = [(key, PRESET_NAMES[key]) for key in PRESETS]
        if is_observer:
            fields["preset"].choices = [each for each in presets if each[0] == FOR_OBSERVERS]
            del fields["columns"], fields["museum"]
        else:
            fields["preset"].choices = [*presets, (OWN_CHOICE, _("Columns that I choose"))]
            museums = cohort.participations.exclude(museum="").order_by("museum").values_list("museum", flat=True)
            fields["museum"].choices = [*_ANY, *((name, name) for name in museums.distinct())]

    def clean_as_of(self) -> dt.datetime:
        """Return the moment. Refuses one that is not over for at least a minute."""
        try:
            moment = dt.datetime.fromisoformat(self.cleaned_data["as_of"])
        except ValueError:
            raise ValidationError(_("Write the time as a day and an hour, such as 2026-11-01 12:00.")) from None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=zone(self.cohort.time_zone))
        if moment.year < 2000 or moment > self.now - SETTLED_AFTER:
            raise ValidationError(_("Choose a time that lies at least a minute back."))
        return moment.astimezone(dt.UTC)

    def clean(self) -> dict[str, Any]:
        """Refuse a choice of one's own without columns."""
        cleaned = super().clean() or {}
        if cleaned.get("preset") == OWN_CHOICE and not cleaned.get("columns"):
            self.add_error("columns", _("Choose at least one column."))
        return cleaned

    @property
    def asked(self) -> Asked:
        """Return what list is asked for, of a form that is right."""
        data = self.cleaned_data
        chosen = data["columns"] if data["preset"] == OWN_CHOICE else PRESETS[data["preset"]]
        return Asked(
            cohort=self.cohort,
            as_of=data["as_of"],
            columns=in_order(chosen),
            file_format=Format(data["file_format"]),
            locale=data["locale"],
            preset=data["preset"],
            conditions=Conditions.read(data),
        )


class VerifyForm(forms.Form):
    """Takes a list and the manifest beside it."""

    file = forms.FileField(
        label=_("The list"),
        help_text=_("The file as you were given it, not saved again by another program."),
        error_messages={"required": _("Choose the file with the list.")},
        allow_empty_file=True,
    )
    manifest = forms.FileField(
        label=_("Its manifest"),
        help_text=_("The file beside it whose name ends in .manifest.json."),
        error_messages={"required": _("Choose the manifest.")},
        allow_empty_file=True,
    )

    def clean_file(self) -> Any:
        """Refuse a file that is too large."""
        return _not_larger(self.cleaned_data["file"], MOST_VERIFIED)

    def clean_manifest(self) -> Any:
        """Refuse a file that is too large."""
        return _not_larger(self.cleaned_data["manifest"], MOST_BYTES)


def _not_larger(file: Any, most: int) -> Any:
    if file.size > most:
        raise ValidationError(
            _("This file is too large: %(size)s. The most is %(most)s.")
            % {"size": filesizeformat(file.size), "most": filesizeformat(most)}
        )
    return file


def local(moment: dt.datetime, cohort: Cohort) -> dt.datetime:
    """Return a moment in a cohort's time zone."""
    return timezone.localtime(moment, zone(cohort.time_zone))
