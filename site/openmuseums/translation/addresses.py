"""Where translations are worked on: what other pages of the admin link to."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from openmuseums.segments.units import anchor_of


def desk_address(language: str, page_key: UUID | str, text: tuple[str, str] | None = None) -> str:
    """Return where a page is translated, or one text of it, which its content path and its words in the source name."""
    address = reverse("translation_admin:desk", args=[language, page_key])
    return f"{address}#{anchor_of(*text)}" if text else address


def dashboard_link(language: str = "") -> tuple[str, str]:
    """Return the name and the address of the list that all of these stand below: of a language, or as one sees it."""
    address = reverse("translation_admin:dashboard")
    return _("Translations"), f"{address}?language={language}" if language else address
