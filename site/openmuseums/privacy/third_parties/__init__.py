"""Declarations for models that are none of ours: they name people, and cannot declare it themselves."""

from openmuseums.privacy.third_parties import editing, sessions, tasks


def declare_third_parties() -> None:
    """Declare what the models of Wagtail, wagtail-localize, Django and the queue of tasks keep of people."""
    editing.declare_all()
    sessions.declare_all()
    tasks.declare_all()
