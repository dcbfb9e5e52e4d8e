"""Every address of the site as its URL configuration knows it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from openmuseums.access import key


@dataclass(frozen=True)
class Address:
    """A pattern: what the table of access calls it, its name with its namespaces, and its whole route."""

    key: str
    name: str
    route: str
    pattern: URLPattern


def addresses() -> list[Address]:
    """Return every pattern there is, in the order in which they are tried."""
    return list(_walk(get_resolver(), (), ""))


def _walk(resolver: URLResolver, namespaces: tuple[str, ...], before: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inside = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern, inside, route)
        else:
            name = ":".join((*namespaces, pattern.name)) if pattern.name else ""
            yield Address(key(name, route), name, route, pattern)
