import datetime as dt
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page

from lessons import outline as outlines
from lessons.models import UnitPage
from openmuseums.segments.models import SourceEdition
from openmuseums.translation.coverage.counting import LanguageCoverage
from tests.factories import (
    NOW,
    FixtureCourse,
    add_units,
    make_bank,
    make_continuation,
    make_course_in,
    make_translation,
)

LATER = NOW + dt.timedelta(days=3)


@pytest.fixture
def dutch(course: FixtureCourse) -> FixtureCourse:
    """Return the course, of which Dutch lacks a unit."""
    make_course_in(course, "nl", without=(course.units["channels-and-media"],))
    return course


def edit(page: Page, **fields: Any) -> None:
    """Publish a page of the source with other contents."""
    changed = type(page).objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(changed, name, value)
    with patch("django.utils.timezone.now", return_value=LATER):
        changed.save_revision().publish()


def languages_in(client: Client, language: str = "en") -> dict[str, LanguageCoverage]:
    response = client.get(f"/{language}/translations/")
    assert response.status_code == 200
    return {found.code: found for found in response.context["languages"]}


def test_language_has_what_is_live_and_lacks_the_rest(dutch: FixtureCourse, client: Client) -> None:
    found = languages_in(client)
    assert sorted(found) == ["el", "es", "it", "nl"]
    dutch_now = found["nl"]
    assert (dutch_now.name, dutch_now.is_public, dutch_now.live, dutch_now.total) == ("Nederlands", True, 11, 12)
    assert [(section.name.title, section.live, section.total) for section in dutch_now.sections] == [
        ("First steps", 2, 2),
        ("Digital marketing foundations", 3, 4),
        ("E-commerce", 4, 4),
        ("Pages around the lessons", 2, 2),
    ]
    (missing,) = dutch_now.sections[1].missing
    assert (missing.title, missing.language) == ("Channels and media", "")
    greek = found["el"]
    assert (greek.is_public, greek.live, greek.total, greek.behind) == (False, 0, 12, 0)


def test_page_that_is_behind_is_named_with_since_when(dutch: FixtureCourse, client: Client) -> None:
    unit = dutch.units["digital-strategy"]
    edit(unit, lead="Another lead.")
    dutch_now = languages_in(client, "nl")["nl"]
    assert (dutch_now.live, dutch_now.behind, dutch_now.is_whole) == (11, 1, False)
    (behind,) = dutch_now.sections[1].behind
    assert (behind.title, behind.language, behind.since) == ("The digital strategy [nl]", "", LATER)
    (missing,) = dutch_now.sections[1].missing
    assert (missing.title, missing.language) == ("Channels and media", "en")
    make_translation(UnitPage.objects.get(pk=unit.pk), "nl")
    make_translation(dutch.units["channels-and-media"], "nl")
    assert languages_in(client)["nl"].is_whole


def test_bank_is_no_page_that_is_read(dutch: FixtureCourse, client: Client) -> None:
    make_bank(dutch.lessons[0])
    assert languages_in(client)["nl"].total == 12


def test_second_page_of_a_unit_is_a_page_of_its_lesson(dutch: FixtureCourse, client: Client) -> None:
    second = make_continuation(dutch.units["digital-strategy"])
    dutch_now = languages_in(client)["nl"]
    assert dutch_now.total == 13
    assert second.title in [page.title for page in dutch_now.sections[1].missing]
    make_translation(second, "nl")
    assert f"{second.title} [nl]" not in [page.title for page in languages_in(client)["nl"].sections[1].missing]


def test_page_is_public_and_told_anew_when_something_changes(
    dutch: FixtureCourse, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    response = client.get("/nl/translations/")
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert response.cookies == {}
    etag = response.headers["ETag"]
    again = client.get("/nl/translations/", headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    with django_capture_on_commit_callbacks(execute=True):
        edit(dutch.units["digital-strategy"], lead="Another lead.")
    assert client.get("/nl/translations/", headers={"If-None-Match": etag}).status_code == 200


def test_page_of_a_learner_is_kept_by_nobody(dutch: FixtureCourse, learner_client: Client) -> None:
    response = learner_client.get("/nl/translations/")
    assert (response.headers["Cache-Control"], response.has_header("ETag")) == ("private, no-store", False)


def test_language_that_is_not_public_has_no_such_page(dutch: FixtureCourse, client: Client) -> None:
    assert client.get("/el/translations/").status_code == 404


def test_footer_leads_there(dutch: FixtureCourse, client: Client) -> None:
    assert '<a href="/nl/translations/"' in client.get(f"/nl{dutch.course.url[3:]}").content.decode()


def edition_of(page_key: UUID) -> SourceEdition:
    """Return an edition of a page that was made past all that keeps editions."""
    return SourceEdition(
        page_key=page_key,
        number=1,
        digest="0" * 64,
        sense=1,
        texts=[],
        text_count=0,
        words=0,
        answer_keys={},
        keys_digest="0" * 64,
        published_at=NOW,
    )


@pytest.mark.parametrize("count", [3, 300])
def test_page_asks_as_much_however_many_pages(dutch: FixtureCourse, client: Client, count: int) -> None:
    Locale.objects.get_or_create(language_code="el")
    add_units(dutch.lessons[0], count)
    added = UnitPage.objects.child_of(dutch.lessons[0]).filter(title__startswith="Unit ")
    SourceEdition.objects.bulk_create([edition_of(key) for key in added.values_list("translation_key", flat=True)])
    client.get("/en/translations/")
    outlines._maps.clear()
    caches["default"].clear()
    caches["bodies"].clear()
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as captured:
        found = languages_in(client)
    assert found["nl"].total == 12 + count
    # The outline, and three for the states.
    assert len(captured) == 4
