"""A learner's way through a quiz, as browsers without scripts take it."""

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
from pytest_django.asserts import assertTemplateUsed

from openmuseums.learners.models import Event, Learner
from openmuseums.people.models import User
from quizzes.attempts.rereading import register_rereading
from quizzes.attempts.taking import save_answers, start_attempt, submit_attempt
from quizzes.models import Attempt, QuizPage
from quizzes.scoring import Parts
from tests.answers import parts_in, sent
from tests.factories import NOW, PASSWORD, make_user, single_choice

Answers = Callable[..., dict[str, Parts]]
Republish = Callable[..., QuizPage]
RawQuestions = Callable[[QuizPage], list[dict[str, Any]]]


@pytest.fixture
def attempt(quiz: QuizPage, learner: Learner) -> Attempt:
    return start_attempt(learner=learner, quiz_key=quiz.translation_key, now=NOW)


@pytest.fixture
def finished(attempt: Attempt, answers: Answers) -> Attempt:
    """Return an attempt with the first question wrong, the second open and the third right."""
    save_answers(attempt=attempt, responses=answers(attempt, 3, wrong=(1,)), language="en", now=NOW)
    return submit_attempt(attempt_id=attempt.pk, learner=attempt.learner, now=NOW)


def at(name: str, attempt: Attempt, query: str = "") -> str:
    return reverse(f"quizzes:{name}", args=[attempt.pk]) + query


def form_of(html: str) -> dict[str, list[str]]:
    """Return what a browser would send from the form if nothing were changed: hidden fields and what is checked."""
    fields: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", html):
        attributes = {name: unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        if attributes["type"] == "hidden" or " checked" in tag:
            fields.setdefault(attributes["name"], []).append(attributes.get("value", ""))
    return fields


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html.split("<main")[1])).split())


def question_ids(attempt: Attempt) -> list[str]:
    return [question.id for question in attempt.version.questions]


def test_quiz_page_in_public_state_offers_a_link_and_keeps_nothing(client: Client, quiz: QuizPage) -> None:
    response = client.get(quiz.url)
    html = response.content.decode()

    assert_is_public = (response["Cache-Control"], dict(response.cookies))
    assert assert_is_public == ("public, max-age=0, must-revalidate", {})
    assert "3 questions Passed with 60 per cent of the points" in text_of(html)
    assert f'href="{reverse("learners:begin")}?next={quiz.url}"' in html
    assert "csrfmiddlewaretoken" not in html
    assert "What do you use first?" not in html


def test_quiz_page_in_kept_state_offers_a_form_and_earlier_results(
    learner_client: Client, quiz: QuizPage, finished: Attempt
) -> None:
    html = learner_client.get(quiz.url).content.decode()
    assert f'action="{reverse("quizzes:start", args=[quiz.translation_key])}"' in html
    assert "Try again" in html
    assert "Attempt 1 2 November 2026" in text_of(html)
    assert "2 of 4 Not passed yet" in text_of(html)


def test_quiz_page_with_an_open_attempt_goes_on(learner_client: Client, quiz: QuizPage, attempt: Attempt) -> None:
    text = text_of(learner_client.get(quiz.url).content.decode())
    assert "Go on with your attempt" in text
    assert "Your results so far" not in text


def test_quiz_page_of_a_session_that_ended_offers_a_link(client: Client, quiz: QuizPage) -> None:
    client.cookies["sessionid"] = "long-gone"
    html = client.get(quiz.url).content.decode()
    assert f'href="{reverse("learners:begin")}?next={quiz.url}"' in html
    assert reverse("quizzes:start", args=[quiz.translation_key]) not in html


def test_quiz_page_costs_the_same_with_one_and_with_many_results(
    learner_client: Client, quiz: QuizPage, finished: Attempt
) -> None:
    learner_client.get(quiz.url)
    with CaptureQueriesContext(connection) as one:
        learner_client.get(quiz.url)
    for _ in range(5):
        again = start_attempt(learner=finished.learner, quiz_key=quiz.translation_key, now=NOW)
        submit_attempt(attempt_id=again.pk, learner=again.learner, now=NOW)
    with CaptureQueriesContext(connection) as many:
        learner_client.get(quiz.url)
    assert len(many) == len(one)


