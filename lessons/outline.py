"""The outline of the course, as learners' records are read against it."""

from openmuseums.learners.outline import Outline


def current_outline() -> Outline | None:
    """Return the course in the active language, or None where it is not published in it."""
    return None
