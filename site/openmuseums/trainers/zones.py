"""Time zones that somebody can choose: those of Europe first, by the names that everybody's calendars know."""

from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext_lazy as _

# Names that stand for others, or for no place.
_PREFIXES = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Indian/", "Pacific/")


def zone_choices() -> list[tuple[object, list[tuple[str, str]]]]:
    """Return the choices of a form, grouped."""
    zones = sorted(available_timezones())
    return [
        (_("Europe"), [(name, _shown(name)) for name in zones if name.startswith("Europe/")]),
        (_("Elsewhere"), [(name, _shown(name)) for name in zones if name.startswith(_PREFIXES)]),
    ]


def zone(name: str) -> ZoneInfo:
    """Return a time zone by its name. Raises ZoneInfoNotFoundError where this machine knows none of it."""
    return ZoneInfo(name)


def _shown(name: str) -> str:
    return name.replace("_", " ")
