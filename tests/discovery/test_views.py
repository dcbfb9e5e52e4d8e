"""The sitemap, robots.txt and the feeds, as programs ask for them."""

import datetime as dt
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from openmuseums.discovery import feeds
from openmuseums.discovery.models import Statement
from openmuseums.discovery.sitemap import SITEMAP, XHTML
from tests.factories import NOW, FixtureCourse, add_units, make_translation

HOST = "http://testserver"
UNIT = "/open-museums/marketing/digital-strategy/"


@pytest.fixture
def greek(course: FixtureCourse) -> FixtureCourse:
    """Return the course, of which Greek has a unit and what stands above it."""
    make_translation(course.units["digital-strategy"], "el")
    return course


def sitemap_entries(client: Client) -> dict[str, tuple[str, dict[str, str]]]:
    """Return date and alternates of each address in the sitemap."""
    response = client.get("/sitemap.xml")
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/xml")
    found = {}
    for entry in ET.fromstring(response.content).findall(f"{{{SITEMAP}}}url"):  # noqa: S314 - our own
        alternates = {link.attrib["hreflang"]: link.attrib["href"] for link in entry.findall(f"{{{XHTML}}}link")}
        address = entry.findtext(f"{{{SITEMAP}}}loc", "")
        assert address not in found
        found[address] = (entry.findtext(f"{{{SITEMAP}}}lastmod", ""), alternates)
    return found


def feed_items(client: Client, language: str = "en") -> list[tuple[str, str]]:
    """Return address and category of each item of a feed."""
    response = client.get(f"/{language}/feed/")
    assert response.status_code == 200
    items = ET.fromstring(response.content).findall("channel/item")  # noqa: S314 - our own
    return [(item.findtext("link", ""), item.findtext("category", "")) for item in items]


def test_sitemap_lists_live_pages_with_their_translations(greek: FixtureCourse, client: Client) -> None:
    entries = sitemap_entries(client)
    assert len(entries) == 12 + 4 + 2 * 2
    both = {"en": f"{HOST}/en{UNIT}", "el": f"{HOST}/el{UNIT}", "x-default": f"{HOST}/en{UNIT}"}
    assert entries[f"{HOST}/en{UNIT}"][1] == both
    assert entries[f"{HOST}/el{UNIT}"][1] == both
    assert entries[f"{HOST}/en/open-museums/marketing/channels-and-media/"][1] == {}
    # What stands in for a translation is no page of the language.
    assert f"{HOST}/el/open-museums/marketing/channels-and-media/" not in entries
    assert client.get("/el/open-museums/marketing/channels-and-media/").status_code == 200


@pytest.mark.parametrize("page", ["translations", "calendar"])
def test_sitemap_lists_views_for_everybody_in_each_public_language(
    greek: FixtureCourse, client: Client, page: str
) -> None:
    entries = sitemap_entries(client)
    addresses = {language: f"{HOST}/{language}/{page}/" for language in ("en", "el")}
    expected = ("", {**addresses, "x-default": addresses["en"]})
    assert {address: entry for address, entry in entries.items() if f"/{page}/" in address} == dict.fromkeys(
        addresses.values(), expected
    )
    assert [client.get(address).status_code for address in addresses.values()] == [200, 200]


def test_sitemap_dates_pages_by_their_words(greek: FixtureCourse, client: Client) -> None:
    unit = greek.units["digital-strategy"]
    Statement.objects.filter(page_id=unit.pk).update(since=NOW)
    assert sitemap_entries(client)[f"{HOST}/en{UNIT}"][0] == "2026-11-02T09:30:00+00:00"


def test_sitemap_leaves_out_what_is_no_page_of_the_public(greek: FixtureCourse, client: Client) -> None:
    unit = greek.units["digital-strategy"]
    unit.create_alias(parent=greek.lessons[0], update_slug="again")
    greek.units["channels-and-media"].unpublish()
    # Dutch has a page, but not what it needs to be public.
    make_translation(greek.home, "nl")
    addresses = sitemap_entries(client)
    assert len(addresses) == 11 + 4 + 2 * 2
    assert [address for address in addresses if "again" in address or "/nl/" in address or "channels" in address] == []


