"""Hostile texts in questions of every kind, and in answers that learners type: shown in Chromium in every state."""

import itertools

from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from openmuseums.people.models import User
from quizzes.attempts.taking import save_answers, start_attempt, submit_attempt
from quizzes.blocks.registry import QUESTION_BLOCKS, block_of
from quizzes.models import Attempt, QuizPage
from quizzes.questions.registry import KINDS, fault_of, is_graded
from quizzes.scoring import WHOLE, Given, Parts
from quizzes.versions.freezing import freeze_version
from tests.answers import sent
from tests.browser.harness import PHONE, Record
from tests.browser.test_axe import sign_in
from tests.every_kind import right_answers, stored_question
from tests.factories import NOW, FixtureCourse, make_learner
from tests.hostile.filling import worded
from tests.hostile.payloads import HARM, PAYLOADS
from tests.hostile.showing import Show
from tests.journeys.answering import fill

SCRIPT = PAYLOADS["script"]
TEXTS = list(PAYLOADS.values())


def make_hostile_quiz(course: FixtureCourse) -> QuizPage:
    """Have a quiz of every kind say hostile things wherever an editor can write, past whatever would refuse them."""
    turns = itertools.cycle(TEXTS)
    # Twice each that can be answered, so that all the texts have their turn.
    kinds = [*QUESTION_BLOCKS, *(kind for kind in QUESTION_BLOCKS if KINDS[kind].TAKES_ANSWER)]
    stored = [stored_question(kind) for kind in kinds]
    asked = [{**each, "value": worded(block_of(each["type"]), each["value"], turns)} for each in stored]
    key = course.quizzes["marketing"].pk
    QuizPage.objects.filter(pk=key).update(title=SCRIPT, feedback="at-once", questions=asked)
    quiz = QuizPage.objects.get(pk=key)
    freeze_version(quiz=quiz, now=NOW)
    return quiz


def typed_in(attempt: Attempt) -> dict[str, Parts]:
    """Return hostile answers to what takes any text: as much of it as is taken."""
    made = {}
    for question in attempt.answerable:
        whole = ({WHOLE: (" ".join([SCRIPT, *TEXTS])[:length],)} for length in (5000, 2000, 500, 200, 100, 60))
        fitting = next((parts for parts in whole if fault_of(question, Given(parts, "en")) == ""), None)
        if fitting is not None:
            made[question.id] = fitting
    return made


def test_what_is_asked_and_typed_harms_nobody(
    course: FixtureCourse,
    user: User,
    context: BrowserContext,
    page: Page,
    live_server: LiveServer,
    show: Show,
    record: Record,
) -> None:
    quiz = make_hostile_quiz(course)
    learner = make_learner(user)
    attempt = start_attempt(learner=learner, quiz_key=quiz.translation_key, now=NOW)
    typed = typed_in(attempt)
    assert typed
    sign_in(context, live_server, user)
    page.set_viewport_size(PHONE)
    address = f"/en/quiz-attempts/{attempt.pk}/"

    show(quiz.url)
    save_answers(attempt=attempt, responses={**right_answers(attempt), **typed}, language="en", now=NOW)
    show(f"{address}?view=all")
    show(f"{address}review/")

    # What is typed where a number is asked for is refused, and shown again.
    record.expected_errors.add("422")
    page.goto(f"{address}?view=all")
    number = next(question.id for question in attempt.answerable if question.kind == "numeric")
    fill(page, sent({number: {WHOLE: (PAYLOADS["handler of an attribute"],)}}))
    with page.expect_navigation():
        page.locator("main button[value=review]").last.click()
    assert page.locator(".error-summary a").count() == 1
    assert page.evaluate(HARM) == []

    graded = [question.id for question in attempt.answerable if is_graded(question)]
    save_answers(attempt=attempt, responses={}, settles=graded, language="en", now=NOW)
    show(f"{address}?view=all")
    submit_attempt(attempt_id=attempt.pk, learner=learner, now=NOW)
    show(f"{address}result/")