def test_start_makes_the_record_and_the_attempt(learner_client: Client, quiz: QuizPage, user: User) -> None:
    response = learner_client.post(reverse("quizzes:start", args=[quiz.translation_key]))
    attempt = Attempt.objects.get(learner__account=user)
    assert (response.status_code, response["Location"]) == (302, at("attempt", attempt))


def test_start_twice_leads_to_one_attempt(learner_client: Client, quiz: QuizPage) -> None:
    places = {learner_client.post(reverse("quizzes:start", args=[quiz.translation_key]))["Location"] for _ in range(2)}
    assert (len(places), Attempt.objects.count()) == (1, 1)


def test_start_of_an_unknown_quiz_is_not_found(learner_client: Client, quiz: QuizPage) -> None:
    assert learner_client.post(reverse("quizzes:start", args=[uuid.uuid4()])).status_code == 404


def test_start_without_an_account_leads_to_where_one_begins(client: Client, quiz: QuizPage) -> None:
    response = client.post(reverse("quizzes:start", args=[quiz.translation_key]))
    assert response["Location"] == f"{reverse('learners:begin')}?next={quiz.url.replace('/', '%2F')}"
    assert not Attempt.objects.exists()


def test_attempt_shows_the_first_open_question_alone(
    learner_client: Client, attempt: Attempt, answers: Answers
) -> None:
    save_answers(attempt=attempt, responses=answers(attempt, 1), language="en", now=NOW)
    response = learner_client.get(at("attempt", attempt))
    text = text_of(response.content.decode())
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert "Question 2 of 3. 1 of 3 answered" in text
    assert "What do you manage?" in text
    assert "What do you use first?" not in text


def test_attempt_shows_all_questions_where_the_learner_wants_it(learner_client: Client, attempt: Attempt) -> None:
    text = text_of(learner_client.get(at("attempt", attempt, "?view=all")).content.decode())
    prompts = ["What do you use first?", "What do you manage?", "What do you make?"]
    assert [prompt for prompt in prompts if prompt in text] == prompts


def test_attempt_keeps_the_order_and_marks_what_is_chosen(
    learner_client: Client, attempt: Attempt, answers: Answers
) -> None:
    save_answers(attempt=attempt, responses=answers(attempt, 1, 3), language="en", now=NOW)
    form = form_of(learner_client.get(at("attempt", attempt, "?view=all")).content.decode())
    assert [name for name in form if name.startswith("before-")] == [f"before-{key}" for key in question_ids(attempt)]
    assert {name: sorted(chosen) for name, chosen in form.items() if name[:9] == "question-"} == sent(
        answers(attempt, 1, 3)
    )


def test_attempt_has_radio_buttons_for_one_and_checkboxes_for_several(learner_client: Client, attempt: Attempt) -> None:
    html = learner_client.get(at("attempt", attempt, "?view=all")).content.decode()
    assert re.findall(r'<input type="(radio|checkbox)"', html) == ["radio"] * 6 + ["checkbox"] * 3
    assert html.count("<fieldset") == html.count("<legend") == 3
    assert re.findall(r"<label[^>]* for=\"([^\"]+)\"", html) == re.findall(
        r'<input type="(?:radio|checkbox)" id="([^"]+)"', html
    )


def test_attempt_does_not_say_what_is_right(learner_client: Client, attempt: Attempt) -> None:
    html = learner_client.get(at("attempt", attempt, "?view=all")).content.decode()
    assert "Because of what the unit says." not in html


@pytest.mark.parametrize("question", ["0", "4", "-1", "x", "", "99999999999", "²"])
def test_attempt_with_a_number_that_is_none_shows_the_first_open_question(
    learner_client: Client, attempt: Attempt, question: str
) -> None:
    text = text_of(learner_client.get(at("attempt", attempt), {"question": question}).content.decode())
    assert "Question 1 of 3." in text


