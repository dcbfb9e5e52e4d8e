"""What somebody says who sends a file that waits, and who accepts what it would do."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

# Far more than questions or the texts of a course need: little enough to be looked at while somebody waits.
MAX_WAITING = 10 * 1024 * 1024


class WaitingFileForm(forms.Form):
    """A file of a size that can wait. Forms of a kind of file say in its field which that is."""

    file = forms.FileField(label=_("File"))

    def clean_file(self) -> Any:
        """Refuse a file that is too large."""
        file = self.cleaned_data["file"]
        if file.size > MAX_WAITING:
            raise ValidationError(
                _("This file is too large: %(size)s. The most is %(most)s.")
                % {"size": filesizeformat(file.size), "most": filesizeformat(MAX_WAITING)}
            )
        return file


class AcceptForm(forms.Form):
    """Takes the file whose plan was shown. token: what it is kept under."""

    token = forms.CharField(max_length=64, widget=forms.HiddenInput)
