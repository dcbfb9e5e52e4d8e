"""How often somebody may try something in a stretch of time."""

from django.core.cache import caches

from openmuseums.limits.hiding import hidden, today


def allow(what: str, *, who: str, amount: int, seconds: int) -> bool:
    """Count a try, and return whether it is one of at most `amount` within `seconds`; one that is not is not counted.

    `who` may be an address, an account's key or whatever else the limit is for; only a keyed digest of it, another one
    each day, is kept, for `seconds`. Many at once are counted one by one: each takes a place that nobody else can take.
    """
    name = hidden(f"{what}:{who}", day=today())
    places = caches["limits"]
    return any(places.add(f"{name}:{place}", 1, timeout=seconds) for place in range(amount))
