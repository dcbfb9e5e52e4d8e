"""The pages of attempts with settings: dates, time, extra time, answers explained at once, practice, results."""

import datetime as dt
import re
import uuid
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from openmuseums.learners.models import Learner
from quizzes.attempts.rereading import register_rereading
from quizzes.attempts.taking import save_answers, settled_in, start_attempt, submit_attempt
from quizzes.models import Attempt, ExtraTime, QuizPage
from quizzes.scoring import Parts
from tests.answers import parts_in
from tests.factories import FixtureCourse, make_course_in, single_choice

Answers = Callable[..., dict[str, Parts]]
SettleRules = Callable[..., None]
MINUTE = dt.timedelta(minutes=1)


def at(name: str, attempt: Attempt, query: str = "") -> str:
    return reverse(f"quizzes:{name}", args=[attempt.pk]) + query


def text_of(response: Any) -> str:
    html = response.content.decode().split("<main")[1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def begin(quiz: QuizPage, learner: Learner, *, is_practice: bool = False) -> Attempt:
    return start_attempt(learner=learner, quiz_key=quiz.quiz_key, now=timezone.now(), is_practice=is_practice)


def save(attempt: Attempt, responses: dict[str, Parts], *settles: str) -> None:
    save_answers(attempt=attempt, responses=responses, language="en", now=timezone.now(), settles=settles)


def submit(attempt: Attempt, key: uuid.UUID | None = None) -> Attempt:
    return submit_attempt(attempt_id=attempt.pk, learner=attempt.learner, now=timezone.now(), key=key)


def sent(responses: dict[str, Parts], **more: str) -> dict[str, Any]:
    return {f"question-{key}": list(parts[""]) for key, parts in responses.items()} | more


@pytest.fixture
def attempt(quiz: QuizPage, learner: Learner) -> Attempt:
    return begin(quiz, learner)


# The page of the quiz.


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"attempts_allowed": 1}, "You have used all your attempts."),
        ({"waiting_minutes": 60}, "You can try again on "),
        ({"opens_at": timezone.now() + dt.timedelta(days=2)}, "You can begin on "),
        ({"closes_at": timezone.now() - dt.timedelta(days=2)}, "This quiz closed on "),
    ],
)
def test_quiz_page_says_why_one_cannot_begin(
    learner_client: Client,
    quiz: QuizPage,
    attempt: Attempt,
    settle_rules: SettleRules,
    settings: dict[str, Any],
    words: str,
) -> None:
    submit(attempt)
    settle_rules(**settings)
    response = learner_client.get(quiz.url)
    assert words in text_of(response)
    assert "Try again " not in text_of(response)
    started = learner_client.post(reverse("quizzes:start", args=[quiz.quiz_key]))
    assert (started.status_code, started["Location"], Attempt.objects.count()) == (302, quiz.url, 1)


def test_quiz_page_says_how_many_attempts_and_how_much_time_there_is(
    learner_client: Client, quiz: QuizPage, settle_rules: SettleRules, attempt: Attempt
) -> None:
    submit(attempt)
    settle_rules(attempts_allowed=3, minutes_allowed=20, draws=2)
    text = text_of(learner_client.get(quiz.url))
    assert "2 questions Passed with 60 per cent of the points 20 minutes 3 attempts" in text
    assert "You have 2 attempts left." in text
    assert "Try as often as you like." not in text


def test_quiz_page_in_public_state_tells_dates_that_do_not_depend_on_now(
    client: Client, quiz: QuizPage, settle_rules: SettleRules
) -> None:
    settle_rules(
        opens_at=dt.datetime(2026, 11, 1, 8, tzinfo=dt.UTC), closes_at=dt.datetime(2027, 7, 1, 8, tzinfo=dt.UTC)
    )
    text = text_of(client.get(quiz.url))
    assert "Opens: 1 November 2026, 09:00 CET Closes: 1 July 2027, 10:00 CEST" in text


def test_translation_goes_by_the_settings_of_its_source(
    learner_client: Client, course: FixtureCourse, quiz: QuizPage, learner: Learner, settle_rules: SettleRules
) -> None:
    make_course_in(course, "nl")
    dutch = QuizPage.objects.get(translation_key=quiz.translation_key, locale__language_code="nl")
    settle_rules(attempts_allowed=1)
    submit(begin(quiz, learner))
    response = learner_client.get(dutch.url)
    assert response.context["hindrance"].reason == "used-up"


# Extra time.


