"""The pages of partners as the rest of the site knows them."""

from openmuseums.delivery.pages import register_context
from openmuseums.editorial.checks import register_check
from openmuseums.search.sources import register_searchable
from openmuseums.translation.models import PartnerPage
from openmuseums.translation.partners.checking import check_partner
from openmuseums.translation.partners.showing import partner_context, read_partner


def register_partner_pages() -> None:
    """Have the pages of partners checked, shown and found."""
    register_check(PartnerPage, check_partner)
    register_context(PartnerPage, partner_context)
    register_searchable(PartnerPage, read_partner)