@pytest.mark.parametrize(
    ("number", "go", "expected"),
    [
        (1, "next", "?view=one&question=2"),
        (2, "previous", "?view=one&question=1"),
        (2, "all", "?view=all"),
        (3, "next", "review/"),
        (1, "previous", "review/"),
        (1, "review", "review/"),
        (1, "//example.org/", "review/"),
    ],
)
def test_each_button_saves_and_leads_on(
    learner_client: Client, attempt: Attempt, answers: Answers, number: int, go: str, expected: str
) -> None:
    response = learner_client.post(
        at("attempt", attempt, f"?view=one&question={number}"),
        {**sent(answers(attempt, number)), "go": go},
    )
    assert (response.status_code, response["Location"]) == (302, at("attempt", attempt) + expected)
    assert parts_in(attempt) == answers(attempt, number)


def test_all_on_one_page_saves_everything(learner_client: Client, attempt: Attempt, answers: Answers) -> None:
    address = at("attempt", attempt, "?view=all")
    form = form_of(learner_client.get(address).content.decode())
    form |= sent(answers(attempt, 1, 2, 3))
    assert learner_client.post(address, form)["Location"] == at("review", attempt)
    assert parts_in(attempt) == answers(attempt, 1, 2, 3)


def test_unticking_everything_opens_the_question_again(
    learner_client: Client, attempt: Attempt, answers: Answers
) -> None:
    save_answers(attempt=attempt, responses=answers(attempt, 3), language="en", now=NOW)
    address = at("attempt", attempt, "?view=one&question=3")
    form = form_of(learner_client.get(address).content.decode())
    form.pop(f"question-{question_ids(attempt)[2]}")
    learner_client.post(address, form)
    assert parts_in(attempt) == {}


def test_tab_that_stood_open_does_not_undo_what_was_answered_in_another(
    learner_client: Client, attempt: Attempt, answers: Answers
) -> None:
    address = at("attempt", attempt, "?view=all")
    old_tab = form_of(learner_client.get(address).content.decode())
    new_tab = form_of(learner_client.get(address).content.decode())

    learner_client.post(address, new_tab | sent(answers(attempt, 1, 3)))
    learner_client.post(address, old_tab | sent(answers(attempt, 2)))
    assert parts_in(attempt) == answers(attempt, 1, 2, 3)


def test_answer_that_was_not_asked_for_is_refused_with_a_summary(learner_client: Client, attempt: Attempt) -> None:
    first = question_ids(attempt)[0]
    response = learner_client.post(
        at("attempt", attempt, "?view=one&question=1"), {f"question-{first}": "forged", "question-none": "forged"}
    )
    html = response.content.decode()
    assert response.status_code == 422
    assert re.search(r'<div class="error-summary" role="alert" tabindex="-1" autofocus>', html)
    assert f'<a href="#question-{first}">Question 1: One of the choices does not belong' in html
    assert "This question is not part of the quiz." in html
    assert parts_in(attempt) == {}


def test_review_lists_what_is_open_with_links_to_change(
    learner_client: Client, attempt: Attempt, answers: Answers
) -> None:
    save_answers(attempt=attempt, responses=answers(attempt, 1), language="en", now=NOW)
    html = learner_client.get(at("review", attempt)).content.decode()
    text = text_of(html)
    assert "2 questions are still open." in text
    assert "What do you use first? The right one Change question 1" in text
    assert "What do you manage? Open Answer question 2" in text
    assert unescape(re.findall(r'href="([^"]*question=2)"', html)[0]) == at("attempt", attempt, "?view=one&question=2")
    assert not Event.objects.exists()


