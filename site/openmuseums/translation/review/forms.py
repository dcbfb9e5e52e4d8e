"""What reviewers send."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DecisionForm(forms.Form):
    """What a reviewer decides about the version that was read, and what there is to say about it."""

    APPROVE = "approve"
    RETURN = "return"

    revision = forms.IntegerField(widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("Comment"),
        help_text=_("The translators read it. To return the translation, say here what is to be mended."),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    decision = forms.ChoiceField(choices=[(APPROVE, APPROVE), (RETURN, RETURN)])
