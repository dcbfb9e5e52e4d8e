"""What may be wrong with a partner's page."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from openmuseums.editorial.checks import Finding, Place
from openmuseums.editorial.fields import check_attribution
from openmuseums.editorial.texts import read_html
from openmuseums.translation.models import PartnerPage


def check_partner(page: PartnerPage) -> Iterator[Finding]:
    """A partner says what it does and how to reach it, and its logo is said in words."""
    if read_html(page.about).is_empty:
        yield Place("about").error("required", _("Say what the partner does."))
    if not page.email and not page.website:
        yield Place("email").error("no-contact", _("Give an e-mail address or a website, so that readers can ask."))
    if page.logo is not None:
        yield from check_attribution(page.logo, Place("logo"))
        if not page.logo_alt.strip():
            yield Place("logo_alt").error("no-alt-decision", _("The logo has no text alternative. Write what it says."))
    yield from check_helpers(page)


def check_helpers(page: PartnerPage) -> Iterator[Finding]:
    """Whoever helps has a name, a purpose, and a way to be reached."""
    for child in page.helpers:
        place, value = Place("helpers", child.id or ""), child.value
        if not value["organisation"].strip() or not value["what_for"].strip():
            yield place.error("required", _("Say who helps, and what with."))
        if not value["email"] and not value["address"]:
            yield place.error(
                "no-contact",
                _("“%(name)s” cannot be reached. Give an e-mail address or one on the web.")
                % {"name": value["organisation"]},
            )
