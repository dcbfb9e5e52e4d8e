"""Where a topic of the guide is taught, for who wants to read it again."""

from lessons.outline import current_map


def place_of(topic: str) -> tuple[str, str] | None:
    """Return the unit and section that teach a topic, and the address of the block, in the active language.

    None where the course does not teach it (yet).
    """
    return current_map().places.get(topic)
