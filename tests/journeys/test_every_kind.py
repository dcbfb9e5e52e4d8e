"""Every kind of question on a learner's way: by keys alone, in two languages, without scripts, narrow and enlarged."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from openmuseums.people.models import User
from quizzes.models import Attempt, QuizPage
from tests.answers import sent
from tests.browser.harness import sign_in as carry_session
from tests.every_kind import make_quiz_of_every_kind, right_answers
from tests.factories import FixtureCourse, make_translation
from tests.journeys.answering import answer_by_keyboard, fields_of, fill
from tests.journeys.steps import expect_no_wide_page, expect_title
from tests.journeys.test_languages import change_to
from tests.journeys.test_phone import SMALL_TARGETS

START, REVIEW = ".done form button.button", "main button[value=review]"
HAND_IN = "main form.actions button[type=submit]"


@pytest.fixture
def quiz(course: FixtureCourse) -> QuizPage:
    """Return a quiz that asks every kind of question, its choices in an order of each attempt's own."""
    return make_quiz_of_every_kind(course, shuffles_choices=True)


def begin(page: Page, live_server: LiveServer, user: User, address: str) -> Attempt:
    """Begin an attempt, signed in."""
    carry_session(page.context, live_server, user)
    page.goto(address)
    with page.expect_navigation():
        page.locator(START).first.click()
    return Attempt.objects.get(submitted_at=None)


def expect_all_points(page: Page, attempt: Attempt) -> None:
    """See that the result says that there is nothing to be had beyond it."""
    attempt.refresh_from_db()
    assert attempt.result
    expect(page.locator(".lead.verdict--right")).to_be_visible()
    expect(page.locator("meter").first).to_have_attribute("value", str(attempt.result.points_possible))
    assert attempt.result.points == attempt.result.points_possible > 0


def test_every_kind_is_answered_with_the_keyboard_alone(
    quiz: QuizPage, user: User, page: Page, live_server: LiveServer
) -> None:
    attempt = begin(page, live_server, user, quiz.url)
    answers = sent(right_answers(attempt))
    met: set[str] = set()
    for _step in attempt.questions:
        if page.locator('main button[value="previous"]').count() or not met:
            met.update(answer_by_keyboard(page, answers))
    assert met == set(answers)
    expect_title(page, "Look your answers over")
    expect(page.locator(".review-line.is-open")).to_have_count(0)
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.type") != "submit" or not page.locator(f"{HAND_IN}:focus").count():
        page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect_all_points(page, attempt)


def test_language_is_changed_midway(quiz: QuizPage, user: User, page: Page, live_server: LiveServer) -> None:
    make_translation(quiz, "el")
    attempt = begin(page, live_server, user, quiz.url)
    page.goto(f"{page.url.partition('?')[0]}?view=all")
    fill(page, sent(right_answers(attempt)))
    expect(page.locator("[data-save-words]")).to_have_text("Saved.")
    before = fields_of(page)
    change_to(page, "el")
    expect(page.locator("html")).to_have_attribute("lang", "el")
    expect(page.locator("legend").first).to_contain_text("[el]")
    # The same attempt, in the same order, with the same answers.
    assert fields_of(page) == before
    assert Attempt.objects.count() == 1
    with page.expect_navigation():
        page.locator(REVIEW).last.click()
    expect(page.locator(".review-line.is-open")).to_have_count(0)
    with page.expect_navigation():
        page.locator(HAND_IN).click()
    expect_all_points(page, attempt)


def test_every_kind_is_answered_in_greek_without_scripts(
    quiz: QuizPage, user: User, page_without_scripts: Page, live_server: LiveServer
) -> None:
    page = page_without_scripts
    make_translation(quiz, "el")
    attempt = begin(page, live_server, user, f"/el{quiz.url[3:]}")
    page.locator("main button[value=all]").click()
    answers = sent(right_answers(attempt, "el"))
    fill(page, answers)
    page.locator(REVIEW).last.click()
    expect(page.locator("html")).to_have_attribute("lang", "el")
    expect(page.locator(".review-line.is-open")).to_have_count(0)
    page.locator(HAND_IN).click()
    expect_all_points(page, attempt)
    page.reload()
    expect_all_points(page, attempt)


def test_every_kind_fits_a_narrow_window_and_enlarged_text(
    quiz: QuizPage, user: User, page: Page, live_server: LiveServer
) -> None:
    attempt = begin(page, live_server, user, quiz.url)
    page.goto(f"{page.url.partition('?')[0]}?view=all")

    def look() -> None:
        page.set_viewport_size({"width": 320, "height": 640})
        expect_no_wide_page(page)
        assert page.evaluate(SMALL_TARGETS) == []
        page.set_viewport_size({"width": 1280, "height": 900})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        expect_no_wide_page(page)

    look()
    fill(page, sent(right_answers(attempt)))
    with page.expect_navigation():
        page.locator(REVIEW).last.click()
    look()
    with page.expect_navigation():
        page.locator(HAND_IN).click()
    look()
