"""What is typed about attendance: the code from the room, and who was there."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from openmuseums.trainers.attendance.scans import LARGEST, LONGEST_KEPT, a_year_on, kind_of
from openmuseums.trainers.models import AttendanceEntry

PRESENT, ABSENT = "present", "absent"


class CodeForm(forms.Form):
    """Takes the code that is shown in the room."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("Eight letters and digits. Capitals, spaces and dashes do not matter."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Type the code that is shown in the room.")},
    )


class ListForm(forms.Form):
    """Takes how what is noted is known, and why what was noted before is changed. Who was there is read beside it."""

    how = forms.ChoiceField(
        label=_("How do you know?"),
        choices=[
            (AttendanceEntry.How.LIST, _("I saw who was there")),
            (AttendanceEntry.How.SHEET, _("They signed on paper")),
        ],
        widget=forms.RadioSelect,
        initial=AttendanceEntry.How.LIST,
    )
    reason = forms.CharField(
        label=_("Why do you change it?"),
        help_text=_("Only where you change what was noted before. It stands on this page from then on."),
        max_length=300,
        required=False,
    )


def marks_in(data: Any, participations: Iterable[UUID], *, rest: str = "") -> dict[UUID, bool]:
    """Return who was marked, of some participations. rest: what all are whom nobody marked."""
    found = {}
    for key in participations:
        mark = data.get(f"mark-{key}") or rest
        if mark in {PRESENT, ABSENT}:
            found[key] = mark == PRESENT
    return found


class ScanForm(forms.Form):
    """Takes the scan of a signed sheet, and until when it is kept. today: the day it is where it is sent from."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A PDF, or a picture as JPEG or PNG."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={
            "required": _("Choose the file with the scan."),
            "empty": _("This file is empty. Scan the sheet again."),
        },
    )
    keep_until = forms.DateField(
        label=_("Keep it until"),
        help_text=_("Then it is deleted by itself. Keep it no longer than whoever pays for the course may ask for it."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["keep_until"].initial = a_year_on(today)

    def clean_file(self) -> Any:
        """Refuse what is too large, and what its bytes say is no scan."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(
                _("This file is too large: %(size)s. The most is %(most)s. Scan the sheet in shades of grey.")
                % {"size": filesizeformat(file.size), "most": filesizeformat(LARGEST)}
            )
        if not kind_of(file):
            raise ValidationError(_("This is neither a PDF nor a JPEG or PNG picture. Save the scan as one of them."))
        return file

    def clean_keep_until(self) -> dt.date:
        """Refuse a day that is over, and one too far away."""
        day: dt.date = self.cleaned_data["keep_until"]
        if day <= self.today:
            raise ValidationError(_("Choose a day that is to come."))
        if day > a_year_on(self.today, years=LONGEST_KEPT):
            raise ValidationError(_("A scan is kept for five years at most. Choose an earlier day."))
        return day