def test_attempt_with_every_question_answered_leads_to_the_review(
    learner_client: Client, attempt: Attempt, answers: Answers
) -> None:
    save_answers(attempt=attempt, responses=answers(attempt, 1, 2, 3), language="en", now=NOW)
    assert learner_client.get(at("attempt", attempt))["Location"] == at("review", attempt)
    assert "Every question is answered." in text_of(learner_client.get(at("review", attempt)).content.decode())


def test_hand_in_twice_leads_to_one_result(learner_client: Client, attempt: Attempt) -> None:
    responses = [learner_client.post(at("review", attempt)) for _ in range(2)]
    assert [response["Location"] for response in responses] == [at("result", attempt)] * 2
    assert Event.objects.filter(kind=Event.Kind.QUIZ_FINISHED).count() == 1


def test_result_before_handing_in_leads_to_the_review(learner_client: Client, attempt: Attempt) -> None:
    assert learner_client.get(at("result", attempt))["Location"] == at("review", attempt)


def test_finished_attempt_is_only_to_be_read(learner_client: Client, finished: Attempt) -> None:
    assert learner_client.get(at("attempt", finished))["Location"] == at("result", finished)
    assert learner_client.get(at("review", finished))["Location"] == at("result", finished)


def test_answers_after_handing_in_are_refused_and_the_result_shown(
    learner_client: Client, finished: Attempt, answers: Answers
) -> None:
    before = parts_in(finished)
    late = sent(answers(finished, 2))
    response = learner_client.post(at("attempt", finished, "?view=one&question=2"), late)
    assert response.status_code == 409
    assert "the answers you have just sent were not saved" in text_of(response.content.decode())
    assert parts_in(finished) == before


def test_result_says_points_facets_and_answer_by_answer(learner_client: Client, finished: Attempt) -> None:
    response = learner_client.get(at("result", finished))
    assertTemplateUsed(response, "quizzes/result.html")
    text = text_of(response.content.decode())
    assert "Not passed yet You have 2 of 4 points. To pass you need 2.4 (60 per cent)." in text
    assert "Use 0 of 1 answered right" in text
    assert "Manage 0 of 1 answered right" in text
    assert "Make 1 of 1 answered right" in text
    assert "Question 1 Not right 0 of 1 point What do you use first?" in text
    assert "A wrong one You chose this. It is not right. Because of what the unit says." in text
    assert "The right one Right, but you did not choose it. Because of what the unit says." in text
    assert "Question 2 Not answered 0 of 1 point" in text
    assert "One of them Right, and you chose it." in text
    assert text.index("The other Right, and you chose it.") < text.index("General.")


def test_result_can_be_loaded_again(learner_client: Client, finished: Attempt) -> None:
    pages = [learner_client.get(at("result", finished)).content.decode() for _ in range(2)]
    without_tokens = {re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page) for page in pages}
    assert len(without_tokens) == 1


def test_result_of_everything_right_is_passed(learner_client: Client, attempt: Attempt, answers: Answers) -> None:
    save_answers(attempt=attempt, responses=answers(attempt, 1, 2, 3), language="en", now=NOW)
    submit_attempt(attempt_id=attempt.pk, learner=attempt.learner, now=NOW)
    text = text_of(learner_client.get(at("result", attempt)).content.decode())
    assert "Passed You have 4 of 4 points." in text
    assert "What to read again" not in text


