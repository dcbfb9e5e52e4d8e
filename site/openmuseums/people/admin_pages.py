"""What our own pages in Wagtail's admin are headed by."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


def titled(title: str, *, icon: str, below: tuple[str, str] | None = None, of: str = "") -> dict[str, Any]:
    """Return what a template that extends `wagtailadmin/generic/base.html` is given for its heading.

    below: name and address of the page that this one is reached from; without one, Wagtail's first page. of: what the
    page is about, where the heading names it.
    """
    name, address = below or (_("Home"), reverse("wagtailadmin_home"))
    if of:
        title = f"{title} – {of}"
    return {
        "page_title": title,
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [{"url": address, "label": name}, {"url": "", "label": title}],
    }
