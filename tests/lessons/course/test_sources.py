"""Where the shipped course has its facts from: sources that can be opened, and days as of which they are known."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone

from lessons.authoring.coverage import unit_pages
from lessons.pack.markup import links
from tests.lessons.course.reading import blocks_of, html_in, pages, read_course, texts

OWN_SURVEY = "Survey of the Open Museums partners"
# Places that forward to others, where nobody can say who answers, and examples.
NO_SOURCES = {"bit.ly", "t.co", "tinyurl.com", "goo.gl", "example.org", "example.com"}
LAW = re.compile(r"eur-lex\.europa\.eu|europa\.eu/youreurope|\bGDPR\b|Directive \(EU\)|Regulation \(EU\)")
NO_ADVICE = re.compile(r"no(?:t)? legal advice", re.IGNORECASE)


def addresses() -> Iterator[tuple[str, str]]:
    """Yield every address outside the course, with its page."""
    for page in read_course().pages:
        for html in html_in(page.values):
            yield from ((page.path, link) for link in links(html) if not link.startswith(("page:", "document:")))
        yield from ((page.path, found) for found in fields_of(page.values, {"address", "source_address"}))


def fields_of(value: Any, names: set[str]) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in names and isinstance(inner, str):
                yield inner
            else:
                yield from fields_of(inner, names)
    elif isinstance(value, list):
        for inner in value:
            yield from fields_of(inner, names)


def test_addresses_are_whole_and_safe() -> None:
    wrong = [
        (path, address)
        for path, address in addresses()
        if not address.startswith("mailto:")
        and (urlsplit(address).scheme not in {"https", "http"} or "." not in urlsplit(address).netloc)
    ]
    assert wrong == []
    assert [(path, address) for path, address in addresses() if urlsplit(address).netloc in NO_SOURCES] == []
    # A few old sites of projects answer without encryption alone.
    assert {urlsplit(address).netloc for _path, address in addresses() if address.startswith("http:")} <= {
        "ceres.mcu.es",
        "www.project-musa.eu",
    }


def test_cases_say_where_they_are_told() -> None:
    cases = [block for page in unit_pages(read_course()) for block in blocks_of(page, "case_study")]
    assert [case["title"] for case in cases if not case.get("source_title") or not case.get("source_address")] == []
    assert len(cases) >= 24


def test_charts_name_a_source_with_its_year() -> None:
    """The survey of the partners has no address of its own; others have."""
    charts = [block for page in unit_pages(read_course()) for block in blocks_of(page, "chart")]
    assert charts != []
    assert [
        chart["title"]
        for chart in charts
        if not chart.get("source_address") and not chart["source_title"].startswith(OWN_SURVEY)
    ] == []
    assert {chart["year"] for chart in charts} <= set(range(2012, timezone.localdate().year + 1))


def test_days_of_knowledge_are_days_of_the_past() -> None:
    days = [found for page in read_course().pages for found in fields_of(page.values, {"known_on"})]
    assert days != []
    assert [day for day in days if date.fromisoformat(day) > timezone.localdate()] == []


def test_resources_that_age_say_as_of_when() -> None:
    """Every link to read on is known as of some day."""
    silent = [
        (page.path, item["title"])
        for page in unit_pages(read_course())
        for block in blocks_of(page, "resources")
        for item in block["items"]
        if not item.get("known_on")
    ]
    assert silent == []


def test_law_is_told_with_a_line_that_it_is_no_advice() -> None:
    silent = [
        page.path
        for page in unit_pages(read_course())
        if any("eur-lex.europa.eu" in link for html in html_in(page.values) for link in links(html))
        and not any(NO_ADVICE.search(text) for text in texts(page.values["body"]))
    ]
    assert silent == []


def test_pictures_and_documents_have_makers_and_licences() -> None:
    assert [upload.name for upload in read_course().uploads if not upload.values.get("credit")] == []
    assert [upload.name for upload in read_course().uploads if not upload.values.get("licence")] == []


def test_pictures_have_a_text_or_say_that_they_need_none() -> None:
    mute = [
        (page.path, block["image"])
        for page in pages("unit")
        for block in blocks_of(page, "image")
        if not block.get("alt_text") and not block.get("decorative")
    ]
    assert mute == []
