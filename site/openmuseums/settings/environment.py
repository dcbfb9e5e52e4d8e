"""Reading of variables that a start cannot do without."""

import os

from django.core.exceptions import ImproperlyConfigured


def required(name: str) -> str:
    """Return a variable of the environment.

    Raises ImproperlyConfigured where it is missing or empty.
    """
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. Give it a value in the environment; .env.example says what it is."
        )
    return value
