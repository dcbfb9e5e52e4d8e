"""Where a topic can be reread. Whoever knows the pages registers that; this app knows only the guide's topics."""

from collections.abc import Callable, Iterable

# Takes the key of a topic; returns title and address of where it is taught, in the active language, or None.
Provider = Callable[[str], tuple[str, str] | None]
_providers: list[Provider] = []


def register_rereading(provider: Provider) -> None:
    """Have a provider say where topics are taught."""
    _providers[:] = [provider]


def places_of(topics: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return title and address by topic, in the order given; topics that are taught nowhere (yet) are left out."""
    if not _providers:
        return {}
    found = ((topic, _providers[0](topic)) for topic in dict.fromkeys(topics))
    return {topic: place for topic, place in found if place is not None}
