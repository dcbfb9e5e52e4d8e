import re

from django.test import Client
from django.urls import reverse

from openmuseums.learners.recording import learner_of, mark_read
from openmuseums.people.models import User
from quizzes.attempts.taking import save_answers, start_attempt, submit_attempt
from tests.answers import whole
from tests.factories import NOW, FixtureCourse

ADDRESS = "/en/my-learning/"


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_my_learning_of_a_stranger_leads_to_begin(course: FixtureCourse, client: Client) -> None:
    response = client.get(ADDRESS)
    assert (response.status_code, response.headers["Location"]) == (302, "/en/begin/?next=%2Fen%2Fmy-learning%2F")


def test_my_learning_is_private(course: FixtureCourse, learner_client: Client) -> None:
    response = learner_client.get(ADDRESS)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Vary"] == "Cookie, Accept-Encoding"
    assert "ETag" not in response.headers


def test_my_learning_before_the_first_act_leads_to_the_first_unit(
    course: FixtureCourse, learner_client: Client
) -> None:
    response = learner_client.get(ADDRESS)
    text = words(response.content.decode())
    assert response.context["standing"].next_step.page_key == course.units["online-safety"].translation_key
    assert "0 of 5 units read" in text
    assert "You have not finished a quiz yet." in text


def test_my_learning_counts_in_words_and_links_results(
    course: FixtureCourse, learner_client: Client, user: User
) -> None:
    learner = learner_of(user=user, now=NOW)
    mark_read(learner=learner, page_key=course.units["digital-strategy"].translation_key, now=NOW)
    quiz_key = course.quizzes["marketing"].translation_key
    attempt = start_attempt(learner=learner, quiz_key=quiz_key, now=NOW)
    right = {question.id: whole(*question.right_ids) for question in attempt.questions[1:]}
    save_answers(attempt=attempt, responses=right, language="en", now=NOW)
    submit_attempt(attempt_id=attempt.pk, learner=learner, now=NOW)
    html = learner_client.get(ADDRESS).content.decode()
    text = words(html)
    assert "1 of 5 units read. 28 % of the course is done." in text
    assert "1 of 2 units read 0 of 1 question answered right" in text
    assert "Attempt 1: 3 of 4 points" in text
    assert f'href="{reverse("quizzes:result", args=[attempt.pk])}"' in html


def test_my_learning_grid_is_a_table_with_headings(course: FixtureCourse, learner_client: Client) -> None:
    html = learner_client.get(ADDRESS).content.decode()
    table = html[html.index('<table class="grid"') : html.index("</table>")]
    assert table.count('<th scope="col">') == 5
    assert table.count('<th scope="row">') == 2
    assert table.count("<td>") == 8


def test_my_learning_without_a_course_says_so(learner_client: Client) -> None:
    response = learner_client.get(ADDRESS)
    assert "There is no course in this language yet." in words(response.content.decode())
