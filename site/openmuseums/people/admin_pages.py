"""What our own pages in Wagtail's admin are headed by."""

from html import unescape
from typing import Any

from django.urls import reverse
from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


def in_language(text: str, code: str) -> SafeString:
    """Return a text, such as the title of a page, that says which language it is in."""
    return format_html('<span lang="{}">{}</span>', code, text)


def titled(title: str, *, icon: str, below: tuple[str, str] | None = None, of: str = "") -> dict[str, Any]:
    """Return what a template that extends `wagtailadmin/generic/base.html` is given for its heading.

    below: name and address of the page that this one is reached from; without one, Wagtail's first page. of: what the
    page is about, where the heading names it. What `in_language` marked may stand in each of them; such a template
    extends `people/admin/titled.html`, for the title of a window holds no marks.
    """
    name, address = below or (_("Home"), reverse("wagtailadmin_home"))
    if of:
        # One element, for Wagtail lays out what stands in a breadcrumb side by side, without the spaces between.
        title = format_html("<span>{} – {}</span>", title, of)
    return {
        "page_title": unescape(strip_tags(conditional_escape(title))),
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [{"url": address, "label": name}, {"url": "", "label": title}],
    }
