"""The page of a partner and the index of its cases: made once, and what a partner's groups may do with them."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.models import GroupPagePermission, Locale, Page

from lessons.models import CasePage, CasesPage
from openmuseums.editorial.checks import errors_of
from openmuseums.home.models import HomePage, StandingPage
from openmuseums.people.models import User
from openmuseums.people.roles import ACCESS_ADMIN
from openmuseums.translation.models import PartnerPage
from openmuseums.translation.partners.making import make_cases_page, make_partner_page
from tests.factories import FixtureCourse, block, make_user, signed_in
from tests.lessons.test_local_cases import SLOT, make_course_with_a_place


@pytest.fixture
def languages(db: None) -> FixtureCourse:
    return make_course_with_a_place()


def locale(code: str) -> Locale:
    return Locale.objects.get(language_code=code)


def make_group(code: str, *, publishes: bool) -> Group:
    """Make a group of a partner, as the set-up of a team makes them: rights on the root of its language."""
    group = Group.objects.create(name=f"{code} {publishes}")
    app, name = ACCESS_ADMIN.split(".")
    group.permissions.add(Permission.objects.get(content_type__app_label=app, codename=name))
    home = HomePage.objects.get(locale__language_code=code)
    for right in ("change_page", *(["publish_page"] if publishes else [])):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=right)
        GroupPagePermission.objects.create(group=group, page=Page.objects.get(pk=home.pk), permission=permission)
    return group


def make_member(group: Group) -> User:
    user = make_user()
    user.groups.add(group)
    return user


def sent(**fields: Any) -> dict[str, Any]:
    """Return what the form for a new case sends."""
    return {
        "title": "Beta",
        "slug": "beta",
        "slot": SLOT,
        "summary": "What Beta did.",
        "country": "NL",
        "place": "",
        "body-count": 0,
        "sources-count": 1,
        "sources-0-deleted": "",
        "sources-0-order": 0,
        "sources-0-type": "source",
        "sources-0-id": "",
        "sources-0-value-title": "The report of Beta",
        "sources-0-value-address": "https://example.org/report",
        "search_description": "",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        **fields,
    }


def add(client: Client, model: type[Page], above: Page, **fields: Any) -> int:
    address = f"/admin/pages/add/{model._meta.app_label}/{model._meta.model_name}/{above.pk}/"
    return int(client.post(address, sent(**fields)).status_code)


def test_page_of_a_partner_is_made_once_as_a_draft(languages: FixtureCourse) -> None:
    first = make_partner_page(locale=locale("nl"), name="Museumhuis", country="NL")
    again = make_partner_page(locale=locale("nl"), name="Another name", country="BE")
    assert (again.pk, again.title, again.country, again.live) == (first.pk, "Museumhuis", "NL", False)
    assert PartnerPage.objects.get().get_parent().locale.language_code == "nl"


def test_index_of_cases_is_made_once_and_is_live(languages: FixtureCourse) -> None:
    group = make_group("nl", publishes=False)
    first = make_cases_page(locale=locale("nl"), groups=[group])
    make_cases_page(locale=locale("nl"), groups=[group])
    assert [(page.pk, page.live) for page in CasesPage.objects.all()] == [(first.pk, True)]
    assert GroupPagePermission.objects.filter(group=group, permission__codename="add_page").count() == 1


def test_language_without_a_home_page_has_no_partner(course: FixtureCourse) -> None:
    Locale.objects.get_or_create(language_code="it")
    with pytest.raises(LookupError):
        make_partner_page(locale=locale("it"), name="Musei", country="IT")
    assert PartnerPage.objects.count() == 0


def test_translator_adds_cases_of_the_own_language_and_nothing_else(languages: FixtureCourse) -> None:
    group = make_group("nl", publishes=False)
    own = make_cases_page(locale=locale("nl"), groups=[group])
    others = make_cases_page(locale=locale("el"))
    client = signed_in(make_member(group))
    home = HomePage.objects.get(locale__language_code="nl")
    before = Page.objects.count()
    assert add(client, CasePage, others) in {302, 403}
    assert add(client, CasesPage, home) in {302, 403}
    assert add(client, StandingPage, home) in {302, 403, 404}
    assert add(client, StandingPage, own) in {302, 403, 404}
    assert Page.objects.count() == before
    assert add(client, CasePage, own) == 302
    case = CasePage.objects.get()
    assert (case.title, case.live, case.locale.language_code) == ("Beta", False, "nl")
    # Publishing is for reviewers: the button sent by hand leaves a draft.
    assert add(client, CasePage, own, slug="gamma", **{"action-publish": "1"}) == 302
    assert CasePage.objects.live().count() == 0


def test_reviewer_publishes_a_case_that_is_whole_and_no_other(languages: FixtureCourse) -> None:
    group = make_group("nl", publishes=True)
    own = make_cases_page(locale=locale("nl"), groups=[group])
    client = signed_in(make_member(group))
    add(client, CasePage, own, slug="gamma", **{"action-publish": "1", "sources-count": 0})
    assert CasePage.objects.live().count() == 0
    add(client, CasePage, own, **{"action-publish": "1"})
    assert [case.slug for case in CasePage.objects.live()] == ["beta"]


def test_partners_page_tells_who_it_is_and_who_helps(languages: FixtureCourse, client: Client) -> None:
    page = make_partner_page(locale=locale("nl"), name="Museumhuis", country="NL")
    page.about = "<p>Wij helpen musea.</p>"
    page.website = "https://www.museumhuis.example/"
    page.helpers = [
        block(
            "helper",
            {
                "organisation": "Het loket",
                "what_for": "Vragen over subsidies",
                "email": "loket@museumhuis.example",
                "address": "",
            },
        )
    ]
    page.save_revision().publish()
    shown = client.get("/nl/partner/").content.decode()
    for words in ("Museumhuis", "Nederland", "Wij helpen musea.", "museumhuis.example", "Het loket"):
        assert words in shown
    assert '<a href="mailto:loket@museumhuis.example">' in shown
    # Its language's pages lead to it, others' do not; the source has no partner, so its home is offered instead.
    assert '<a href="/nl/partner/">Museumhuis</a>' in client.get("/nl/").content.decode()
    assert "Museumhuis" not in client.get("/el/").content.decode()
    assert '<a href="/en/" data-language="en"' in shown
    assert client.get("/el/partner/").status_code == 404


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"about": ""}, "required"),
        ({"website": ""}, "no-contact"),
        (
            {"helpers": [block("helper", {"organisation": "O", "what_for": "W", "email": "", "address": ""})]},
            "no-contact",
        ),
    ],
)
def test_partners_page_that_is_not_whole_is_refused(
    languages: FixtureCourse, fields: dict[str, Any], code: str
) -> None:
    page = make_partner_page(locale=locale("nl"), name="Museumhuis", country="NL")
    page.about, page.website = "<p>Wij helpen musea.</p>", "https://www.museumhuis.example/"
    assert errors_of(page) == []
    for name, value in fields.items():
        setattr(page, name, value)
    assert [finding.code for finding in errors_of(page)] == [code]
