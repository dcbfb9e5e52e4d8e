"""What a reader fills in to report something, and what an editor chooses the queue by."""

import unicodedata
import uuid
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from openmuseums.delivery.languages import known_languages, own_name
from openmuseums.reports.models import LONGEST_NOTE, LONGEST_TEXT, Report
from openmuseums.reports.places import ReportedPage
from openmuseums.reports.queue import State

_OPTIONAL_TEXT = {Report.Kind.DEAD_LINK}


def without_controls(text: str) -> str:
    """Return a text without characters that control a terminal or a printer; lines and tabs stay."""
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"})


class PlaceSelect(forms.Select):
    """Offers the places of a page, marked with the language of their names where it is not the reader's."""

    language = ""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return an option; "the whole page" is in the reader's language."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if self.language and value:
            option["attrs"]["lang"] = self.language
        return option


class PlaceField(forms.ChoiceField):
    """A place of a page. A block that went while the form was open is no reason to send a reader back."""

    def clean(self, value: Any) -> str:
        """Return the id of a block that the page has, else "" for the whole page."""
        return str(value) if value and self.valid_value(value) else ""


class KindSelect(forms.RadioSelect):
    """Offers the kinds; what names the whole of them leads to the first."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """Return the id of a button."""
        return str(super().id_for_label(id_, index if index is not None else "0"))


class ReportForm(forms.Form):
    """Where it is, what kind of thing, and what is wrong. `form_id` makes sure that it counts once."""

    form_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    block = PlaceField(label=_("Where it is"), required=False, widget=PlaceSelect)
    kind = forms.ChoiceField(
        label=_("What is wrong"),
        choices=Report.Kind.choices,
        widget=KindSelect,
        error_messages={"required": _("Choose what is wrong.")},
    )
    text = forms.CharField(
        label=_("Tell us more"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What it says, and what it should say; or what you tried, and what happened. Please name nobody."),
    )

    def __init__(self, *args: Any, page: ReportedPage, reader_language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = cast("forms.ChoiceField", self.fields["block"])
        places.choices = [("", _("The whole page")), *((place.block_id, place.name) for place in page.places)]
        cast("PlaceSelect", places.widget).language = page.language if page.language != reader_language else ""

    def clean_form_id(self) -> uuid.UUID:
        """Return the form's id; a form that lost it has a new one."""
        return self.cleaned_data.get("form_id") or uuid.uuid4()

    def clean_text(self) -> str:
        """Return the text without characters that nobody can see or type."""
        return without_controls(self.cleaned_data["text"]).strip()

    def clean(self) -> dict[str, Any]:
        """Ask for words where the kind alone says too little."""
        cleaned = super().clean() or {}
        kind = cleaned.get("kind")
        is_enough = kind in _OPTIONAL_TEXT and cleaned.get("block")
        if kind and not is_enough and "text" in cleaned and not cleaned["text"]:
            self.add_error("text", ValidationError(_("Say in a sentence what is wrong."), code="required"))
        return cleaned


class QueueForm(forms.Form):
    """Which reports the queue shows."""

    state = forms.ChoiceField(label=_("State"), choices=State.choices, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All kinds")), *Report.Kind.choices], required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = cast("forms.ChoiceField", self.fields["language"])
        languages.choices = [("", _("All languages")), *((code, own_name(code)) for code in known_languages())]

    def asked(self) -> dict[str, str]:
        """Return what is asked for; what nobody offers is not."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class SettleForm(forms.Form):
    """Which reports an editor settles, and what became of them."""

    report = forms.TypedMultipleChoiceField(
        coerce=int, error_messages={"required": _("Choose at least one report to settle.")}
    )
    note = forms.CharField(label=_("What became of it"), max_length=LONGEST_NOTE, required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        sent = data.getlist("report")
        field = cast("forms.TypedMultipleChoiceField", self.fields["report"])
        # Which of them there are is for the database to say.
        field.choices = [(value, value) for value in sent if value.isascii() and value.isdecimal() and len(value) < 19]

    def clean_note(self) -> str:
        """Return the note without characters that nobody can see or type."""
        return without_controls(self.cleaned_data["note"]).strip()
