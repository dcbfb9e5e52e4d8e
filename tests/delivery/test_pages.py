import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from lessons import rendering
from lessons.models import UnitPage
from openmuseums.delivery import pages
from openmuseums.delivery.pages import register_context
from openmuseums.delivery.versions import UPLOADS, renew
from openmuseums.home.models import HomePage
from tests.factories import FixtureCourse, make_user


@pytest.fixture
def addresses(course: FixtureCourse) -> list[str]:
    """Return an address of each kind of page."""
    found: list[Page] = [course.home, course.course, course.part, course.lessons[0]]
    found += [course.units["digital-strategy"], course.quizzes["marketing"]]
    return [page.url for page in found]


def etag_of(response: HttpResponseBase) -> str:
    assert response.status_code == 200
    return str(response.headers["ETag"])


def test_public_page_may_be_shared_and_is_asked_for_anew(addresses: list[str], client: Client) -> None:
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert response.headers["Vary"] == "Cookie, Accept-Encoding"
        assert re.fullmatch(r'W/"[0-9a-f]{32}"', response.headers["ETag"])
        assert response.headers["Content-Language"] == "en"


def test_public_page_sets_no_cookie_and_holds_no_token(addresses: list[str], client: Client) -> None:
    for address in addresses:
        response = client.get(address)
        assert response.cookies == {}
        html = response.content.decode()
        assert ("csrfmiddlewaretoken" in html, "<form" in html) == (False, False)


def test_public_page_is_the_same_for_everybody(addresses: list[str], client: Client) -> None:
    other = Client(headers={"accept-language": "el", "user-agent": "another"})
    # Neither the token's cookie nor the language's makes a page somebody's own.
    other.cookies["csrftoken"] = "x" * 32
    other.cookies["openmuseums_language"] = "el"
    for address in addresses:
        one, two = client.get(address), other.get(address)
        assert one.content == two.content
        assert one.headers == two.headers
        assert two.cookies == {}


def test_unchanged_public_page_is_answered_with_304(addresses: list[str], client: Client) -> None:
    for address in addresses:
        etag = etag_of(client.get(address))
        response = client.get(address, headers={"If-None-Match": f'W/"other", {etag}'})
        assert (response.status_code, response.content) == (304, b"")
        assert response.headers["ETag"] == etag
        assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert response.headers["Vary"] == "Cookie"
        assert response.cookies == {}


def test_each_public_page_has_an_etag_of_its_own(addresses: list[str], client: Client) -> None:
    etags = [etag_of(client.get(address)) for address in [*addresses, f"{addresses[0]}?page=2"]]
    assert len(set(etags)) == len(etags)


def test_etag_changes_with_the_page_and_whatever_its_frame_shows(course: FixtureCourse, client: Client) -> None:
    unit, other = course.units["digital-strategy"], course.units["channels-and-media"]
    etags = [etag_of(client.get(unit.url))]
    unit.lead = "Another lead."
    unit.save_revision().publish()
    etags.append(etag_of(client.get(unit.url)))
    assert "Another lead." in client.get(unit.url).content.decode()
    other.title = "Another title"
    other.save_revision().publish()
    etags.append(etag_of(client.get(unit.url)))
    assert "Another title" in client.get(unit.url).content.decode()
    renew(UPLOADS)
    etags.append(etag_of(client.get(unit.url)))
    assert len(set(etags)) == 4


def test_etag_changes_with_the_release(course: FixtureCourse, client: Client, settings: Any) -> None:
    before = etag_of(client.get(course.home.url))
    settings.RELEASE = "another"
    assert etag_of(client.get(course.home.url)) != before


def test_kept_page_is_private_and_never_304(addresses: list[str], client: Client, learner_client: Client) -> None:
    for address in addresses:
        etag = etag_of(client.get(address))
        response = learner_client.get(address, headers={"If-None-Match": etag})
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "private, no-store"
        assert {"Cookie", "Accept-Encoding"} == set(response.headers["Vary"].split(", "))
        assert "ETag" not in response.headers
        assert "csrfmiddlewaretoken" in response.content.decode()


def test_kept_body_holds_nobodys_token(course: FixtureCourse, learner_client: Client) -> None:
    unit = course.units["digital-strategy"]
    first = learner_client.get(unit.url)
    other = Client()
    other.force_login(make_user(name="Somebody Else"))
    second = other.get(unit.url)
    parts = [[part.html for part in response.context["body_parts"]] for response in (first, second)]
    assert parts[0] == parts[1]
    token = first.context["csrf_token"]
    assert str(token) not in "".join(parts[0])
    assert "csrfmiddlewaretoken" not in "".join(parts[0])


def test_body_is_rendered_once_a_state(
    course: FixtureCourse, client: Client, learner_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[str] = []

    render = rendering._render
    monkeypatch.setattr(
        rendering, "_render", lambda page, state, *more: rendered.append(state) or render(page, state, *more)
    )
    unit = course.units["digital-strategy"]
    for _ in range(2):
        client.get(unit.url)
        learner_client.get(unit.url)
    assert rendered == ["public", "kept"]
    unit.save_revision().publish()
    client.get(unit.url)
    assert rendered == ["public", "kept", "public"]


def test_page_is_found_by_its_whole_address(course: FixtureCourse, client: Client) -> None:
    unit = course.units["digital-strategy"]
    assert isinstance(client.get(unit.url).context["page"], UnitPage)
    for address in [
        "/en/marketing/",
        "/en/open-museums/digital-strategy/",
        f"{unit.url}more/",
        "/en/open%25/",
        "/en/x/",
    ]:
        assert client.get(address).status_code == 404
    course.lessons[0].unpublish()
    assert client.get(course.lessons[0].url).status_code == 404


def test_page_that_only_staff_may_see_is_not_shown(course: FixtureCourse, client: Client) -> None:

    PageViewRestriction.objects.create(page=course.lessons[0], restriction_type=PageViewRestriction.LOGIN)
    response = client.get(course.units["digital-strategy"].url)
    assert response.status_code == 302
    assert "public" not in response.headers.get("Cache-Control", "")


@pytest.fixture
def _registered() -> Iterator[None]:
    before = list(pages._providers)
    yield
    pages._providers[:] = before


@pytest.mark.usefixtures("_registered")
def test_registered_context_reaches_its_pages_only(course: FixtureCourse, client: Client) -> None:
    def provide(page: Page, request: HttpRequest) -> dict[str, Any]:
        return {"provided": page.title}

    register_context(HomePage, provide)
    register_context(HomePage, provide)
    assert pages._providers.count((HomePage, provide)) == 1
    assert client.get(course.home.url).context["provided"] == "Open Museums"
    assert "provided" not in client.get(course.course.url).context
