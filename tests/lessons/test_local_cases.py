"""Cases of countries: who is shown which, in a unit and on its own page, and that it is no step of its own."""

from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, PageViewRestriction
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.operations import translate_object

from lessons import outline as outlines
from lessons.models import CasePage, CasesPage, CoursePage, UnitPage
from lessons.outline import current_outline
from openmuseums.editorial.checks import errors_of
from openmuseums.editorial.gate import NotFitToPublish
from openmuseums.editorial.models import Publication
from openmuseums.home.models import HomePage
from openmuseums.search.models import Entry
from openmuseums.segments.models import SourceEdition
from tests.factories import (
    FixtureCourse,
    block,
    make_administrator,
    make_course_in,
    make_course_with,
    publish,
    signed_in,
)

SLOT = "first-website"
UNIT = "open-museums/marketing/digital-strategy/"


def add_place(course: FixtureCourse, key: str = "digital-strategy", **value: Any) -> UnitPage:
    """Give a unit of the source a place for a case."""
    unit = UnitPage.objects.get(pk=course.units[key].pk)
    unit.body = [*unit.body.get_prep_value(), block("local_case", {"slot": SLOT, "heading": "", **value})]
    unit.save_revision().publish()
    return unit


def make_case(language: str, title: str, **fields: Any) -> CasePage:
    """Make the live case of a country; the index above it with the first."""
    home = HomePage.objects.get(locale__language_code=language)
    above = CasesPage.objects.child_of(home).first()
    if above is None:
        above = publish(home, CasesPage(title=f"Cases [{language}]", slug="cases"))
    fields = {
        "slug": "a-case",
        "slot": SLOT,
        "summary": f"What {title} did.",
        "country": {"en": "GB"}.get(language, "NL"),
        "place": f"Museum of {title}",
        "body": [block("rich_text", {"text": f"<p>All about {title}.</p>"})],
        "sources": [block("source", {"title": f"The report of {title}", "address": "https://example.org/report"})],
        **fields,
    }
    return publish(above, CasePage(title=title, **fields))


@pytest.fixture
def two_languages(db: None) -> FixtureCourse:
    """Return the course with a place for a case, in English, Dutch and Greek."""
    return make_course_with_a_place()


def make_course_with_a_place() -> FixtureCourse:
    """Make the course with a place for a case, in English, Dutch and Greek."""
    return make_course_with("a place for a case, in Dutch and Greek", _add_place_and_translate)


def _add_place_and_translate(course: FixtureCourse) -> None:
    for code in ("nl", "el"):
        Locale.objects.get_or_create(language_code=code)
    add_place(course)
    for code in ("nl", "el"):
        make_course_in(course, code)


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_unit_shows_nothing_where_no_country_tells_a_case(two_languages: FixtureCourse, client: Client) -> None:
    assert "block--local_case" not in page(client, f"/en/{UNIT}")


def test_unit_shows_the_case_of_the_readers_country(two_languages: FixtureCourse, client: Client) -> None:
    make_case("en", "Alpha")
    make_case("nl", "Beta")
    shown = page(client, f"/nl/{UNIT}")
    assert '<h3 class="block-title">Beta</h3>' in shown
    assert '<a href="/nl/cases/a-case/">' in shown
    # The source's is one of another country's by now, in its own language.
    assert '<a href="/en/cases/a-case/" hreflang="en" lang="en">Alpha</a>' in shown
    assert '<span lang="en">What Alpha did.</span>' in shown


def test_unit_shows_the_sources_case_marked_where_the_country_has_none(
    two_languages: FixtureCourse, client: Client
) -> None:
    make_case("en", "Alpha")
    make_case("nl", "Beta")
    shown = page(client, f"/el/{UNIT}")
    assert '<h3 class="block-title" lang="en">Alpha</h3>' in shown
    assert '<p lang="en">What Alpha did.</p>' in shown
    assert '<a href="/el/cases/a-case/">' in shown
    assert '<a href="/nl/cases/a-case/" hreflang="nl" lang="nl">Beta</a>' in shown


def test_unit_that_is_not_translated_shows_the_countrys_case_marked(course: FixtureCourse, client: Client) -> None:
    Locale.objects.get_or_create(language_code="nl")
    unit = add_place(course)
    make_course_in(course, "nl", without=(unit,))
    make_case("nl", "Beta")
    shown = page(client, f"/nl/{UNIT}")
    assert '<h3 class="block-title" lang="nl">Beta</h3>' in shown