def test_extra_time_is_set_by_oneself_and_shown(
    learner_client: Client, quiz: QuizPage, settle_rules: SettleRules, learner: Learner
) -> None:
    settle_rules(minutes_allowed=20)
    address = reverse("quizzes:time", args=[quiz.quiz_key])
    assert f'href="{address}"' in learner_client.get(quiz.url).content.decode()
    assert learner_client.post(address, {"factor": "1.5"})["Location"] == quiz.url
    assert ExtraTime.objects.get().learner == learner
    assert 'value="1.5" id="id_factor_2" checked' in learner_client.get(address).content.decode().replace(
        "checked>", "checked"
    )
    assert "You have set: Half as much again." in text_of(learner_client.get(quiz.url))
    learner_client.post(address, {"factor": ""})
    assert not ExtraTime.objects.exists()


def test_extra_time_that_is_none_of_the_offered_is_refused(learner_client: Client, quiz: QuizPage) -> None:
    response = learner_client.post(reverse("quizzes:time", args=[quiz.quiz_key]), {"factor": "9"})
    assert response.status_code == 422
    assert not ExtraTime.objects.exists()


# Time.


@pytest.fixture
def timed(quiz: QuizPage, learner: Learner, settle_rules: SettleRules, answers: Answers) -> Attempt:
    settle_rules(minutes_allowed=10, grace_seconds=30)
    attempt = begin(quiz, learner)
    save(attempt, answers(attempt, 1))
    return attempt


def let_pass(attempt: Attempt, passed: dt.timedelta) -> None:
    Attempt.objects.filter(pk=attempt.pk).update(
        started_at=attempt.started_at - passed, due_at=attempt.due_at - passed if attempt.due_at else None
    )


def test_attempt_says_how_much_time_is_left_and_until_when(learner_client: Client, timed: Attempt) -> None:
    let_pass(timed, dt.timedelta(minutes=3, seconds=30))
    for name in ("attempt", "review"):
        response = learner_client.get(at(name, timed))
        assert "You have 7 minutes left, until " in text_of(response)
        seconds = int(re.findall(r'data-seconds-left="(\d+)"', response.content.decode())[0])
        assert 360 < seconds <= 390
        assert "js/time-left" in response.content.decode()


def test_attempt_without_a_limit_says_nothing_of_time(learner_client: Client, attempt: Attempt) -> None:
    html = learner_client.get(at("attempt", attempt)).content.decode()
    assert "data-seconds-left" not in html
    assert "js/time-left" not in html


def test_attempt_whose_time_is_up_leads_to_handing_in(learner_client: Client, quiz: QuizPage, timed: Attempt) -> None:
    let_pass(timed, 10 * MINUTE)
    assert learner_client.get(at("attempt", timed))["Location"] == at("review", timed)
    text = text_of(learner_client.get(at("review", timed)))
    assert "The time is up" in text
    assert "Change question" not in text
    assert "The time is up: see how it went" in text_of(learner_client.get(quiz.url))


def test_answers_after_the_end_are_refused_and_the_saved_ones_handed_in(
    learner_client: Client, timed: Attempt, answers: Answers
) -> None:
    let_pass(timed, 11 * MINUTE)
    response = learner_client.post(at("attempt", timed, "?view=one&question=2"), sent(answers(timed, 2)))
    assert response.status_code == 409
    text = text_of(response)
    assert "The time was up before the answers that you have just sent came in, so they were not saved." in text
    assert "The time was up: what was answered until then counts." in text
    assert "You have 1 of 4 points." in text
    timed.refresh_from_db()
    assert (timed.submitted_at, parts_in(timed)) == (timed.due_at, answers(timed, 1))


def test_script_is_told_that_the_time_is_up(learner_client: Client, timed: Attempt, answers: Answers) -> None:
    let_pass(timed, 11 * MINUTE)
    response = learner_client.post(at("attempt", timed), sent(answers(timed, 2), go="stay"))
    assert response.status_code == 409


# Answers explained at once.


@pytest.fixture
def explained(quiz: QuizPage, learner: Learner, settle_rules: SettleRules) -> Attempt:
    settle_rules(feedback="at-once")
    return begin(quiz, learner)


@pytest.mark.parametrize("view", ["one&question=1", "all"])
def test_check_saves_explains_and_leads_back_to_the_question(
    learner_client: Client, explained: Attempt, answers: Answers, view: str
) -> None:
    first = explained.asked[0]
    address = at("attempt", explained, f"?view={view}")
    assert f'name="go" value="check:{first}"' in learner_client.get(address).content.decode()
    response = learner_client.post(address, sent(answers(explained, wrong=(1,)), go=f"check:{first}"))
    assert response["Location"] == f"{address}#question-{first}"
    page = learner_client.get(address)
    assert "Not right 0 of 1 point What do you use first?" in text_of(page)
    assert "Because of what the unit says." in text_of(page)
    html = page.content.decode()
    assert f'name="question-{first}"' not in html
    assert f'name="before-{first}"' not in html
    assert f"check:{first}" not in html


