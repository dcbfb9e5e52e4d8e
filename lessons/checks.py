"""Content checks of lessons and units."""


def register_checks() -> None:
    """Register the checks of this app."""
