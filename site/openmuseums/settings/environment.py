"""Reading of variables that a start cannot do without, or that hold more than a word."""

import json
import os
from typing import Any
from urllib.parse import urlsplit

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


def oidc_apps(text: str) -> list[dict[str, Any]]:
    """Return the OpenID Connect providers that people may sign in with, as django-allauth wants them.

    text: JSON, a list of objects with `id` (small letters, digits and hyphens), `name`, `server`, `client_id` and
    `secret`, all strings; empty for none. `origin` too where people sign in at another host than the server's.

    Raises ImproperlyConfigured where it is anything else, or a server's address does not begin with https://.
    """
    if not text.strip():
        return []
    try:
        found = json.loads(text)
        keys = ("id", "name", "server", "client_id", "secret")
        apps = [{**{key: each[key] for key in keys}, "origin": each.get("origin") or each["server"]} for each in found]
    except (KeyError, TypeError, ValueError) as error:
        raise ImproperlyConfigured("OPENMUSEUMS_OIDC cannot be read. .env.example shows what it looks like.") from error
    for app in apps:
        if not all(isinstance(value, str) and value for value in app.values()):
            raise ImproperlyConfigured("OPENMUSEUMS_OIDC: each value is a text that is not empty.")
        if not (app["server"].startswith("https://") and app["origin"].startswith("https://")):
            raise ImproperlyConfigured(f"OPENMUSEUMS_OIDC: the server of {app['id']} does not begin with https://.")
    return [
        {
            "provider_id": app["id"],
            "name": app["name"],
            "client_id": app["client_id"],
            "secret": app["secret"],
            "settings": {
                "server_url": app["server"],
                "oauth_pkce_enabled": True,
                "origin": "https://" + urlsplit(app["origin"]).netloc,
            },
        }
        for app in apps
    ]


def machine_translator(text: str) -> dict[str, Any] | None:
    """Return the program that translates, as wagtail-localize wants it named; None for none.

    text: JSON, an object with `CLASS`, the dotted path of the program's class, and perhaps `OPTIONS`, an object.

    Raises ImproperlyConfigured where it is anything else.
    """
    if not text.strip():
        return None
    try:
        found = json.loads(text)
        named = {"CLASS": found["CLASS"], "OPTIONS": found.get("OPTIONS", {})}
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ImproperlyConfigured(
            "OPENMUSEUMS_MACHINE_TRANSLATOR cannot be read. .env.example shows what it looks like."
        ) from error
    if not (isinstance(named["CLASS"], str) and named["CLASS"] and isinstance(named["OPTIONS"], dict)):
        raise ImproperlyConfigured("OPENMUSEUMS_MACHINE_TRANSLATOR: CLASS is a text, OPTIONS an object.")
    return named
