"""The course in Greek and in Dutch, with scripts and without: one comes in, reads, changes the language and goes on."""

from time import monotonic, sleep
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from openmuseums.people.models import User
from tests.browser.harness import PHONE, Record, recorded
from tests.factories import FixtureCourse, in_language, make_translation
from tests.journeys.steps import expect_no_wide_page, sign_in

OTHER = {"el": "nl", "nl": "el"}
NAMES = {"el": "Ελληνικά", "nl": "Nederlands"}
COOKIE = settings.LANGUAGE_COOKIE_NAME


@pytest.fixture
def two_languages(course: FixtureCourse) -> FixtureCourse:
    """Return the course, of which Greek and Dutch have a unit, the quiz after it, and what stands above them."""
    for language in OTHER:
        make_translation(course.units["digital-strategy"], language)
        make_translation(course.quizzes["marketing"], language)
    return course


@pytest.fixture(params=["el", "nl"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def abroad(
    request: pytest.FixtureRequest,
    browser: Browser,
    browser_context_args: dict[str, Any],
    record: Record,
    language: str,
) -> Any:
    """Return a phone's page in a browser that asks for a language, with scripts or without."""
    wanted = {"locale": {"el": "el-GR", "nl": "nl-NL"}[language], "java_script_enabled": request.param}
    context = browser.new_context(**{**browser_context_args, "viewport": PHONE, **wanted})
    page = recorded(context, record).new_page()
    page.has_scripts = request.param  # type: ignore[attr-defined]
    yield page
    context.close()


def change_to(page: Page, language: str) -> None:
    """Change the language with the switcher."""
    page.locator("details.languages summary").click()
    link = page.locator(f"details.languages a[data-language={language}]")
    box = link.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 24
    with page.expect_navigation():
        link.click()


def take_quiz(page: Page, path: str, *, begun_in: str, finished_in: str) -> None:
    """Begin a quiz in one language, answer the first question, and finish it in another with every point."""
    page.goto(f"/{begun_in}{path}")
    with page.expect_navigation():
        page.locator(".done form button[type=submit]").click()
    expect(page.locator("legend")).to_have_text(in_language("What do you use first?", begun_in))
    page.get_by_label(in_language("The right one", begun_in)).check()
    with page.expect_navigation():
        page.locator("button[name=go][value=next]").click()
    change_to(page, finished_in)
    expect(page.locator("legend")).to_have_text(in_language("What do you manage?", finished_in))
    page.get_by_label(in_language("The right one", finished_in)).check()
    with page.expect_navigation():
        page.locator("button[name=go][value=next]").click()
    page.get_by_label(in_language("One of them", finished_in)).check()
    page.get_by_label(in_language("The other", finished_in)).check()
    with page.expect_navigation():
        page.locator("button[name=go][value=review]").last.click()
    with page.expect_navigation():
        page.locator("main form button[type=submit]").click()
    expect(page.locator(".lead.verdict--right")).to_be_visible()
    expect(page.locator("meter").first).to_have_attribute("value", "4")


def expect_kept(user: User, language: str) -> None:
    """Wait until a person's record has this language: a page that is left writes it by a request of its own."""
    deadline = monotonic() + 10
    while monotonic() < deadline and user.language != language:
        sleep(0.05)
        user.refresh_from_db()
    assert user.language == language


def path_of(page: Page) -> str:
    """Return what the page's address is below the host."""
    return "/" + page.url.split("/", 3)[3]


def test_reader_comes_in_reads_and_changes_the_language(
    two_languages: FixtureCourse, user: User, abroad: Page, language: str
) -> None:
    page, other, scripts = abroad, OTHER[language], abroad.has_scripts  # type: ignore[attr-defined]
    unit = two_languages.units["digital-strategy"]
    heading = page.get_by_role("heading", level=1)

    page.goto("/")
    assert path_of(page) == f"/{language}/"
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect_no_wide_page(page) if scripts else None
    page.goto(f"/{language}{unit.url[3:]}")
    expect(heading).to_have_text(in_language(unit.title, language))

    # To the same place of the page in the other language, and back; the choice is remembered for the way in.
    anchor = f"#b-{unit.body[1].id[:8]}"
    page.goto(f"/{language}{unit.url[3:]}{anchor}")
    change_to(page, other)
    assert path_of(page) == f"/{other}{unit.url[3:]}" + (anchor if scripts else "")
    expect(heading).to_have_text(in_language(unit.title, other))
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    if scripts:
        kept = cookies[COOKIE]
        assert (kept["value"], kept["path"], kept["sameSite"]) == (other, "/", "Lax")
        page.goto("/")
        assert path_of(page) == f"/{other}/"
    else:
        assert cookies == {}
        page.goto("/")
        assert path_of(page) == f"/{language}/"
    page.goto(f"/{other}{unit.url[3:]}")
    change_to(page, language)
    expect(heading).to_have_text(in_language(unit.title, language))


def test_learner_goes_from_one_language_to_another_with_one_record(
    two_languages: FixtureCourse, user: User, abroad: Page, language: str
) -> None:
    page, other, scripts = abroad, OTHER[language], abroad.has_scripts  # type: ignore[attr-defined]
    unit = two_languages.units["digital-strategy"]

    # A self-check, answered in the one language, stands answered in the other.
    page.goto(f"/{language}/begin/?next=/{language}{unit.url[3:]}")
    sign_in(page, str(user.email))
    assert path_of(page) == f"/{language}{unit.url[3:]}"
    page.get_by_label(in_language("The right one", language)).check()
    with page.expect_navigation():
        page.locator(".body form button[type=submit]").click()
    expect(page.locator(".verdict--right")).to_be_visible()
    change_to(page, other)
    expect(page.locator(".check-result .feedback")).to_have_text(in_language("Because of what the unit says.", other))
    with page.expect_navigation():
        page.locator(".done form button[type=submit]").click()
    expect(page.locator(".done .state--read")).to_be_visible()

    take_quiz(page, two_languages.quizzes["marketing"].url[3:], begun_in=language, finished_in=other)

    # Where she stands, in both; and the language she keeps.
    for code in (other, language):
        page.goto(f"/{code}/my-learning/")
        expect(page.locator("html")).to_have_attribute("lang", code)
        expect(page.locator(".unit-lines .state--read")).to_have_count(1)
    if scripts:
        expect_no_wide_page(page)
        change_to(page, other)
        kept = other
    else:
        page.locator(f"#language-{language}").check()
        with page.expect_navigation():
            page.locator("form[action$='/learning/language/'] button").click()
        kept = language
    expect_kept(user, kept)
    page.context.clear_cookies(name=COOKIE)
    page.goto("/")
    assert path_of(page) == f"/{kept}/"


def test_reader_of_a_page_that_a_language_lacks_is_told_and_finds_the_way_on(
    two_languages: FixtureCourse, abroad: Page, language: str
) -> None:
    page, unit = abroad, two_languages.units["channels-and-media"]
    page.goto(f"/{language}{unit.url[3:]}")
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("main")).to_have_attribute("lang", "en")
    expect(page.locator("main .notice")).to_have_attribute("lang", language)
    expect(page.get_by_role("heading", level=1)).to_have_text(unit.title)
    with page.expect_navigation():
        page.locator(".pager a[rel=prev]").click()
    title = in_language("The digital strategy", language)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_switcher_closes_with_escape_and_gives_the_focus_back(two_languages: FixtureCourse, page: Page) -> None:
    page.goto("/el/")
    summary = page.locator("details.languages summary")
    summary.press("Enter")
    expect(page.locator("details.languages")).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator("details.languages")).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()
