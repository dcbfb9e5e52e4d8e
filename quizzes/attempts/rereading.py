"""Where a topic can be reread. Whoever knows the pages registers that; this app knows only the guide's topics."""

from collections.abc import Callable, Iterable

# Takes the key of a topic; returns title and address of where it is taught, for the reader of the active language, and
# the code of the title's language where that is another; or None.
Place = tuple[str, str, str]
Provider = Callable[[str], Place | None]
_providers: list[Provider] = []


def register_rereading(provider: Provider) -> None:
    """Have a provider say where topics are taught."""
    _providers[:] = [provider]


def places_of(topics: Iterable[str]) -> dict[str, Place]:
    """Return places by topic, in the order given; topics that are taught nowhere (yet) are left out."""
    if not _providers:
        return {}
    found = ((topic, _providers[0](topic)) for topic in dict.fromkeys(topics))
    return {topic: place for topic, place in found if place is not None}