def test_result_links_to_what_to_read_again(
    learner_client: Client, finished: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizzes.attempts.rereading._providers", [])
    assert "Read again" not in learner_client.get(at("result", finished)).content.decode()

    register_rereading({"swot": ("The digital strategy", "/en/open-museums/marketing/digital-strategy/#b-1", "")}.get)
    html = learner_client.get(at("result", finished)).content.decode()
    link = '<a href="/en/open-museums/marketing/digital-strategy/#b-1">The digital strategy</a>'
    # Once in the list, and at each of the two questions that were not answered right.
    assert html.count(link) == 3


def test_open_attempt_and_result_show_what_was_asked_after_the_quiz_changed(
    learner_client: Client, quiz: QuizPage, attempt: Attempt, answers: Answers, republish: Republish
) -> None:
    republish(quiz, questions=[single_choice("Something else entirely?")])
    assert "What do you use first?" in learner_client.get(at("attempt", attempt, "?question=1")).content.decode()

    save_answers(attempt=attempt, responses=answers(attempt, 1, 2, 3), language="en", now=NOW)
    learner_client.post(at("review", attempt))
    QuizPage.objects.get(pk=quiz.pk).delete()
    text = text_of(learner_client.get(at("result", attempt)).content.decode())
    assert "You have 4 of 4 points." in text
    assert "What do you manage?" in text
    assert "Something else entirely?" not in text


def test_result_shows_the_words_it_was_handed_in_with(
    learner_client: Client,
    quiz: QuizPage,
    attempt: Attempt,
    republish: Republish,
    raw_questions: RawQuestions,
) -> None:
    questions = raw_questions(quiz)
    questions[0]["value"]["prompt"] = "What would you use first?"
    republish(quiz, questions=questions)
    assert "What would you use first?" in learner_client.get(at("attempt", attempt, "?question=1")).content.decode()

    published_later = attempt.version.texts.order_by("number").last()
    assert published_later is not None
    submit_attempt(
        attempt_id=attempt.pk, learner=attempt.learner, now=published_later.created_at - dt.timedelta(seconds=1)
    )
    assert "What do you use first?" in learner_client.get(at("result", attempt)).content.decode()


@pytest.mark.parametrize("name", ["attempt", "review", "result"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_anothers_attempt_is_not_found(attempt: Attempt, name: str, method: str) -> None:
    stranger = Client()
    stranger.force_login(make_user())
    expected = 405 if (name, method) == ("result", "post") else 404
    assert getattr(stranger, method)(at(name, attempt)).status_code == expected
    attempt.refresh_from_db()
    assert attempt.submitted_at is None


@pytest.mark.parametrize("name", ["attempt", "review", "result"])
def test_attempt_without_an_account_leads_to_where_one_begins(client: Client, attempt: Attempt, name: str) -> None:
    address = at(name, attempt)
    assert client.get(address)["Location"] == f"{reverse('learners:begin')}?next={address.replace('/', '%2F')}"


@pytest.mark.parametrize("name", ["attempt", "review"])
def test_form_without_a_token_is_refused(user: User, attempt: Attempt, name: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.login(username=user.email, password=PASSWORD)
    assert strict.post(at(name, attempt)).status_code == 403
    attempt.refresh_from_db()
    assert attempt.submitted_at is None


def test_start_takes_no_get(learner_client: Client, quiz: QuizPage) -> None:
    assert learner_client.get(reverse("quizzes:start", args=[quiz.translation_key])).status_code == 405


@pytest.mark.parametrize("name", ["attempt", "review", "result"])
def test_reading_writes_nothing(learner_client: Client, attempt: Attempt, finished: Attempt, name: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        learner_client.get(at(name, finished))
    assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []


@pytest.mark.parametrize("count", [3, 14])
def test_submit_costs_15_queries_at_most_however_much_is_asked(
    learner_client: Client, quiz: QuizPage, learner: Learner, republish: Republish, answers: Answers, count: int
) -> None:
    republish(quiz, questions=[single_choice(f"Question {number}?") for number in range(count)])
    costs = []
    for _ in range(2):
        attempt = start_attempt(learner=learner, quiz_key=quiz.translation_key, now=NOW)
        save_answers(attempt=attempt, responses=answers(attempt, *range(1, count)), language="en", now=NOW)
        learner_client.get(quiz.url)
        with CaptureQueriesContext(connection) as queries:
            assert learner_client.post(at("review", attempt))["Location"] == at("result", attempt)
        costs.append(sum("SAVEPOINT" not in query["sql"] for query in queries))
    # Session, account, attempt; attempt locked, its answers, its result kept; learner locked, three tables of what is
    # known, events, enrolment, questions and result. The second time nothing new is known of enrolment and questions.
    assert costs == [15, 13]
