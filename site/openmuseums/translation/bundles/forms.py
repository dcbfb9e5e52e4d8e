"""What a translator says who takes texts along as a file, or brings them back."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from openmuseums.translation.bundles.files import Format

# A course of 2,000 texts takes one megabyte; little enough to be looked at while somebody waits.
MAX_UPLOAD = 10 * 1024 * 1024


class DownloadForm(forms.Form):
    """Which format."""

    format = forms.ChoiceField(
        label=_("Format"),
        choices=[
            (Format.PO, _("PO: for Poedit, Lokalize, Virtaal")),
            (Format.XLIFF, _("XLIFF: for OmegaT, Trados, memoQ, Phrase")),
        ],
    )


class UploadForm(forms.Form):
    """A file with translations."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("The PO or XLIFF file that you downloaded here, with your translations; or the ZIP it came in."),
        widget=forms.FileInput(attrs={"accept": ".po,.xlf,.xliff,.zip"}),
    )
    force = forms.BooleanField(
        label=_("Also replace what others have changed here since I downloaded the file"),
        help_text=_("Without this, their translations stay, and yours are listed."),
        required=False,
    )

    def clean_file(self) -> Any:
        """Refuse a file that is too large."""
        file = self.cleaned_data["file"]
        if file.size > MAX_UPLOAD:
            raise ValidationError(
                _("This file is too large: %(size)s. The most is %(most)s.")
                % {"size": filesizeformat(file.size), "most": filesizeformat(MAX_UPLOAD)}
            )
        return file


class AcceptForm(forms.Form):
    """Takes the file whose plan was shown. token: what it is kept under."""

    token = forms.CharField(max_length=64, widget=forms.HiddenInput)
    draft = forms.BooleanField(
        label=_("Make drafts of the pages that are whole"),
        help_text=_(
            "Of every page whose texts are all translated. Nothing is public by that, and no review is disturbed."
        ),
        required=False,
    )