def test_kept_body_follows_cases_that_come_change_and_go(two_languages: FixtureCourse, client: Client) -> None:
    make_case("en", "Alpha")
    assert "Alpha</h3>" in page(client, f"/nl/{UNIT}")
    case = make_case("nl", "Beta")
    assert "Beta</h3>" in page(client, f"/nl/{UNIT}")
    case.summary = "Something else."
    case.save_revision().publish()
    assert "Something else." in page(client, f"/nl/{UNIT}")
    case.unpublish()
    assert "Alpha</h3>" in page(client, f"/nl/{UNIT}")
    CasePage.objects.all().delete()
    assert "block--local_case" not in page(client, f"/nl/{UNIT}")


def test_case_of_a_language_that_is_not_public_is_not_shown(course: FixtureCourse, client: Client) -> None:
    Locale.objects.get_or_create(language_code="nl")
    add_place(course)
    make_course_in(course, "nl")
    make_case("nl", "Beta")
    assert "Beta" in page(client, f"/en/{UNIT}")
    CoursePage.objects.get(locale__language_code="nl").unpublish()
    assert "Beta" not in page(client, f"/en/{UNIT}")


def test_case_that_is_closed_is_told_nobody(two_languages: FixtureCourse, client: Client) -> None:
    case = make_case("en", "Alpha")
    assert "Alpha" in page(client, f"/en/{UNIT}")
    PageViewRestriction.objects.create(page=case, restriction_type="password", password="a password")
    assert "Alpha" not in page(client, f"/en/{UNIT}")


def test_place_for_a_case_is_no_step_and_costs_no_query(two_languages: FixtureCourse, client: Client) -> None:
    before = current_outline()
    make_case("en", "Alpha")
    after = current_outline()
    assert before is not None
    assert after is not None
    assert [step.page_key for step in after.steps] == [step.page_key for step in before.steps]
    counts = []
    for key in ("digital-strategy", "channels-and-media"):
        address = f"/en/open-museums/marketing/{key}/"
        page(client, address)
        outlines._maps.clear()
        caches["default"].clear()
        ContentType.objects.clear_cache()
        with CaptureQueriesContext(connection) as captured:
            page(client, address)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_case_page_tells_all_and_leads_back_to_the_unit(two_languages: FixtureCourse, client: Client) -> None:
    make_case("en", "Alpha")
    case = make_case("nl", "Beta")
    shown = page(client, "/nl/cases/a-case/")
    assert "<p>All about Beta.</p>" in shown
    assert "https://example.org/report" in shown
    unit = UnitPage.objects.get(key="digital-strategy", locale__language_code="nl")
    place = next(child.id for child in unit.body if child.block_type == "local_case")
    assert f'href="/nl/{UNIT}#b-{place[:8]}"' in shown
    assert f'href="/nl/report/{case.translation_key}/"' in shown
    assert 'rel="canonical" href="http://testserver/nl/cases/a-case/"' in shown
    assert 'rel="alternate" hreflang' not in shown


def test_languages_of_a_case_lead_to_other_countries_cases_or_the_unit(
    two_languages: FixtureCourse, client: Client
) -> None:
    make_case("en", "Alpha", slug="alpha")
    make_case("nl", "Beta", slug="beta")
    shown = page(client, "/nl/cases/beta/")
    assert '<a href="/en/cases/alpha/" data-language="en"' in shown
    assert f'<a href="/el/{UNIT}#b-' in shown
    assert "(nog niet vertaald)" not in shown


def test_sources_case_is_read_in_the_readers_frame(two_languages: FixtureCourse, client: Client) -> None:
    make_case("en", "Alpha", slug="alpha")
    shown = page(client, "/el/cases/alpha/")
    assert '<main class="frame" id="main" tabindex="-1" lang="en">' in shown
    assert 'rel="canonical" href="http://testserver/en/cases/alpha/"' in shown
    assert client.get("/nl/cases/beta/").status_code == 404


def test_case_can_be_reported(two_languages: FixtureCourse, client: Client) -> None:
    case = make_case("nl", "Beta")
    response = client.get(f"/nl/report/{case.translation_key}/", follow=True)
    assert response.status_code == 200
    assert "Beta" in response.content.decode()


def test_index_lists_cases_of_the_language_and_of_others(two_languages: FixtureCourse, client: Client) -> None:
    make_case("en", "Alpha", slug="alpha")
    make_case("nl", "Beta", slug="beta")
    shown = page(client, "/nl/cases/")
    assert shown.index("Beta") < shown.index("Alpha")
    assert '<a href="/nl/cases/beta/">Beta</a>' in shown
    assert 'lang="en">Alpha</a>' in shown
    # The footer leads to it, in languages that have a case.
    assert '<a href="/nl/cases/">' in page(client, "/nl/")
    assert "Cases [" not in page(client, "/el/")


