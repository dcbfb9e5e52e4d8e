"""Why a translation cannot be submitted, decided on or published: each reason with the text that it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from openmuseums.editorial.cleaning import clean_html
from openmuseums.editorial.gate import NotFitToPublish
from openmuseums.segments.checking import faults_of
from openmuseums.segments.storing import StoredTexts
from openmuseums.segments.units import plain_text, units_of
from openmuseums.translation.addresses import desk_address

# As much of a text as names it in a message.
_SHOWN = 80


@dataclass(frozen=True)
class Fault:
    """What is wrong, in words. text: the text of the source that it is about; address: where that is mended."""

    reason: str
    text: str = ""
    address: str = ""


class NotReadyError(Exception):
    """Raised instead of submitting, deciding or publishing; carries `faults`. Nothing has changed then."""

    def __init__(self, title: str, faults: Sequence[Fault]) -> None:
        self.title = title
        self.faults = list(faults)
        super().__init__(title, *[fault.reason for fault in faults])


def refused(title: str, refusal: NotFitToPublish | ValidationError) -> NotReadyError:
    """Return what the gate, or a page itself, refused, in the same form."""
    messages = [str(message) for message in refusal.messages]
    return NotReadyError(title, [Fault(message) for message in messages])


def faults_in(stored: StoredTexts) -> list[Fault]:
    """Return the texts of a page that are not translated, or whose translation cannot stand, in their order."""
    language, key = stored.locale.language_code, stored.source.object_id
    units = {(unit.path, unit.source): unit for unit in units_of(stored.source.as_instance())}
    faults = []
    for name in stored.names:
        row = stored.rows.get(name)
        if name not in stored.texts:
            reasons = _reasons_without(row, needed=name in stored.required)
        else:
            unit = units.get(name)
            reasons = faults_of(unit, stored.texts[name], clean=clean_html) if unit else []
        faults += [Fault(reason, _named(name[1]), desk_address(language, key, name)) for reason in reasons]
    return faults


def _reasons_without(row: Any, *, needed: bool) -> list[str]:
    if row is not None and row.has_error:
        return [str(row.field_error or _("This translation cannot be used as it is."))]
    return [_("This text is not translated yet.")] if needed else []


def _named(source: str) -> str:
    text = plain_text(source)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
