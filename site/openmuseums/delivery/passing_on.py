"""What a view says of itself where its address is passed on. Pages of the CMS say it by their own fields."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from openmuseums.delivery.languages import address_in, public_languages, source_language


@dataclass(frozen=True)
class PassedOn:
    """What is shown of a view where its address is passed on."""

    title: str
    description: str


def passed_on(request: HttpRequest, *, title: str, description: str) -> dict[str, Any]:
    """Return what the template is told of a view that answers in every public language: its addresses, and this."""
    site = f"{request.scheme}://{request.get_host()}"
    found = public_languages()
    alternates = [(code, f"{site}{address_in(request.path, code)}") for code in found] if len(found) > 1 else []
    if alternates:
        alternates.append(("x-default", f"{site}{address_in(request.path, source_language())}"))
    return {
        "passed_on": PassedOn(title, description),
        "canonical_url": f"{site}{request.path}",
        "alternates": alternates,
    }