def test_sitemap_is_not_sent_again_until_a_page_changes(greek: FixtureCourse, client: Client) -> None:
    etag = client.get("/sitemap.xml").headers["ETag"]
    assert client.get("/sitemap.xml", headers={"If-None-Match": etag}).status_code == 304
    greek.units["digital-strategy"].save_revision().publish()
    assert client.get("/sitemap.xml", headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_sitemap_and_feed_ask_as_much_however_many_pages(course: FixtureCourse, client: Client, count: int) -> None:
    add_units(course.lessons[0], count)
    client.get("/en/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/sitemap.xml")
    # What is restricted, and the pages.
    assert len(captured) == 2
    with CaptureQueriesContext(connection) as captured:
        client.get("/en/feed/")
    # The same for the newest page, and for the list.
    assert len(captured) == 4


def test_robots_are_told_of_the_sitemap_and_of_what_is_personal(course: FixtureCourse, client: Client) -> None:
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert lines[-1] == f"Sitemap: {HOST}/sitemap.xml"
    forbidden = {line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")}
    assert {path for path in forbidden if path.startswith("/el/")} == {
        "/el/begin/",
        "/el/learning/",
        "/el/my-learning/",
        "/el/quiz-attempts/",
        "/el/search/",
    }
    assert "/admin/" in forbidden
    assert len(forbidden) == 1 + 5 * 5


def test_feed_lists_new_pages_newest_first(course: FixtureCourse, client: Client) -> None:
    unit = course.units["digital-strategy"]
    newest = Statement.objects.get(page_id=unit.pk)
    newest.since += dt.timedelta(seconds=5)
    newest.save()
    items = feed_items(client)
    assert items[0] == (f"{HOST}/en{UNIT}", "Changed")
    assert [category for _address, category in items[1:]] == ["New"] * 11


def test_feed_tells_of_other_words_and_not_of_each_publication(course: FixtureCourse, client: Client) -> None:
    def ids() -> set[str]:
        root = ET.fromstring(client.get("/en/feed/").content)  # noqa: S314 - our own
        return {item.findtext("guid", "") for item in root.findall("channel/item")}

    unit = course.units["digital-strategy"]
    Statement.objects.filter(page_id=unit.pk).update(since=NOW)
    before = ids()
    unit.minutes_to_do += 5
    unit.save_revision().publish()
    assert ids() == before
    unit.lead = "It says something else now."
    unit.save_revision().publish()
    (new,) = ids() - before
    assert new.startswith(f"{HOST}/en{UNIT}#")


def test_feed_is_its_languages(greek: FixtureCourse, client: Client) -> None:
    assert [address for address, _category in feed_items(client, "el")] == [
        f"{HOST}/el/",
        f"{HOST}/el/open-museums/",
        f"{HOST}/el/open-museums/marketing/",
        f"{HOST}/el{UNIT}",
    ][::-1]
    root = ET.fromstring(client.get("/el/feed/").content)  # noqa: S314 - our own
    assert root.findtext("channel/language") == "el"
    assert root.findtext("channel/item/title") == "The digital strategy [el]"


@pytest.mark.parametrize("language", ["nl", "xx"])
def test_feed_of_a_language_that_is_not_public_is_not_found(
    greek: FixtureCourse, client: Client, language: str
) -> None:
    assert client.get(f"/{language}/feed/").status_code == 404


def test_withdrawn_page_leaves_the_feed(course: FixtureCourse, client: Client) -> None:
    assert f"{HOST}/en{UNIT}" in {address for address, _category in feed_items(client)}
    course.units["digital-strategy"].unpublish()
    assert f"{HOST}/en{UNIT}" not in {address for address, _category in feed_items(client)}


def test_feed_ends_with_the_newest(course: FixtureCourse, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "LENGTH", 3)
    assert len(feed_items(client)) == 3


def test_feed_is_not_sent_again_until_something_changes(course: FixtureCourse, client: Client) -> None:
    Statement.objects.update(since=NOW)
    response = client.get("/en/feed/")
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert response.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert response.headers["Last-Modified"] == "Mon, 02 Nov 2026 09:30:00 GMT"
    known = [
        {"If-None-Match": response.headers["ETag"]},
        {"If-Modified-Since": response.headers["Last-Modified"]},
    ]
    assert [client.get("/en/feed/", headers=headers).status_code for headers in known] == [304, 304]
    unit = course.units["digital-strategy"]
    unit.lead = "It says something else now."
    unit.save_revision().publish()
    assert [client.get("/en/feed/", headers=headers).status_code for headers in known] == [200, 200]


def test_hostile_title_stays_text_in_a_feed(course: FixtureCourse, client: Client) -> None:
    unit = course.units["digital-strategy"]
    unit.title = "</title><script>alert(1)</script> & more"
    unit.save_revision().publish()
    root = ET.fromstring(client.get("/en/feed/").content)  # noqa: S314 - our own
    assert unit.title in {item.findtext("title") for item in root.findall("channel/item")}


@pytest.mark.parametrize("address", ["/sitemap.xml", "/robots.txt", "/en/feed/"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_only_reading_is_answered(course: FixtureCourse, client: Client, address: str, method: str) -> None:
    ask: Callable[[str], object] = getattr(client, method)
    assert ask(address).status_code == 405
