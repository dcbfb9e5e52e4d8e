"""Pages beside the course: what they show, who runs the site, whose pictures there are, and their links."""

import re

import pytest
from django.conf import LazySettings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from wagtail.models import ReferenceIndex

from lessons import outline as outlines
from openmuseums.editorial.checks import errors_of
from openmuseums.editorial.gate import NotFitToPublish
from openmuseums.home.credits import credits_of_live_pages
from openmuseums.home.models import Operator, StandingPage
from tests.factories import FixtureCourse, block, make_course_in, make_translation, publish
from tests.files import make_document, make_picture

OTHERWISE = "Ask the museum that told you about the course."


@pytest.fixture(autouse=True)
def _uploads(settings: LazySettings, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("uploads")


def make_standing(course: FixtureCourse, slug: str = "contact", **fields: object) -> StandingPage:
    body = [
        block("heading", {"text": "Who runs this site", "level": "h2"}),
        block("rich_text", {"text": f'<p>See <a linktype="page" id="{course.course.pk}">the course</a>.</p>'}),
        block("operator", {"otherwise": f"<p>{OTHERWISE}</p>"}),
        block("credits", {"otherwise": "<p>No pictures.</p>"}),
    ]
    page = StandingPage(title=slug.capitalize(), slug=slug, body=body, **fields)
    made: StandingPage = publish(course.home, page)
    return made


def html_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def footer_of(html: str) -> list[tuple[str, str, str]]:
    """Return address, attribute of language and title of each link in the footer's list."""
    footer = html.partition('<footer class="site-footer">')[2]
    return re.findall(r'<li><a href="([^"]+)"(| lang="\w+")>([^<]+)</a></li>', footer)


def test_standing_page_shows_its_blocks(course: FixtureCourse, client: Client) -> None:
    html = html_of(client, make_standing(course).url)
    assert "<h2>Who runs this site</h2>" in html
    assert '<p>See <a href="/en/open-museums/">the course</a>.</p>' in html


def test_standing_page_shows_a_changed_text_at_once(course: FixtureCourse, client: Client) -> None:
    page = make_standing(course)
    html_of(client, page.url)
    page.body[0].value["text"] = "Whose site this is"
    page.save_revision().publish()
    assert "<h2>Whose site this is</h2>" in html_of(client, page.url)


def test_funding_is_shown_only_where_somebody_wrote_it(course: FixtureCourse, client: Client) -> None:
    page = make_standing(course, "about")
    assert "Funding" not in html_of(client, page.url)
    page.funding = "<p>Paid by nobody in particular.</p>"
    page.save_revision().publish()
    html = html_of(client, page.url)
    assert "<h2>Funding</h2>" in html
    assert "<p>Paid by nobody in particular.</p>" in html


def test_page_says_how_to_reach_somebody_until_the_settings_do(course: FixtureCourse, client: Client) -> None:
    page = make_standing(course)
    response = client.get(page.url)
    assert OTHERWISE in response.content.decode()
    Operator.objects.create(organisation="Museum <of Coins>", email="coins@example.org", address="Street 1\nTown")
    again = client.get(page.url, headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 200
    html = again.content.decode()
    assert OTHERWISE not in html
    assert re.findall(r"<dt>(.+?)</dt>\s*<dd>(.+?)</dd>", html) == [
        ("Organisation", "Museum &lt;of Coins&gt;"),
        ("Postal address", "Street 1<br>Town"),
        ("E-mail address", '<a href="mailto:coins@example.org">coins@example.org</a>'),
    ]


def test_page_that_skips_a_heading_is_not_published(course: FixtureCourse) -> None:
    page = make_standing(course)
    page.body = [block("heading", {"text": "Deep", "level": "h3"})]
    assert [finding.code for finding in errors_of(page)] == ["heading-skipped"]
    with pytest.raises(NotFitToPublish):
        page.save_revision().publish()


def test_credits_are_of_what_live_pages_show(course: FixtureCourse, client: Client) -> None:
    shown = make_picture(title="Wine jug", credit="Ann", source="https://example.org/jug")
    drafted = make_picture(title="In a draft")
    make_picture(title="Nowhere")
    sheet = make_document("sheet.pdf", title="A sheet", credit="Bob", licence="ALL-RIGHTS-RESERVED")
    unit, other = course.units["digital-strategy"], course.units["channels-and-media"]
    with TestCase.captureOnCommitCallbacks(execute=True):
        for page, picture in ((unit, shown), (other, drafted)):
            page.body.append(("image", {"image": picture, "alt_text": "What it shows", "topics": []}))
            page.body.append(
                ("rich_text", {"text": f'<p><a linktype="document" id="{sheet.pk}">The sheet</a></p>', "topics": []})
            )
            page.save_revision().publish()
        other.unpublish()
    assert [(credit.title, credit.is_picture) for credit in credits_of_live_pages()] == [
        ("A sheet", False),
        ("Wine jug", True),
    ]
    html = html_of(client, make_standing(course).url)
    listed = re.sub(r"\s+", " ", html.partition('<ul class="credits">')[2].partition("</ul>")[0])
    assert (
        '<span>Ann</span>, <a href="https://creativecommons.org/licenses/by/4.0/" rel="license">CC BY 4.0</a>' in listed
    )
    assert 'href="https://example.org/jug"' in listed
    assert "<span>Bob</span>, All rights reserved, used with permission" in listed
    assert "In a draft" not in html


def test_page_without_pictures_says_so(course: FixtureCourse, client: Client) -> None:
    assert ReferenceIndex.objects.filter(to_content_type__app_label="uploads").count() == 0
    assert "<p>No pictures.</p>" in html_of(client, make_standing(course).url)


def test_footer_links_the_pages_in_their_order_in_the_readers_language(course: FixtureCourse, client: Client) -> None:
    contact = make_standing(course)
    make_standing(course, "about")
    make_course_in(course, "el")
    make_translation(contact, "el")
    assert footer_of(html_of(client, course.units["digital-strategy"].url)) == [
        ("/en/contact/", "", "Contact"),
        ("/en/about/", "", "About"),
        ("/en/calendar/", "", "Calendar"),
        ("/en/translations/", "", "Translations"),
    ]
    assert footer_of(html_of(client, "/el/open-museums/marketing/digital-strategy/")) == [
        ("/el/contact/", "", "Contact [el]"),
        ("/el/about/", ' lang="en"', "About"),
        ("/el/calendar/", "", "Ημερολόγιο"),
        ("/el/translations/", "", "Μεταφράσεις"),
    ]


def test_page_that_a_language_lacks_is_the_sources_and_says_so(course: FixtureCourse, client: Client) -> None:
    make_standing(course)
    make_course_in(course, "el")
    html = html_of(client, "/el/contact/")
    assert re.search(r'<main[^>]* lang="en"', html)
    assert '<p>See <a href="/el/open-museums/">the course</a>.</p>' in html
    assert '<link rel="canonical" href="http://testserver/en/contact/">' in html
    assert 'hreflang="el" href="http' not in html


def test_standing_pages_are_the_same_for_everybody(course: FixtureCourse, client: Client) -> None:
    response = client.get(make_standing(course).url)
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Set-Cookie" not in response.headers
    assert client.get("/en/contact/", headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("language", ["en", "el"])
def test_standing_page_asks_as_much_in_every_language(course: FixtureCourse, client: Client, language: str) -> None:
    make_course_in(course, "el")
    page = make_standing(course)
    make_translation(page, "el")
    other = course.units["channels-and-media"]
    other.body.append(("image", {"image": make_picture(), "alt_text": "A coin", "topics": []}))
    link = f'<p><a linktype="document" id="{make_document("sheet.pdf").pk}">The sheet</a></p>'
    other.body.append(("rich_text", {"text": link, "topics": []}))
    address = f"/{language}/contact/"
    html_of(client, address)
    with TestCase.captureOnCommitCallbacks(execute=True):
        other.save_revision().publish()
    outlines._maps.clear()
    caches["default"].clear()
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as captured:
        html_of(client, address)
    # What any page costs, for the credits the kinds of what is shown, the references, the pictures and documents, and
    # for a translation whether it is behind.
    assert len(captured) == 10 + 4 + (language != "en")
