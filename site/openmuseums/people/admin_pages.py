"""What our own pages in Wagtail's admin are headed by."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


def titled(title: str, *, icon: str, below: tuple[str, str] | None = None) -> dict[str, Any]:
    """Return what a template that extends `wagtailadmin/generic/base.html` is given for its heading.

    below: name and address of the page that this one is reached from; without one, Wagtail's first page.
    """
    name, address = below or (_("Home"), reverse("wagtailadmin_home"))
    return {
        "page_title": title,
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [{"url": address, "label": name}, {"url": "", "label": title}],
    }
