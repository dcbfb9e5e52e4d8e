"""The page where readers search."""

import pytest
from django.core.management import call_command
from django.test import Client

from lessons.models import GlossaryPage
from openmuseums.home.models import StandingPage
from openmuseums.search.models import Entry
from tests.factories import FixtureCourse, block, make_course, make_translation, make_user, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> FixtureCourse:
    return make_course()


def test_search_shows_results_with_lesson_and_sentence(client: Client, course: FixtureCourse) -> None:
    unit = course.units["digital-strategy"]
    unit.lead = "A lighthouse keeper wrote it."
    unit.save_revision().publish()
    page = client.get("/en/search/", {"q": "lighthouses"}).content.decode()
    assert f'<h3><a href="/en/open-museums/marketing/digital-strategy/">{unit.title}</a></h3>' in page
    assert f'<p class="search-place">{course.lessons[0].title}</p>' in page
    assert "<p>A <mark>lighthouse</mark> keeper wrote it.</p>" in page
    assert "1 page found" in page


def test_search_without_words_asks_for_them(client: Client, course: FixtureCourse) -> None:
    page = client.get("/en/search/").content.decode()
    assert 'name="q"' in page
    assert "Nothing found" not in page


def test_search_that_finds_nothing_says_so(client: Client, course: FixtureCourse) -> None:
    assert "Nothing found" in client.get("/en/search/", {"q": "xylophone"}).content.decode()


@pytest.mark.parametrize("asked", ["<script>alert(1)</script>", "\0", "%", "' OR 1=1 --", "a" * 5000, "\U0001f5ff"])
def test_hostile_words_are_only_words(client: Client, course: FixtureCourse, asked: str) -> None:
    answer = client.get("/en/search/", {"q": asked})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("page", ["0", "x", "999", "-1"])
def test_page_that_is_none_is_the_nearest(client: Client, course: FixtureCourse, page: str) -> None:
    assert client.get("/en/search/", {"q": "unit", "page": page}).status_code == 200


def test_public_search_is_the_same_for_everybody_and_sets_nothing(client: Client, course: FixtureCourse) -> None:
    answer = client.get("/en/search/", {"q": "museum"})
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert not answer.cookies


def test_kept_search_is_not_stored(client: Client, course: FixtureCourse) -> None:
    client.force_login(make_user())
    assert client.get("/en/search/", {"q": "museum"})["Cache-Control"] == "private, no-store"


def test_page_of_another_language_says_its_language(client: Client, course: FixtureCourse) -> None:
    make_translation(course.course, "el")
    unit = course.units["digital-strategy"]
    page = client.get("/el/search/", {"q": unit.title}).content.decode()
    assert '<li lang="en">' in page
    assert 'href="/el/open-museums/marketing/digital-strategy/"' in page


def test_rebuilding_makes_the_same_entries(course: FixtureCourse) -> None:
    before = list(Entry.objects.order_by("page_id").values("page_id", "weights", "passages"))
    Entry.objects.all().delete()
    call_command("rebuild_search")
    assert list(Entry.objects.order_by("page_id").values("page_id", "weights", "passages")) == before
    call_command("rebuild_search")
    assert list(Entry.objects.order_by("page_id").values("page_id", "weights", "passages")) == before


def test_terms_of_the_glossary_and_standing_pages_are_found(client: Client, course: FixtureCourse) -> None:
    term = {"term": "periscope", "definition": "It looks round corners.", "use": "periscope", "avoid": "tube"}
    entry = block("entry", term)
    publish(course.course, GlossaryPage(title="Glossary", slug="glossary", terms=[entry]))
    text = block("rich_text", {"text": "<p>A lighthouse keeps the lights on.</p>"})
    publish(course.home, StandingPage(title="About", slug="about", search_description="About us.", body=[text]))
    page = client.get("/en/search/", {"q": "corner"}).content.decode()
    assert f'href="/en/open-museums/glossary/#term-{entry["id"][:8]}"' in page
    assert "<p>It looks round <mark>corners</mark>.</p>" in page
    assert 'href="/en/about/"' in client.get("/en/search/", {"q": "lighthouse"}).content.decode()
    assert "Nothing found" in client.get("/en/search/", {"q": "tube"}).content.decode()