def test_case_is_found_and_in_the_sitemap(two_languages: FixtureCourse, client: Client) -> None:
    case = make_case("nl", "Beta", slug="beta")
    assert Entry.objects.filter(page_id=case.pk).count() == 1
    assert "http://testserver/nl/cases/beta/" in client.get("/sitemap.xml").content.decode()


def test_case_is_never_translated(two_languages: FixtureCourse) -> None:
    case = make_case("en", "Alpha")
    with pytest.raises(PermissionDenied):
        translate_object(case, [Locale.objects.get(language_code="nl")])
    assert not TranslationSource.objects.filter(object_id=case.translation_key).exists()
    assert not Translation.objects.filter(source__object_id=case.translation_key).exists()
    assert not SourceEdition.objects.filter(page_key=case.translation_key).exists()
    assert not Publication.objects.filter(page_key=case.translation_key).exists()
    assert CasePage.objects.count() == 1


def test_second_case_in_a_place_is_refused_and_leaves_the_first(two_languages: FixtureCourse) -> None:
    first = make_case("nl", "Beta", slug="beta")
    with pytest.raises(NotFitToPublish) as refusal:
        make_case("nl", "Gamma", slug="gamma")
    assert [finding.code for finding in refusal.value.findings] == ["slot-taken"]
    assert list(CasePage.objects.live()) == [first]
    # In another language the place is free.
    make_case("el", "Delta", slug="delta")


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"slot": "nowhere"}, ["unknown-slot"]),
        ({"sources": []}, ["case-without-source"]),
        ({"sources": [block("source", {"title": "here", "address": "https://example.org/"})]}, ["link-says-nothing"]),
    ],
)
def test_case_that_is_not_whole_is_refused(
    two_languages: FixtureCourse, fields: dict[str, Any], codes: list[str]
) -> None:
    with pytest.raises(NotFitToPublish) as refusal:
        make_case("en", "Alpha", **fields)
    assert [finding.code for finding in refusal.value.findings] == codes


def test_case_stays_when_its_place_goes(two_languages: FixtureCourse, client: Client) -> None:
    case = make_case("nl", "Beta", slug="beta")
    for unit in UnitPage.objects.filter(key="digital-strategy", locale__language_code="en"):
        unit.body = unit.body.get_prep_value()[:-1]
        unit.save_revision().publish()
    case.refresh_from_db()
    case.save()
    shown = page(client, "/nl/cases/beta/")
    assert "All about Beta." in shown


def test_place_with_the_key_of_another_is_refused(course: FixtureCourse) -> None:
    add_place(course)
    with pytest.raises(NotFitToPublish):
        add_place(course, "channels-and-media")
    unit = UnitPage.objects.get(key="digital-strategy")
    unit.body = [*unit.body.get_prep_value(), block("local_case", {"slot": SLOT, "heading": ""})]
    assert [finding.code for finding in errors_of(unit)] == ["doubled-slot"]
    unit.body = [*unit.body.get_prep_value()[:-2], block("local_case", {"slot": "No key", "heading": ""})]
    assert [finding.code for finding in errors_of(unit)] == ["bad-slot"]


def test_translators_are_given_the_heading_and_not_the_key(two_languages: FixtureCourse) -> None:
    unit = add_place(two_languages, "channels-and-media", slot="second", heading="A small beginning")
    texts = [text for _path, text in SourceEdition.objects.newest(unit.translation_key).texts]
    assert "A small beginning" in texts
    assert "second" not in texts


def test_form_offers_the_places_that_there_are(two_languages: FixtureCourse) -> None:
    above = publish(HomePage.objects.get(locale__language_code="nl"), CasesPage(title="Cases", slug="cases"))
    shown = page(signed_in(make_administrator()), f"/admin/pages/add/lessons/casepage/{above.pk}/")
    found = shown[shown.index('name="slot"') :].split("</select>")[0]
    assert f'<option value="{SLOT}">' in found, found


@pytest.mark.parametrize("slot", [None, ""])
def test_place_whose_key_is_not_written_yet_is_named(course: FixtureCourse, slot: str | None) -> None:
    unit = UnitPage.objects.get(pk=course.units["digital-strategy"].pk)
    unit.body = [*unit.body.get_prep_value(), block("local_case", {"slot": slot, "heading": ""})]
    unit.save_revision()
    assert [finding.code for finding in errors_of(unit.get_latest_revision_as_object())] == ["required", "bad-slot"]
