"""Where a topic of the guide is taught, for who wants to read it again."""

from lessons.outline import Place, current_map


def place_of(topic: str) -> Place | None:
    """Return the unit and section that teach a topic, the address of the block, and the language of the words.

    The language is empty where it is the reader's. None where the course does not teach it (yet).
    """
    return current_map().places.get(topic)
