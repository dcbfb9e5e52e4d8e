"""What pages say of themselves to programs: JSON-LD and Open Graph."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from openmuseums.discovery.durations import iso_duration
from openmuseums.discovery.previews import locale_of
from openmuseums.home.models import Operator
from tests.factories import FixtureCourse, make_notes, make_translation

HOST = "http://testserver"
COURSE = "/open-museums/"
LESSON = "/open-museums/marketing/"
UNIT = "/open-museums/marketing/digital-strategy/"


@pytest.fixture
def greek(course: FixtureCourse) -> FixtureCourse:
    """Return the course, of which Greek has a unit and what stands above it."""
    make_translation(course.units["digital-strategy"], "el")
    return course


def data_of(client: Client, address: str) -> dict[str, Any]:
    html = client.get(address).content.decode()
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    found: dict[str, Any] = json.loads(text)
    return found


def graph_of(client: Client, address: str) -> dict[str, list[str]]:
    html = client.get(address).content.decode()
    found: dict[str, list[str]] = {}
    for name, content in re.findall(r'<meta property="og:([a-z:_]+)" content="([^"]*)">', html):
        found.setdefault(name, []).append(content)
    return found


@pytest.mark.parametrize(
    ("minutes", "duration"), [(0, "PT0M"), (5, "PT5M"), (60, "PT1H"), (85, "PT1H25M"), (1500, "PT25H")]
)
def test_duration_is_written_as_iso_8601_says(minutes: int, duration: str) -> None:
    assert iso_duration(minutes) == duration


@pytest.mark.parametrize(
    ("language", "locale"), [("en", "en_GB"), ("el", "el_GR"), ("nl", "nl_NL"), ("pt-br", "pt_BR"), ("de", "de_DE")]
)
def test_locale_has_a_country(language: str, locale: str) -> None:
    assert locale_of(language) == locale


def test_course_says_what_it_is(greek: FixtureCourse, client: Client) -> None:
    data = data_of(client, f"/en{COURSE}")
    statements = ["What you can use.", "What you can manage.", "What you can make.", "What you understand."]
    # A part of one unit and two lessons of two units and a quiz of three questions each.
    time = iso_duration(5 * 25 + 2 * 3)
    assert data == {
        "@context": "https://schema.org",
        "@type": "Course",
        "@id": f"{HOST}/en{COURSE}",
        "url": f"{HOST}/en{COURSE}",
        "name": "The course",
        "inLanguage": "en",
        "availableLanguage": ["en", "el"],
        "isAccessibleForFree": True,
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "educationalUse": "professional development",
        "timeRequired": time,
        "teaches": [*statements, *statements],
        "hasPart": [
            {"@type": "LearningResource", "@id": f"{HOST}{page.url}", "name": page.title}
            for page in (greek.part, *greek.lessons)
        ],
        "hasCourseInstance": {"@type": "CourseInstance", "courseMode": "online", "courseWorkload": time},
    }


def test_lesson_says_what_it_teaches_and_what_belongs_to_it(course: FixtureCourse, client: Client) -> None:
    data = data_of(client, f"/en{LESSON}")
    assert data["@type"] == "LearningResource"
    assert data["learningResourceType"] == "lesson"
    assert len(data["teaches"]) == 4
    assert data["isPartOf"] == {"@type": "Course", "@id": f"{HOST}/en{COURSE}", "name": "The course"}
    assert [part["@id"] for part in data["hasPart"]] == [
        f"{HOST}/en{UNIT}",
        f"{HOST}/en/open-museums/marketing/channels-and-media/",
    ]
    assert data["timeRequired"] == iso_duration(2 * 25 + 3)


def test_unit_says_what_one_can_do_after_it(course: FixtureCourse, client: Client) -> None:
    data = data_of(client, f"/en{UNIT}")
    assert data["teaches"] == ["Say what it is about."]
    assert data["timeRequired"] == "PT25M"
    assert data["isPartOf"]["@id"] == f"{HOST}/en{LESSON}"
    assert "provider" not in data
    assert "translationOfWork" not in data


def test_translation_is_in_its_language_and_names_its_source(greek: FixtureCourse, client: Client) -> None:
    data = data_of(client, f"/el{UNIT}")
    assert (data["inLanguage"], data["name"]) == ("el", "The digital strategy [el]")
    assert data["teaches"] == ["Say what it is about. [el]"]
    assert data["isPartOf"]["name"] == f"{greek.lessons[0].title} [el]"
    assert data["translationOfWork"] == {"@id": f"{HOST}/en{UNIT}"}


def test_part_that_is_not_translated_names_its_language(greek: FixtureCourse, client: Client) -> None:
    parts = data_of(client, f"/el{LESSON}")["hasPart"]
    assert [part.get("inLanguage") for part in parts] == [None, "en"]


def test_page_that_stands_in_for_a_translation_says_nothing(greek: FixtureCourse, client: Client) -> None:
    response = client.get("/el/open-museums/marketing/channels-and-media/")
    assert response.status_code == 200
    assert b"ld+json" not in response.content


def test_pages_of_people_and_other_pages_say_nothing(
    course: FixtureCourse, client: Client, learner_client: Client
) -> None:
    assert b"ld+json" not in learner_client.get(f"/en{UNIT}").content
    assert b"ld+json" not in client.get("/en/").content
    assert b"ld+json" not in client.get("/en/begin/").content


def test_provider_is_named_once_the_settings_do(course: FixtureCourse, client: Client) -> None:
    Operator.objects.create(organisation="Museum of Coins")
    assert data_of(client, f"/en{COURSE}")["provider"] == {"@type": "Organization", "name": "Museum of Coins"}


def test_hostile_title_cannot_end_the_data(course: FixtureCourse, client: Client) -> None:
    unit = course.units["digital-strategy"]
    unit.title = "</script><script>alert(1)</script><!-- & ’"
    unit.save_revision().publish()
    assert data_of(client, unit.url)["name"] == unit.title


def test_changed_outcome_is_said_at_once(course: FixtureCourse, client: Client) -> None:
    data_of(client, f"/en{UNIT}")
    unit = course.units["digital-strategy"]
    outcome = unit.outcomes.get()
    outcome.text = "Write it down."
    unit.outcomes = [outcome]
    unit.save_revision().publish()
    assert data_of(client, f"/en{UNIT}")["teaches"] == ["Write it down."]


def test_data_costs_no_query_of_its_own(course: FixtureCourse, client: Client) -> None:
    client.get(f"/en{UNIT}")
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/en{UNIT}")
    assert [query for query in captured.captured_queries if "operator" in query["sql"]] == []
    assert len([query for query in captured.captured_queries if "lessons_outcome" in query["sql"]]) == 1


def test_link_to_a_page_is_previewed_in_its_language(greek: FixtureCourse, client: Client) -> None:
    unit = greek.units["digital-strategy"]
    unit.search_description = "A strategy on “one” page."
    unit.save_revision().publish()
    assert graph_of(client, f"/en{UNIT}") == {
        "site_name": ["Open Museums"],
        "type": ["article"],
        "title": ["The digital strategy"],
        "description": ["A strategy on “one” page."],
        "url": [f"{HOST}/en{UNIT}"],
        "locale": ["en_GB"],
        "locale:alternate": ["el_GR"],
        "image": [f"{HOST}/static/img/share.png"],
        "image:width": ["1200"],
        "image:height": ["630"],
        "image:alt": ["Line drawing of the front of a small museum"],
    }
    greek_graph = graph_of(client, f"/el{UNIT}")
    assert (greek_graph["title"], greek_graph["locale"]) == (["The digital strategy [el]"], ["el_GR"])


def test_link_to_what_is_not_translated_is_previewed_as_the_source(greek: FixtureCourse, client: Client) -> None:
    graph = graph_of(client, "/el/open-museums/marketing/channels-and-media/")
    assert graph["locale"] == ["en_GB"]
    assert graph["url"] == [f"{HOST}/en/open-museums/marketing/channels-and-media/"]
    assert "locale:alternate" not in graph


def test_pages_link_the_feed_of_the_readers_language(greek: FixtureCourse, client: Client) -> None:
    for address, feed in ((f"/en{UNIT}", "/en/feed/"), (f"/el{UNIT}", "/el/feed/"), ("/el/begin/", "/el/feed/")):
        html = client.get(address).content.decode()
        assert re.findall(r'type="application/rss\+xml" href="([^"]+)"', html) == [feed]


def test_facilitator_notes_are_a_plan_for_who_teaches_a_lesson(course: FixtureCourse, client: Client) -> None:
    data = data_of(client, make_notes(course.lessons[0]).url)
    assert (data["@type"], data["learningResourceType"]) == ("LearningResource", "lesson plan")
    assert data["timeRequired"] == "PT2H"
    assert data["audience"] == {"@type": "EducationalAudience", "educationalRole": "teacher"}
    assert data["isPartOf"]["@id"] == f"{HOST}/en{LESSON}"
