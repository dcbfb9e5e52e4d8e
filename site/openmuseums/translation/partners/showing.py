"""A partner's page as it is read and found."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest

from lessons.local_cases import country_name
from lessons.outline import current_map, current_outline
from lessons.searching import read_html, read_stream
from openmuseums.search.sources import Passage
from openmuseums.translation.models import PartnerPage


def partner_context(page: PartnerPage, request: HttpRequest) -> dict[str, Any]:
    """Give the page the name of its country, the way to its cases, and the partners of other languages."""
    native = current_map().native
    return {
        "outline": current_outline(),
        "country": country_name(page.country),
        "cases_url": native.get("cases", {}).get(page.content_language, ""),
        "counterparts": native.get("partnerpage", {}),
    }


def read_partner(page: PartnerPage) -> Iterator[Passage]:
    """Yield what a partner's page is found by."""
    yield from read_html(page.about)
    yield from read_stream(page.helpers, is_anchored=False)
