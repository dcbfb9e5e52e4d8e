"""What comes between a learner and a quiz: the time that is up, and a connection that is gone."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from openmuseums.learners.recording import learner_of
from openmuseums.people.models import User
from quizzes.attempts.overdue import hand_in_overdue
from quizzes.attempts.taking import start_attempt
from quizzes.models import Attempt
from tests.answers import parts_in, result_of
from tests.browser.harness import Record, sign_in
from tests.factories import FixtureCourse
from tests.journeys.steps import expect_title

MINUTES = 20


@pytest.fixture
def attempt(course: FixtureCourse, user: User, page: Page, live_server: LiveServer) -> Attempt:
    """Return an attempt that the page's browser has a session for."""
    sign_in(page.context, live_server, user)
    now = timezone.now()
    quiz_key = course.quizzes["marketing"].translation_key
    return start_attempt(learner=learner_of(user=user, now=now), quiz_key=quiz_key, now=now)


def set_due(attempt: Attempt, until: dt.timedelta) -> None:
    """Have the time of an attempt be up so long from now, by the clock of the server."""
    Attempt.objects.filter(pk=attempt.pk).update(due_at=timezone.now() + until)


def test_time_runs_out_and_what_was_answered_by_then_counts(attempt: Attempt, page: Page) -> None:
    set_due(attempt, dt.timedelta(minutes=MINUTES))
    page.clock.install()
    page.goto(f"/en/quiz-attempts/{attempt.pk}/")
    expect(page.locator("[data-seconds-left]")).to_contain_text(f"You have {MINUTES} minutes left")
    page.clock.fast_forward(dt.timedelta(minutes=MINUTES - 1).total_seconds() * 1000)
    expect(page.get_by_text("1 minute left")).to_be_visible()
    page.get_by_label("The right one").check()
    # The browser's clock says that the time is up, and so does the server's: what is on its way is still taken.
    set_due(attempt, dt.timedelta(seconds=-1))
    with page.expect_navigation():
        page.clock.fast_forward(60_000)
    expect_title(page, "The time is up")
    expect(page.get_by_role("link", name="question")).to_have_count(0)
    page.goto(f"/en/quiz-attempts/{attempt.pk}/?view=all")
    expect_title(page, "The time is up")
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("You have 1 of 4 points.")).to_be_visible()
    attempt.refresh_from_db()
    assert result_of(attempt) == (1, 4, False)


def test_answers_that_come_after_the_clock_handed_in_are_told_of(attempt: Attempt, page: Page, record: Record) -> None:
    record.expected_errors.add("409")
    set_due(attempt, dt.timedelta(minutes=MINUTES))
    page.clock.install()
    page.goto(f"/en/quiz-attempts/{attempt.pk}/")
    page.get_by_label("The right one").check()
    set_due(attempt, dt.timedelta(minutes=-5))
    assert hand_in_overdue(now=timezone.now()) == 1
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("alert")).to_contain_text("not saved")
    expect(page.get_by_text("You have 0 of 4 points.")).to_be_visible()
    assert parts_in(attempt) == {}


def test_lost_connection_is_told_and_answers_are_kept_and_sent_again(
    attempt: Attempt, page: Page, record: Record
) -> None:
    record.expected_errors.add("net::ERR")
    page.goto(f"/en/quiz-attempts/{attempt.pk}/?view=all")
    words, first = page.locator("[data-save-words]"), attempt.questions[0].id

    def cut(route: Route) -> None:
        if route.request.method == "POST":
            route.abort("connectionfailed")
        else:
            route.continue_()

    # A save that gets lost on its way is sent again by itself.
    page.route("**/quiz-attempts/**", cut)
    page.get_by_label("The right one").first.check()
    expect(words).to_contain_text("there is no connection")
    assert parts_in(attempt) == {}
    page.unroute("**/quiz-attempts/**")
    expect(words).to_have_text("Saved.")
    assert set(parts_in(attempt)) == {first}

    # Off line, and on line again: what was answered meanwhile stands on the page, and is sent at once.
    page.context.set_offline(True)
    page.get_by_label("A wrong one").nth(1).check()
    page.get_by_label("One of them").check()
    expect(words).to_contain_text("there is no connection")
    expect(page.get_by_label("A wrong one").nth(1)).to_be_checked()
    page.context.set_offline(False)
    expect(words).to_have_text("Saved.")
    assert set(parts_in(attempt)) == {question.id for question in attempt.questions}
