"""What a translator says who takes texts along as a file, or brings them back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from openmuseums.translation.bundles.files import Format
from openmuseums.uploads import forms as waiting


class DownloadForm(forms.Form):
    """Which format."""

    format = forms.ChoiceField(
        label=_("Format"),
        choices=[
            (Format.PO, _("PO: for Poedit, Lokalize, Virtaal")),
            (Format.XLIFF, _("XLIFF: for OmegaT, Trados, memoQ, Phrase")),
        ],
    )


class UploadForm(waiting.WaitingFileForm):
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


class AcceptForm(waiting.AcceptForm):
    """Takes the file whose plan was shown. draft: and makes drafts of what is whole then."""

    draft = forms.BooleanField(
        label=_("Make drafts of the pages that are whole"),
        help_text=_(
            "Of every page whose texts are all translated. Nothing is public by that, and no review is disturbed."
        ),
        required=False,
    )
