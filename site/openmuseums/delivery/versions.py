"""Versions that are part of ETags and cache keys: of the course's outline, of addresses, of uploads, of single pages.

A version is a random name in the shared cache. Whoever finds none makes one; whoever changes something forgets it.
A lost cache therefore costs one rendering and never shows what is out of date.
"""

import secrets
from uuid import UUID

from django.core.cache import caches
from django.db import transaction

OUTLINE = "outline"
ADDRESSES = "addresses"
UPLOADS = "uploads"


def beside(page_key: UUID) -> str:
    """Return the name of what stands on a page in every language, but is no part of what is published of it."""
    return f"beside:{page_key}"


def version_of(*names: str) -> str:
    """Return the joint version of the things named (`OUTLINE`, `ADDRESSES`, `UPLOADS`, or what `beside` returns)."""
    cache = caches["bodies"]
    return "-".join(cache.get_or_set(f"version:{name}", lambda: secrets.token_hex(6)) or "" for name in names)


def renew(name: str) -> None:
    """Forget a version, now and again once the current transaction is committed.

    Now, so that this process sees its own change; afterwards, because another process may have made a version from
    the old data meanwhile.
    """
    cache = caches["bodies"]
    cache.delete(f"version:{name}")
    transaction.on_commit(lambda: cache.delete(f"version:{name}"))
