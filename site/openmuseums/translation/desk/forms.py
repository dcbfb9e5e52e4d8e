"""What comes back from a desk: texts with their versions, and the pictures and documents that were chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from wagtail.documents import get_document_model
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.images import get_image_model
from wagtail.images.widgets import AdminImageChooser

from openmuseums.translation.desk.labels import PICTURE
from openmuseums.translation.desk.reading import version_of
from openmuseums.translation.desk.saving import Typed

PREFIX, ALL = "text-", "all"


@dataclass(frozen=True)
class Sheet:
    """What stood in the fields of a desk when a button was pressed.

    texts, versions: by the names of texts. save: the name of the one that was to be saved, or `ALL`. drop: the name of
    one whose field is to be forgotten. seat: “over” or “leave”.
    """

    texts: Mapping[str, str]
    versions: Mapping[str, str]
    save: str = ""
    drop: str = ""
    seat: str = ""

    def typed(self) -> dict[str, Typed]:
        """Return what is to be saved; where that is everything, only what was changed."""
        if self.save == ALL:
            return {name: Typed(self.texts[name], self.versions.get(name, "")) for name in self.changed()}
        if self.save in self.texts:
            return {self.save: Typed(self.texts[self.save], self.versions.get(self.save, ""), is_confirmed=True)}
        return {}

    def changed(self) -> list[str]:
        """Return the names of the texts that are not as they were."""
        return [
            name
            for name, text in self.texts.items()
            if name != self.drop and version_of(text) != self.versions.get(name, "")
        ]


def sheet_of(data: Mapping[str, Any]) -> Sheet:
    """Return what was sent."""
    pairs = (pair.partition(":") for pair in data.get("versions", "").split())
    return Sheet(
        # Browsers send the line breaks of a field as two characters.
        texts={
            key.removeprefix(PREFIX): str(data[key]).replace("\r\n", "\n") for key in data if key.startswith(PREFIX)
        },
        versions={name: version for name, _colon, version in pairs},
        save=data.get("save", ""),
        drop=data.get("drop", ""),
        seat=data.get("seat", ""),
    )


class ChoiceForm(forms.Form):
    """Another picture or document for a language; none is the source's own."""

    def __init__(self, *args: Any, kind: str, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_picture = kind == PICTURE
        model = get_image_model() if is_picture else get_document_model()
        self.fields["chosen"] = forms.ModelChoiceField(
            model.objects.all(),
            required=False,
            label=label,
            widget=AdminImageChooser() if is_picture else AdminDocumentChooser(),
        )
