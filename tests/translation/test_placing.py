"""A page is public among the pages of its own language alone, whichever way it comes below those of another."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from openmuseums.editorial.gate import NotFitToPublish
from openmuseums.home.models import StandingPage
from openmuseums.translation.models import PartnerPage
from openmuseums.translation.partners.making import make_partner_page
from tests.factories import FixtureCourse, block, make_page, make_translation, make_user, publish, signed_in

Homes = dict[str, Page]


@pytest.fixture
def homes(course: FixtureCourse) -> Homes:
    """Return the home pages of three languages, by their codes, each with a page about the site."""

    def build() -> StandingPage:
        body = [block("rich_text", {"text": "<p>Who we are.</p>", "topics": []})]
        page: StandingPage = publish(course.home, StandingPage(title="About us", slug="about", body=body))
        return page

    about = make_page("a page about us", build)
    for language in ("nl", "el"):
        make_translation(about, language)
    return {page.locale.language_code: page for page in Page.objects.filter(depth=2)}


@pytest.fixture
def root(db: None) -> Client:
    return signed_in(make_user(username="root", is_superuser=True))


def about_in(language: str) -> StandingPage:
    return StandingPage.objects.get(slug="about", locale__language_code=language)


def in_public(parent: Page) -> list[str]:
    return list(Page.objects.child_of(parent).live().order_by("path").values_list("slug", flat=True))


def copy(client: Client, page: Page, parent: Page, **ticked: str) -> None:
    data = {"new_title": "A copy", "new_slug": "a-copy", "new_parent_page": str(parent.pk), **ticked}
    response = client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)
    assert response.status_code == 302


def told(client: Client) -> str:
    return " ".join(str(message) for message in client.get(reverse("wagtailadmin_home")).context["messages"])


@pytest.mark.parametrize("ticked", [{"publish_copies": "on"}, {"alias": "on"}], ids=["live", "alias"])
@pytest.mark.parametrize(("source", "language"), [("nl", "el"), ("en", "el"), ("el", "en")])
def test_copy_below_another_language_is_not_public(
    homes: Homes, root: Client, source: str, language: str, ticked: dict[str, str]
) -> None:
    before = in_public(homes[language])
    copy(root, about_in(source), homes[language], **ticked)
    assert "Move it to the pages of its own language" in told(root)
    assert in_public(homes[language]) == before
    assert not Page.objects.filter(slug="a-copy").exists()
    assert Page.find_problems() == ([], [], [], [], [])


def test_copy_that_arrives_as_a_draft_is_public_among_its_own_alone(homes: Homes, root: Client) -> None:
    copy(root, about_in("en"), homes["el"])
    arrived = StandingPage.objects.get(slug="a-copy")
    assert (arrived.live, arrived.locale.language_code, arrived.get_parent().pk) == (False, "en", homes["el"].pk)
    with pytest.raises(NotFitToPublish) as refused:
        arrived.get_latest_revision().publish()
    words = (
        "This page is in English and stands among the pages in Greek. "
        "Move it to the pages of its own language: only there can it be public."
    )
    assert [str(finding.message) for finding in refused.value.findings] == [words]
    root.post(reverse("wagtailadmin_pages:move_confirm", args=[arrived.pk, homes["en"].pk]))
    StandingPage.objects.get(pk=arrived.pk).get_latest_revision().publish()
    assert in_public(homes["en"])[-1] == "a-copy"


def test_copy_among_its_own_is_not_the_matter_of_this_rule(homes: Homes, root: Client) -> None:
    copy(root, about_in("en"), homes["en"], publish_copies="on")
    assert in_public(homes["en"])[-1] == "a-copy"


def test_page_that_one_country_wrote_is_shown_by_no_other(homes: Homes) -> None:
    partner = make_partner_page(locale=homes["nl"].locale, name="Partner", country="NL")
    partner.about, partner.email = "<p>Wat wij doen.</p>", "partner@example.org"
    partner.save_revision().publish()
    with pytest.raises(NotFitToPublish) as refused:
        PartnerPage.objects.get(pk=partner.pk).copy(to=homes["el"], keep_live=True)
    assert [finding.code for finding in refused.value.findings] == ["other-language"]
    assert PartnerPage.objects.count() == 1


@pytest.mark.parametrize("is_bulk", [True, False])
def test_page_is_not_moved_below_another_language(homes: Homes, root: Client, is_bulk: bool) -> None:
    page = about_in("nl")
    StandingPage.objects.filter(pk=page.pk).update(slug="over-ons")
    if is_bulk:
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
        root.post(f"{bulk}?id={page.pk}&next=/admin/", {"chooser": str(homes["el"].pk)})
    else:
        root.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, homes["el"].pk]))
    assert Page.objects.get(pk=page.pk).get_parent() == homes["nl"]
    assert "over-ons" not in in_public(homes["el"])