def test_check_without_an_answer_says_so(learner_client: Client, explained: Attempt) -> None:
    first = explained.asked[0]
    response = learner_client.post(at("attempt", explained, "?view=one&question=1"), {"go": f"check:{first}"})
    assert response.status_code == 422
    assert f'<a href="#question-{first}">Question 1: Answer the whole question before you check it.</a>' in (
        response.content.decode()
    )


def test_other_answer_from_an_old_tab_is_refused_and_the_explained_one_shown(
    learner_client: Client, explained: Attempt, answers: Answers
) -> None:
    save(explained, answers(explained, wrong=(1,)), explained.asked[0])
    response = learner_client.post(at("attempt", explained, "?view=all"), sent(answers(explained, 1, 2)))
    assert response.status_code == 422
    text = text_of(response)
    assert "Question 1: The answer has been explained, so it stands." in text
    assert "Not right 0 of 1 point The answer has been explained, so it stands. What do you use first?" in text
    assert response.content.decode().count(" checked>") == 1
    assert parts_in(explained) == answers(explained, wrong=(1,))


def test_review_links_to_see_what_has_been_explained(
    learner_client: Client, explained: Attempt, answers: Answers
) -> None:
    save(explained, answers(explained, 1), explained.asked[0])
    text = text_of(learner_client.get(at("review", explained)))
    assert "See question 1" in text
    assert "Change question 1" not in text


def test_nothing_is_offered_to_check_where_the_quiz_explains_later(learner_client: Client, attempt: Attempt) -> None:
    assert "check:" not in learner_client.get(at("attempt", attempt, "?view=all")).content.decode()


# Practice.


def test_practice_is_offered_begun_and_told_apart(
    learner_client: Client, quiz: QuizPage, settle_rules: SettleRules, answers: Answers
) -> None:
    assert "Practise" not in text_of(learner_client.get(quiz.url))
    settle_rules(allows_practice=True)
    assert "Start the quiz Practise" in text_of(learner_client.get(quiz.url))
    place = learner_client.post(reverse("quizzes:start", args=[quiz.quiz_key]), {"practice": "1"})["Location"]
    practice = Attempt.objects.get(is_practice=True)
    assert place == at("attempt", practice)
    assert "This is practice: it is counted nowhere." in text_of(learner_client.get(place))
    assert "Go on practising" in text_of(learner_client.get(quiz.url))
    learner_client.post(at("review", practice))
    text = text_of(learner_client.get(at("result", practice)))
    assert "This is practice: it is counted nowhere." in text
    assert "Practise again" in text
    assert "Your results so far" not in text_of(learner_client.get(quiz.url))


def test_practice_that_is_not_offered_is_not_found(learner_client: Client, quiz: QuizPage) -> None:
    assert learner_client.post(reverse("quizzes:start", args=[quiz.quiz_key]), {"practice": "1"}).status_code == 404


# Handing in.


def test_retry_with_the_same_key_leads_to_the_same_result(learner_client: Client, attempt: Attempt) -> None:
    key = str(uuid.uuid4())
    places = [learner_client.post(at("review", attempt), {"key": key})["Location"] for _ in range(2)]
    assert places == [at("result", attempt)] * 2


def test_another_key_leads_to_the_same_result_with_a_notice(learner_client: Client, attempt: Attempt) -> None:
    first, second = (learner_client.post(at("review", attempt), {"key": str(uuid.uuid4())}) for _ in range(2))
    assert (first["Location"], second["Location"]) == (at("result", attempt), at("result", attempt, "?earlier"))
    notice = "This attempt was handed in before, in another window. This is its result."
    assert notice in text_of(learner_client.get(second["Location"]))
    assert notice not in text_of(learner_client.get(first["Location"]))


# Results.


def test_result_explains_answers_only_after_the_quiz_has_closed(
    learner_client: Client, quiz: QuizPage, attempt: Attempt, settle_rules: SettleRules, answers: Answers
) -> None:
    save(attempt, answers(attempt, 1, 2, 3))
    submit(attempt)
    settle_rules(feedback="after-closing", closes_at=dt.datetime(2030, 7, 1, 8, tzinfo=dt.UTC))
    response = learner_client.get(at("result", attempt))
    text = text_of(response)
    assert "Passed You have 4 of 4 points." in text
    assert "The answers are explained after the quiz has closed: 1 July 2030, 10:00 CEST." in text
    assert "What do you use first?" not in text
    assert "By competence" not in text
    for closes_at in (timezone.now() - MINUTE, None):
        settle_rules(closes_at=closes_at)
        assert "What do you use first?" in text_of(learner_client.get(at("result", attempt)))


def test_result_says_what_the_lesson_teaches_one_to_do(
    learner_client: Client, course: FixtureCourse, attempt: Attempt
) -> None:
    submit(attempt)
    statement = course.lessons[0].statement_use
    assert f"Use 0 of 1 answered right {statement}" in text_of(learner_client.get(at("result", attempt)))


