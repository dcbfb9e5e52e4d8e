"""A title that a translation leaves as its author wrote it says its language; a translated one is the page's."""

import pytest
from django.test import Client

from tests.factories import block, item, make_course, make_course_in, make_translation, make_unit

pytestmark = pytest.mark.django_db


def resource(title: str, language: str) -> dict[str, object]:
    address = f"https://example.org/{title[0]}"
    return item({"title": title, "address": address, "language": language, "kind": "guide", "note": ""})


def test_titles_say_their_language_where_it_is_not_the_page_s(client: Client) -> None:
    course = make_course()
    chart = {
        "title": "Museums",
        "unit": "museums",
        "bars": [item({"label": "With", "value": 1.0}), item({"label": "Without", "value": 2.0})],
        "source_title": "Tate Papers",
        "source_address": "",
        "year": 2013,
        "note": "",
        "topics": [item("swot")],
    }
    resources = {"items": [resource("Kept guide", "en"), resource("Other guide", "en"), resource("Gids", "nl")]}
    body = [block("chart", chart), block("resources", {**resources, "topics": []})]
    unit = make_unit(course.lessons[0], "audiences", body=body)
    make_course_in(course, "nl")
    kept = {title: title for title in ("Kept guide", "Gids", "Tate Papers")}
    make_translation(unit, "nl", {**kept, "Other guide": "Andere gids"})

    page = client.get("/nl/open-museums/marketing/audiences/").content.decode()
    assert '<a href="https://example.org/K" hreflang="en" lang="en">Kept guide</a>' in page
    assert '<a href="https://example.org/O" hreflang="en">Andere gids</a>' in page
    assert '<a href="https://example.org/G" hreflang="nl">Gids</a>' in page
    assert '<span lang="en">Tate Papers</span>' in page

    page = client.get("/en/open-museums/marketing/audiences/").content.decode()
    assert '<a href="https://example.org/K" hreflang="en">Kept guide</a>' in page
    assert '<a href="https://example.org/G" hreflang="nl" lang="nl">Gids</a>' in page
    assert "<span>Tate Papers</span>" in page
