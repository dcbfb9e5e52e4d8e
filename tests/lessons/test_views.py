import uuid

import pytest
from django.test import Client
from django.urls import reverse

from lessons.models import UnitPage
from openmuseums.learners.models import AnswerState, Event, Learner
from openmuseums.people.models import User
from tests.factories import FixtureCourse, make_unit, multiple_choice


@pytest.fixture
def unit(course: FixtureCourse) -> UnitPage:
    return course.units["digital-strategy"]


def question(unit: UnitPage, place: int = 3) -> tuple[str, list[str]]:
    """Return the id of a self-check and those of its choices."""
    child = unit.body[place]
    return child.id, [bound.id for bound in child.value["choices"].bound_blocks]


def address(unit: UnitPage, block_id: str) -> str:
    return reverse("lessons:self-check", args=[unit.translation_key, block_id])


def answer(client: Client, unit: UnitPage, block_id: str, *chosen: str) -> str:
    """Send an answer and return where it leads."""
    response = client.post(address(unit, block_id), {f"question-{block_id}": list(chosen)})
    assert response.status_code == 303
    assert response.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    return str(response.headers["Location"])


def body(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_self_check_answered_right_stands_in_place_after_reload(
    unit: UnitPage, learner_client: Client, user: User
) -> None:
    block_id, choices = question(unit)
    place = answer(learner_client, unit, block_id, choices[0])
    assert place == f"/en/open-museums/marketing/digital-strategy/#check-{block_id}"
    for _ in range(2):
        html = body(learner_client, unit.url)
        assert html.count('class="verdict ') == html.count("verdict--right") == 1
        form = html[html.index(f'id="check-{block_id}"') :]
        assert form.index("verdict--right") < form.index("</form>")
        assert "Because of what the unit says." in form[: form.index("</form>")]
    state = AnswerState.objects.get()
    assert (state.learner.account, state.page_key, state.item_id) == (user, unit.translation_key, block_id)
    assert (state.right, state.chosen) == (True, [choices[0]])


def test_self_check_answered_wrong_says_so_and_can_be_answered_again(unit: UnitPage, learner_client: Client) -> None:
    block_id, choices = question(unit)
    answer(learner_client, unit, block_id, choices[1])
    html = body(learner_client, unit.url)
    assert ("verdict--wrong" in html, "verdict--right" in html) == (True, False)
    answer(learner_client, unit, block_id, choices[0])
    html = body(learner_client, unit.url)
    assert ("verdict--wrong" in html, "verdict--right" in html) == (False, True)
    answer(learner_client, unit, block_id, choices[2])
    assert "verdict--wrong" in body(learner_client, unit.url)
    assert AnswerState.objects.get().right
    assert Event.objects.filter(kind="question-answered").count() == 3


def test_self_check_with_several_right_choices_needs_all(course: FixtureCourse, learner_client: Client) -> None:
    unit = make_unit(course.lessons[0], "audiences", body=[multiple_choice()])
    block_id, choices = question(unit, 0)
    answer(learner_client, unit, block_id, choices[0])
    assert "verdict--wrong" in body(learner_client, unit.url)
    answer(learner_client, unit, block_id, choices[2], choices[0])
    html = body(learner_client, unit.url)
    assert "verdict--right" in html
    assert "General." in html


@pytest.mark.parametrize(
    ("chosen", "fault", "words"),
    [
        ([], "", "Give an answer first."),
        (["no-such-choice"], "&fault=foreign-choice", "One of the choices does not belong to this question."),
        (["both", "both"], "&fault=too-many", "Choose one answer only."),
    ],
)
def test_self_check_without_an_answer_asks_for_one(
    unit: UnitPage, learner_client: Client, chosen: list[str], fault: str, words: str
) -> None:
    block_id, choices = question(unit)
    sent = choices[:2] if chosen == ["both", "both"] else chosen
    place = answer(learner_client, unit, block_id, *sent)
    assert place == f"{unit.url}?unanswered={block_id}{fault}#check-{block_id}"
    html = body(learner_client, place)
    assert (html.count('class="error"'), html.count(words)) == (1, 1)
    form = html[html.index(f'id="check-{block_id}"') :]
    assert form.index('class="error"') < form.index("</form>")
    assert not Event.objects.exists()


def test_self_check_of_a_stranger_leads_to_begin_and_back(unit: UnitPage, client: Client) -> None:
    block_id, choices = question(unit)
    response = client.post(address(unit, block_id), {f"question-{block_id}": choices[0]})
    assert response.status_code == 302
    assert response.headers["Location"] == (
        f"/en/begin/?next=%2Fen%2Fopen-museums%2Fmarketing%2Fdigital-strategy%2F%23check-{block_id}"
    )
    assert not Learner.objects.exists()


def test_self_check_that_there_is_none_of_is_not_found(
    course: FixtureCourse, unit: UnitPage, learner_client: Client
) -> None:
    block_id, choices = question(unit)
    other = course.units["channels-and-media"]
    heading = unit.body[0].id
    quiz = course.quizzes["marketing"]
    for page_key, block in [
        (other.translation_key, block_id),
        (uuid.uuid4(), block_id),
        (unit.translation_key, heading),
        (quiz.translation_key, quiz.questions[0].id),
    ]:
        response = learner_client.post(
            reverse("lessons:self-check", args=[page_key, block]), {f"question-{block}": choices[0]}
        )
        assert response.status_code == 404
    unit.unpublish()
    assert learner_client.post(address(unit, block_id), {f"question-{block_id}": choices[0]}).status_code == 404
    assert not Event.objects.exists()


def test_self_check_is_sent_by_post_with_its_token(unit: UnitPage, user: User) -> None:
    block_id, choices = question(unit)
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    assert client.get(address(unit, block_id)).status_code == 405
    assert client.post(address(unit, block_id), {f"question-{block_id}": choices[0]}).status_code == 403
    html = body(client, unit.url)
    token = html.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    sent = {f"question-{block_id}": choices[0], "csrfmiddlewaretoken": token}
    assert client.post(address(unit, block_id), sent).status_code == 303


def test_result_of_a_choice_that_is_gone_is_not_shown(unit: UnitPage, learner_client: Client) -> None:
    block_id, choices = question(unit)
    answer(learner_client, unit, block_id, choices[1])
    stream = list(unit.body.raw_data)
    del stream[3]["value"]["choices"][1]
    unit.body = stream
    unit.save_revision().publish()
    assert 'class="verdict ' not in body(learner_client, unit.url)


def test_results_of_one_are_no_other_persons(unit: UnitPage, learner_client: Client, client: Client) -> None:
    block_id, choices = question(unit)
    answer(learner_client, unit, block_id, choices[0])
    assert "verdict--right" in body(learner_client, unit.url)
    assert 'class="verdict ' not in body(client, unit.url)
    other = Client()
    other.force_login(User.objects.create_user(email="other@example.org", password="a long enough password"))
    assert 'class="verdict ' not in body(other, unit.url)


def test_public_unit_links_to_begin_where_a_form_would_stand(unit: UnitPage, client: Client) -> None:
    html = body(client, unit.url)
    block_id, _ = question(unit)
    path = "/en/open-museums/marketing/digital-strategy/"
    assert "<form" not in html
    assert "<input" not in html
    assert f'href="/en/begin/?next={path}%23check-{block_id}"' in html
    assert f'id="check-{block_id}"' in html


def test_blocks_of_a_unit_have_their_anchors(unit: UnitPage, client: Client) -> None:
    html = body(client, unit.url)
    anchors = [f'id="b-{child.id[:8]}"' for child in list(unit.body)[:3]]
    places = [html.index(anchor) for anchor in anchors]
    assert places == sorted(places)
    assert f'href="#b-{unit.body[0].id[:8]}"' in html


def test_unit_knows_what_comes_before_and_after(course: FixtureCourse, client: Client) -> None:
    context = client.get(course.units["channels-and-media"].url).context
    assert context["previous_item"].page_key == course.units["digital-strategy"].translation_key
    assert context["next_item"].page_key == course.quizzes["marketing"].translation_key
    assert context["unit_item"].page_key == course.units["channels-and-media"].translation_key
    assert context["chapter"].key == "marketing"
    assert context["standing"] is None
    assert (context["check_results"], context["unanswered"], context["lesson_total"]) == ({}, "", 2)


def test_unit_in_kept_state_shows_where_the_reader_stands(unit: UnitPage, learner_client: Client) -> None:
    standing = learner_client.get(unit.url).context["standing"]
    assert (standing.progress.units_read, standing.progress.units_total, standing.is_enrolled) == (0, 5, False)
    assert not Learner.objects.exists()


def test_unit_with_the_cookie_of_an_ended_session_is_shown(unit: UnitPage, client: Client) -> None:
    client.cookies["sessionid"] = "ended"
    response = client.get(unit.url)
    assert response.status_code == 200
    assert response.context["standing"] is None


def test_sheet_of_an_activity_is_shown(unit: UnitPage, client: Client) -> None:
    assert "What do you see?" in body(client, f"{unit.url}sheets/{unit.body[2].id}/")
    assert client.get(f"{unit.url}sheets/{unit.body[1].id}/").status_code == 404