def test_result_counts_beside_what_to_read_again(
    learner_client: Client, attempt: Attempt, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizzes.attempts.rereading._providers", [])
    register_rereading({"swot": ("The digital strategy", "/en/there/", "")}.get)
    save(attempt, answers(attempt, 1))
    submit(attempt)
    text = text_of(learner_client.get(at("result", attempt)))
    assert "What to read again The digital strategy 1 of 3 answered right" in text


def test_result_compares_with_ones_own_earlier_attempts(
    learner_client: Client, quiz: QuizPage, learner: Learner, answers: Answers, settle_rules: SettleRules
) -> None:
    settle_rules(allows_practice=True)
    first = submit(begin(quiz, learner))
    assert "Your attempts so far" not in text_of(learner_client.get(at("result", first)))
    second = begin(quiz, learner)
    save(second, answers(second, 1, 3))
    submit(second)
    submit(begin(quiz, learner, is_practice=True))
    third = submit(begin(quiz, learner))
    response = learner_client.get(at("result", second))
    text = text_of(response)
    assert re.findall(r"Attempt (\d) \d+ \w+ \d{4} (\d+) per cent (Passed|Not passed yet)", text) == [
        ("1", "0", "Not passed yet"),
        ("2", "75", "Passed"),
    ]
    assert f'href="{at("result", first)}"' in response.content.decode()
    assert at("result", third) not in response.content.decode()
    assert "did not all ask the same questions" not in text


def test_result_says_where_attempts_did_not_ask_the_same(
    learner_client: Client, quiz: QuizPage, learner: Learner
) -> None:
    submit(begin(quiz, learner))
    other = begin(quiz, learner)
    Attempt.objects.filter(pk=other.pk).update(asked=other.asked[:2])
    submit(other)
    assert "These attempts did not all ask the same questions." in text_of(learner_client.get(at("result", other)))


# Another device, another language.


def test_attempt_goes_on_in_the_same_order_on_another_device_and_in_another_language(
    learner_client: Client, course: FixtureCourse, quiz: QuizPage, settle_rules: SettleRules
) -> None:
    make_course_in(course, "nl")
    settle_rules(shuffles_questions=True, shuffles_choices=True)
    learner_client.post(reverse("quizzes:start", args=[quiz.quiz_key]))
    attempt = Attempt.objects.get()
    other_device = Client()
    other_device.cookies.update(learner_client.cookies)
    other_device.cookies["language"] = "nl"

    def order(browser: Client, **headers: str) -> list[str]:
        html = browser.get(at("attempt", attempt, "?view=all"), headers=headers).content.decode()
        return re.findall(r'<input type="(?:radio|checkbox)"[^>]* value="([^"]+)"', html)

    here = order(learner_client)
    assert len(here) == 9
    assert order(other_device, **{"accept-language": "nl"}) == here


# What it costs.


@pytest.mark.parametrize("count", [3, 40])
def test_each_step_costs_15_queries_at_most_however_much_is_asked(
    learner_client: Client,
    quiz: QuizPage,
    learner: Learner,
    republish: Callable[..., QuizPage],
    answers: Answers,
    count: int,
) -> None:
    republish(
        quiz,
        questions=[single_choice(f"Question {number}?") for number in range(count)],
        feedback="at-once",
        draws=count - 1,
        shuffles_questions=True,
        minutes_allowed=30,
    )
    learner_client.get(quiz.url)
    costs = {}

    def cost(name: str, method: str, address: str, data: dict[str, Any] | None = None) -> None:
        with CaptureQueriesContext(connection) as queries:
            assert getattr(learner_client, method)(address, data or {}).status_code in {200, 302}
        costs[name] = sum("SAVEPOINT" not in query["sql"] for query in queries)

    cost("start", "post", reverse("quizzes:start", args=[quiz.quiz_key]))
    attempt = Attempt.objects.get()
    given = {key: parts for key, parts in answers(attempt, *range(1, count + 1)).items() if key in attempt.asked}
    cost("show", "get", at("attempt", attempt, "?view=all"))
    cost("save", "post", at("attempt", attempt, "?view=all"), sent(given))
    cost("check", "post", at("attempt", attempt), sent({}, go=f"check:{attempt.asked[0]}"))
    cost("show explained", "get", at("attempt", attempt, "?view=all"))
    cost("review", "get", at("review", attempt))
    cost("hand in", "post", at("review", attempt), {"key": str(uuid.uuid4())})
    cost("result", "get", at("result", attempt))
    # Session, account and record with each; the attempt with its versions, its answers, texts.
    assert costs == {
        "start": 14,
        "show": 7,
        "save": 8,
        "check": 7,
        "show explained": 7,
        "review": 7,
        "hand in": 15,
        "result": 7,
    }
    assert settled_in(attempt) == {attempt.asked[0]}
