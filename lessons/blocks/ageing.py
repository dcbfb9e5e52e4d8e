"""What says of itself as of when it is known: blocks whose words, addresses and figures age."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from lessons.blocks.teaching import TeachingBlock

KNOWN_ON = "known_on"


class KnownOnBlock(blocks.DateBlock):
    """The day as of which something is known. It is the same in every language."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("As known on"))
        kwargs.setdefault("required", False)
        kwargs.setdefault(
            "help_text",
            _(
                "For what may change, such as tools, prices, the law: the day on which you knew it to be so. Readers "
                "see it. That it was checked says only who opens the source, under Reports, “Sources and their age”."
            ),
        )
        super().__init__(**kwargs)

    def clean(self, value: Any) -> dt.date | None:
        """Refuse a day that is still to come."""
        day: dt.date | None = super().clean(value)
        if day and day > timezone.localdate():
            raise ValidationError(
                _("This day is still to come. Write the day on which you knew it, or leave it empty.")
            )
        return day

    def get_prep_value(self, value: Any) -> str | None:
        """Return the day as it is stored: a text, the same whether it was read from a form or from the database."""
        return value.isoformat() if isinstance(value, dt.date) else value or None


class AgeingBlock(TeachingBlock):
    """A block that teaches what may change."""

    known_on = KnownOnBlock()
