"""Questions of an attempt, one or all on a page: answers are saved as given, and refused in words."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from quizzes.attempts.taking import save_answers
from quizzes.models import Attempt, QuizPage
from quizzes.scoring import Parts
from tests.answers import parts_in, sent
from tests.factories import NOW, FixtureCourse, make_course_in
from tests.quizzes.attempts.views.walking import at, form_of, text_of

Answers = Callable[..., dict[str, Parts]]
SettleRules = Callable[..., None]


def question_ids(attempt: Attempt) -> list[str]:
    return [question.id for question in attempt.version.questions]


def test_attempt_shows_the_first_open_question_alone(
    learner_client: Client, attempt: Attempt, answers: Answers
) -> None:
    save_answers(attempt=attempt, responses=answers(attempt, 1), language="en", now=NOW)
    response = learner_client.get(at("attempt", attempt))
    text = text_of(response)
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert "Question 2 of 3. 1 of 3 answered" in text
    assert "What do you manage?" in text
    assert "What do you use first?" not in text


def test_attempt_shows_all_questions_where_the_learner_wants_it(learner_client: Client, attempt: Attempt) -> None:
    text = text_of(learner_client.get(at("attempt", attempt, "?view=all")))
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
    text = text_of(learner_client.get(at("attempt", attempt), {"question": question}))
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


def test_answers_after_handing_in_are_refused_and_the_result_shown(
    learner_client: Client, finished: Attempt, answers: Answers
) -> None:
    before = parts_in(finished)
    late = sent(answers(finished, 2))
    response = learner_client.post(at("attempt", finished, "?view=one&question=2"), late)
    assert response.status_code == 409
    assert "the answers you have just sent were not saved" in text_of(response)
    assert parts_in(finished) == before


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
