"""Links to pages in running text."""

from typing import Any

from django.utils.html import escape
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from openmuseums.delivery.languages import address_of
from openmuseums.delivery.pages import DeliveredPage


class ReadersPageLink(PageLinkHandler):
    """Leads to a page's address in the reader's language, whichever language's page an editor linked to.

    Where the language lacks the page, that address answers too. All links of a text cost one query.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        """Return an opening tag for each link; one whose page is gone, or has no address, leads nowhere."""
        wanted = {number for attrs in attrs_list if (number := str(attrs.get("id", ""))).isdecimal()}
        paths = dict(Page.objects.type(DeliveredPage).filter(pk__in=wanted).values_list("pk", "url_path"))
        by_id = {str(pk): url_path for pk, url_path in paths.items()}
        return [
            f'<a href="{escape(address_of(by_id[number]))}">' if (number := str(attrs.get("id"))) in by_id else "<a>"
            for attrs in attrs_list
        ]
