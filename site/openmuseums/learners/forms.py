"""What is asked before the record of a device becomes part of an account."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openmuseums.learners.holdings import Conflict

DEVICE, ACCOUNT = "device", "account"


class _Choice(forms.RadioSelect):
    """Radio buttons; a link to the question leads to the first of them."""

    def id_for_label(self, id_: str, index: str | None = "0") -> str:
        return str(super().id_for_label(id_, index))


class JoiningForm(forms.Form):
    """Asks, for each thing that is open in both records, which of the two goes on."""

    def __init__(self, *args: Any, conflicts: Sequence[Conflict], titles: dict[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflicts = list(conflicts)
        for conflict in self.conflicts:
            self.fields[_name(conflict)] = forms.ChoiceField(
                label=titles.get(conflict.page_key) or _("Quiz"),
                choices=[
                    (DEVICE, gettext_lazy("Go on with the one on this device")),
                    (ACCOUNT, gettext_lazy("Go on with the one in my account")),
                ],
                widget=_Choice,
                error_messages={"required": gettext_lazy("Choose which one you go on with.")},
            )

    @property
    def questions(self) -> list[tuple[Conflict, forms.BoundField]]:
        """Return what is open in both, each with the field that asks about it."""
        return [(conflict, self[_name(conflict)]) for conflict in self.conflicts]

    @property
    def goes_on(self) -> dict[UUID, bool]:
        """Return, of a valid form, by page key whether what the device has goes on."""
        return {conflict.page_key: self.cleaned_data[_name(conflict)] == DEVICE for conflict in self.conflicts}


def _name(conflict: Conflict) -> str:
    return f"open-{conflict.page_key}"
