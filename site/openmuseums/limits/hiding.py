"""Names of what is counted, such that nobody can read from them whom they are about."""

import datetime as dt
import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def hidden(name: str, *, day: dt.date | None = None) -> str:
    """Return a keyed digest of a name; with a day, one that nothing ties to the digest of another day."""
    salt = f"openmuseums.limits:{day.isoformat() if day else ''}"
    return salted_hmac(salt, name, algorithm="sha256").hexdigest()


def today() -> dt.date:
    """Return the day whose salt is used."""
    return dt.datetime.now(tz=dt.UTC).date()


def client_of(request: HttpRequest) -> str:
    """Return the network address that a request comes from; of IPv6 the part that a provider gives to one household.

    It is for counting only, and `allow` hides it. Behind proxies of our own it is the address that the outermost of
    them was asked from; what a client says of itself does not count.
    """
    said = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()]
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    found = said[-proxies] if 0 < proxies <= len(said) else request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(found)
    except ValueError:
        return str(found)
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network(f"{address}/64", strict=False).network_address)
