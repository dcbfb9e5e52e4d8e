"""What is said of a session: what it is about, where, and when by the clocks of the place."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openmuseums.delivery.languages import known_languages, own_name
from openmuseums.organisations.models import Organisation
from openmuseums.trainers.models import Session
from openmuseums.trainers.sessions.arranging import Plan
from openmuseums.trainers.sessions.moments import (
    FIRST,
    SECOND,
    NoSuchTimeError,
    TwofoldTimeError,
    moment,
    shown,
    which_of,
)
from openmuseums.trainers.zones import zone_choices

# Long enough for a study trip, short enough to catch a year mistyped.
LONGEST = dt.timedelta(days=14)
_WHICH = [
    ("", _("Only needed in the night in which clocks go back")),
    (FIRST, pgettext_lazy("of two hours of the same name", "The first, before clocks go back")),
    (SECOND, pgettext_lazy("of two hours of the same name", "The second, after clocks go back")),
]


class LanguageSelect(forms.Select):
    """Offers languages by their own names, each said to be of that language."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return an option with its language."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["lang"] = str(value)
        return option


class SessionForm(forms.Form):
    """Says what a session is."""

    title = forms.CharField(
        label=_("Title"), max_length=200, error_messages={"required": _("Give it a title, so that people know it.")}
    )
    about = forms.CharField(
        label=_("What it is about"),
        help_text=_("A few sentences, in the language of the session. You can leave this empty."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    kind = forms.ChoiceField(label=_("Where is it?"), choices=Session.Kind.choices, widget=forms.RadioSelect)
    place = forms.CharField(
        label=_("Place"),
        help_text=_("For a session on site: the house, street and town, and the room."),
        max_length=300,
        required=False,
    )
    address = forms.CharField(
        label=_("Address online"),
        help_text=_("For a session online. It begins with “https://”. Whoever sees the session sees its address too."),
        max_length=500,
        required=False,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    starts_on = forms.DateField(label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    starts_time = forms.TimeField(label=_("Starts at"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    starts_which = forms.ChoiceField(
        label=_("In which of the two hours does it start?"), choices=_WHICH, required=False
    )
    ends_time = forms.TimeField(label=_("Ends at"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    ends_which = forms.ChoiceField(label=_("In which of the two hours does it end?"), choices=_WHICH, required=False)
    ends_on = forms.DateField(
        label=_("Last day"),
        help_text=_("Only where it ends on another day than it starts."),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("The times above are those that clocks show in this zone.")
    )
    language = forms.ChoiceField(label=_("Language"), widget=LanguageSelect)
    audience = forms.ChoiceField(label=_("For whom is it?"), choices=Session.Audience.choices)
    is_public = forms.BooleanField(
        label=_("Show it in the public calendar"),
        help_text=_("Everybody then sees all that you write here, the address online too."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = zone_choices()  # type: ignore[attr-defined]
        self.fields["language"].choices = [(code, own_name(code)) for code in known_languages()]  # type: ignore[attr-defined]
        # Asked only where it matters: when a time was typed that comes twice, or one stands there.
        self.asks = {name for name in ("starts_which", "ends_which") if self[name].value()}

    def clean_title(self) -> str:
        """Refuse a title of spaces and unseen signs."""
        return _seen(self.cleaned_data["title"])

    def clean(self) -> dict[str, Any]:
        """Reckon the moments, and ask for the place or address that the kind needs."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") == Session.Kind.ON_SITE and not data.get("place") and "place" not in self.errors:
            self.add_error("place", _("Say where people should come to."))
        if data.get("kind") == Session.Kind.ONLINE and "address" not in self.errors:
            self._check_address(data.get("address", ""))
        zone = data.get("time_zone")
        if zone:
            data["starts_at"] = self._moment("starts", data.get("starts_on"), zone)
            data["ends_at"] = self._moment("ends", data.get("ends_on") or data.get("starts_on"), zone)
            self._check_order(data["starts_at"], data["ends_at"])
        return data

    def plan(self) -> Plan:
        """Return what a valid form says."""
        data = self.cleaned_data
        return Plan(**{name: data[name] for name in Plan.__dataclass_fields__})

    def _check_address(self, address: str) -> None:
        try:
            URLValidator(schemes=["https"])(address)
            is_bare = urlsplit(address).username is None
        except (ValidationError, ValueError):
            is_bare = False
        if not is_bare:
            self.add_error("address", _("Type the whole address at which people meet. It begins with “https://”."))

    def _moment(self, part: str, day: dt.date | None, zone: str) -> dt.datetime | None:
        time = self.cleaned_data.get(f"{part}_time")
        if day is None or time is None:
            return None
        try:
            return moment(dt.datetime.combine(day, time), zone, which=self.cleaned_data.get(f"{part}_which", ""))
        except NoSuchTimeError as error:
            message = _("In this night clocks go forward and leave this hour out. Choose %(time)s or later.")
            self.add_error(f"{part}_time", message % {"time": date_format(error.resumes, "TIME_FORMAT")})
        except TwofoldTimeError:
            self.asks.add(f"{part}_which")
            self.add_error(
                f"{part}_which",
                _("In this night clocks go back, and this hour comes twice. Say which one you mean."),
            )
        except OverflowError:
            self.add_error(f"{part}_time", _("Choose a day nearer to today."))
        return None

    def _check_order(self, starts_at: dt.datetime | None, ends_at: dt.datetime | None) -> None:
        if starts_at is None or ends_at is None:
            return
        if ends_at <= starts_at:
            self.add_error("ends_time", _("It ends before it starts. Where it ends on another day, say so below."))
        elif ends_at - starts_at > LONGEST:
            self.add_error("ends_on", _("This is longer than two weeks. Make a session for each part of it."))


class PublicSessionForm(SessionForm):
    """Says what a session is that an organisation offers to everybody."""

    organisation = forms.ModelChoiceField(
        label=_("Who offers it?"),
        queryset=Organisation.objects.none(),
        empty_label=None,
        error_messages={"required": _("Choose the museum or network that offers it.")},
    )
    field_order = ["organisation"]

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["is_public"]
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]

    def plan(self) -> Plan:
        """Return what a valid form says; it is in the public calendar."""
        self.cleaned_data["is_public"] = True
        return super().plan()


def typed(session: Session) -> dict[str, Any]:
    """Return what would be typed into the form for a session as it is."""
    starts, ends = (shown(at, session.time_zone) for at in (session.starts_at, session.ends_at))
    kept = ("title", "about", "kind", "place", "address", "time_zone", "language", "audience", "is_public")
    return {
        **{name: getattr(session, name) for name in kept},
        "organisation": session.organisation_id,
        "starts_on": starts.date(),
        "starts_time": starts.time(),
        "starts_which": which_of(session.starts_at, session.time_zone),
        "ends_on": ends.date() if ends.date() != starts.date() else None,
        "ends_time": ends.time(),
        "ends_which": which_of(session.ends_at, session.time_zone),
    }


def _seen(text: str) -> str:
    kept = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    if not kept:
        raise ValidationError(_("Write it in letters."), code="nameless")
    return kept
