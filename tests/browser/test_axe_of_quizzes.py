"""axe finds nothing in any kind of question in any state: asked, refused, explained, looked over, handed in.

A language, width and theme a state, taken in turn, and all of them at night. A new kind is looked at by itself.
"""

import itertools
from collections.abc import Iterable

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from lessons.self_checks import answer_check, find_check
from openmuseums.learners.models import Learner
from openmuseums.people.models import User
from quizzes.attempts.taking import save_answers, start_attempt, submit_attempt
from quizzes.authoring.sample_answers import right_answer, wrong_answer
from quizzes.blocks.registry import CHECK_BLOCKS
from quizzes.models import Attempt, QuizPage
from quizzes.questions.registry import is_graded
from tests.answers import sent
from tests.browser.examining import SHOWINGS, faults_of
from tests.browser.harness import WIDTHS, Record, sign_in
from tests.every_kind import make_quiz_of_every_kind, right_answers, stored_question, wrong_answers
from tests.factories import NOW, FixtureCourse, make_learner, make_translation, make_unit

# What each state is known by.
STATES = {
    "asked": 'button[value^="check:"]',
    "one a page": "button[value=all]",
    "refused": ".error-summary a",
    "explained": "form .verdict--right",
    "looked over": ".review .chosen",
    "all open": ".review .is-open",
    "right": ".question .verdict--right",
    "wrong": ".question .verdict--wrong",
    "unanswered": ".question .verdict--wrong",
}
LANGUAGES = [code for code, _name in settings.LANGUAGES]
ATTEMPT = "/{language}/quiz-attempts/{attempt}/"


# The same of self-checks in a unit.
CHECKS = {
    "read": ".choices--plain",
    "to be answered": "form[id^=check-] button",
    "answered right": ".check-result .verdict--right",
    "answered wrong": ".check-result .verdict--wrong",
}


def cases(states: Iterable[str]) -> list[object]:
    """Return every state in every language and showing; all but one of a state are for the night."""
    made = []
    for turn, state in enumerate(states):
        own = (LANGUAGES[turn % len(LANGUAGES)], *SHOWINGS[turn % len(SHOWINGS)])
        for language, (width, theme) in itertools.product(LANGUAGES, SHOWINGS):
            marks = [] if (language, width, theme) == own else [pytest.mark.nightly]
            made.append(pytest.param(state, language, width, theme, marks=marks))
    return made


@pytest.fixture
def quiz(course: FixtureCourse) -> QuizPage:
    """Return a quiz of every kind whose answers are explained at once."""
    return make_quiz_of_every_kind(course, feedback="at-once")


@pytest.fixture
def attempt(quiz: QuizPage, user: User) -> Attempt:
    return start_attempt(learner=make_learner(user), quiz_key=quiz.translation_key, now=NOW)


def bring_to(state: str, attempt: Attempt, learner: Learner, language: str) -> str:
    """Bring an attempt into a state; return the address that shows it."""
    own = {"attempt": attempt, "language": language, "now": NOW}
    if state in {"explained", "looked over", "right"}:
        graded = [question.id for question in attempt.answerable if is_graded(question)]
        settles = graded if state == "explained" else ()
        save_answers(responses=right_answers(attempt, language), settles=settles, **own)
    if state == "wrong":
        save_answers(responses=wrong_answers(attempt, language), **own)
    if state in {"right", "wrong", "unanswered"}:
        submit_attempt(attempt_id=attempt.pk, learner=learner, now=NOW)
    endings = {"asked": "?view=all", "refused": "?view=all", "explained": "?view=all", "one a page": "?view=one"}
    handed_in = {"looked over": "review/", "all open": "review/"}
    return ATTEMPT.format(language=language, attempt=attempt.pk) + (
        endings.get(state) or handed_in.get(state) or "result/"
    )


def send_what_is_refused(page: Page, attempt: Attempt) -> None:
    """Send values that no question offers, where there are values to choose from; what is typed is too long."""
    names = list(sent(right_answers(attempt)))
    page.evaluate(
        """(names) => {
          const form = document.querySelector("form[data-save]");
          form.querySelectorAll("input, select, textarea").forEach((field) => {
            if (names.includes(field.name)) field.disabled = true;
          });
          for (const name of names) {
            const field = document.createElement("input");
            form.append(Object.assign(field, { type: "hidden", name, value: "~".repeat(9000) }));
          }
          form.removeAttribute("data-save");
        }""",
        names,
    )
    with page.expect_navigation():
        page.locator("main form[method=post] button[value=review]").last.click()


@pytest.mark.parametrize(("state", "language", "width", "theme"), cases(STATES))
def test_axe_finds_nothing_in_any_kind(
    attempt: Attempt,
    course: FixtureCourse,
    user: User,
    context: BrowserContext,
    page: Page,
    live_server: LiveServer,
    record: Record,
    state: str,
    language: str,
    width: str,
    theme: str,
) -> None:
    if language != "en":
        # The frame is in that language; what is asked is in the source's, and says so.
        make_translation(course.course, language)
    sign_in(context, live_server, user)
    page.set_viewport_size(WIDTHS[width])
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.goto(bring_to(state, attempt, attempt.learner, language))
    if state == "refused":
        record.expected_errors.add("422")
        send_what_is_refused(page, attempt)
        assert page.locator(STATES[state]).count() == len(attempt.answerable)
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator(STATES[state]).count() > 0
    assert faults_of(page) == []


@pytest.mark.parametrize(("state", "language", "width", "theme"), cases(CHECKS))
def test_axe_finds_nothing_in_a_unit_with_every_kind(
    course: FixtureCourse,
    user: User,
    context: BrowserContext,
    page: Page,
    live_server: LiveServer,
    state: str,
    language: str,
    width: str,
    theme: str,
) -> None:
    unit = make_unit(course.lessons[0], "audiences", body=[stored_question(kind) for kind in CHECK_BLOCKS])
    if language != "en":
        make_translation(course.course, language)
    if state != "read":
        sign_in(context, live_server, user)
    learner = make_learner(user)
    for child in unit.body if state.startswith("answered") else ():
        check = find_check(page_key=unit.translation_key, block_id=child.id, language="en")
        assert check
        parts = (right_answer if state == "answered right" else wrong_answer)(check.question, check.texts)
        answer_check(learner=learner, unit_key=unit.translation_key, check=check, parts=parts, now=NOW)
    page.set_viewport_size(WIDTHS[width])
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.goto(f"/{language}{unit.url[3:]}")
    assert page.locator(CHECKS[state]).count() >= (len(CHECK_BLOCKS) if state != "read" else 1)
    assert faults_of(page) == []


@pytest.mark.parametrize("state", ["asked", "refused"])
def test_axe_finds_nothing_in_extra_time(
    quiz: QuizPage,
    user: User,
    context: BrowserContext,
    page: Page,
    live_server: LiveServer,
    record: Record,
    state: str,
) -> None:
    make_learner(user)
    sign_in(context, live_server, user)
    page.set_viewport_size(WIDTHS["phone"])
    page.goto(f"/en/quiz-attempts/time/{quiz.quiz_key}/")
    if state == "refused":
        record.expected_errors.add("422")
        page.locator("input[name=factor]").last.evaluate("(field) => { field.value = 'ever'; field.checked = true; }")
        with page.expect_navigation():
            page.get_by_role("button", name="Save").click()
    assert page.locator("#factor-error").count() == (state == "refused")
    assert faults_of(page) == []
