"""What a partner needs to speak for itself: its page, and an index of cases that it may add to."""

import datetime as dt
from collections.abc import Callable, Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import GroupPagePermission, Locale, Page

from lessons.models import CasesPage
from openmuseums.translation.models import PartnerPage, Team
from openmuseums.translation.rights import root_of

PARTNER_SLUG = "partner"
CASES_SLUG = "cases"


def set_up_pages(*, team: Team, now: dt.datetime, tell: Callable[[str], None]) -> None:
    """Do this app's part of setting up a team: its page, and the index of cases that its groups may add to."""
    there = set(Page.objects.filter(locale=team.locale).type(PartnerPage, CasesPage).values_list("pk", flat=True))
    partner = make_partner_page(locale=team.locale, name=team.name, country=team.country)
    cases = make_cases_page(locale=team.locale, groups=[team.translators, team.reviewers])
    if partner.pk not in there:
        tell(_("The page of the partner was made, as a draft."))
    if cases.pk not in there:
        tell(_("The page for cases of the country was made."))


@transaction.atomic
def make_partner_page(*, locale: Locale, name: str, country: str) -> PartnerPage:
    """Make the page of a language's partner, a draft for the partner to fill, or return the one that is there.

    Raises LookupError where the language has no home page yet.
    """
    home = _locked_home(locale)
    found = PartnerPage.objects.child_of(home).first()
    if found is not None:
        return found
    page = PartnerPage(title=name, slug=PARTNER_SLUG, country=country, live=False, locale=locale)
    home.add_child(instance=page)
    page.save_revision()
    return page


@transaction.atomic
def make_cases_page(*, locale: Locale, groups: Iterable[Group] = ()) -> CasesPage:
    """Make the index of a country's cases, or find it, and let groups add cases there and nowhere else.

    It is published at once: readers are led to it as soon as it has a case. Raises LookupError where the language has
    no home page yet.
    """
    home = _locked_home(locale)
    page = CasesPage.objects.child_of(home).first()
    if page is None:
        with translation.override(locale.language_code):
            page = CasesPage(title=_("Cases from our country"), slug=CASES_SLUG, live=False, locale=locale)
        home.add_child(instance=page)
        page.save_revision().publish()
        page.refresh_from_db()
    adding = Permission.objects.get(content_type__app_label="wagtailcore", codename="add_page")
    for group in groups:
        GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=adding)
    return page


def _locked_home(locale: Locale) -> Page:
    """Return the home page of a language; others who set up the same language wait."""
    home = root_of(locale.language_code)
    if home is None:
        raise LookupError(locale.language_code)
    return Page.objects.select_for_update().get(pk=home.pk)
