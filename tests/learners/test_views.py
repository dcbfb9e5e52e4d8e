import uuid

import pytest
from django.test import Client
from django.urls import reverse

from openmuseums.learners.models import Enrolment, Event, Learner, UnitState
from openmuseums.people.models import User
from tests.factories import FixtureCourse, make_translation


def urls(course: FixtureCourse) -> list[str]:
    key = course.units["digital-strategy"].translation_key
    return [
        reverse("learners:enrol"),
        reverse("learners:mark-read", args=[key]),
        reverse("learners:mark-unread", args=[key]),
    ]


def test_enrol_enrols_in_the_course(course: FixtureCourse, learner_client: Client, user: User) -> None:
    response = learner_client.post(reverse("learners:enrol"), {"next": "/en/open-museums/"})
    assert (response.status_code, response.headers["Location"]) == (302, "/en/open-museums/")
    enrolment = Enrolment.objects.get()
    assert (enrolment.course_key, enrolment.learner.account) == (course.course.translation_key, user)


def test_unit_is_marked_read_and_unread(course: FixtureCourse, learner_client: Client) -> None:
    _, read, unread = urls(course)
    unit = course.units["digital-strategy"]
    for _ in range(2):
        response = learner_client.post(read, {"next": unit.url})
        assert (response.status_code, response.headers["Location"]) == (302, unit.url)
    assert UnitState.objects.get().unit_key == unit.translation_key
    html = learner_client.get(unit.url).content.decode()
    assert (f'action="{read}"' in html, f'action="{unread}"' in html) == (False, True)
    learner_client.post(unread, {"next": unit.url})
    assert not UnitState.objects.exists()
    html = learner_client.get(unit.url).content.decode()
    assert (f'action="{read}"' in html, f'action="{unread}"' in html) == (True, False)
    assert list(Event.objects.values_list("kind", flat=True)) == ["enrolled", "unit-read", "unit-unread"]


@pytest.mark.parametrize("address", ["https://example.org/", "//example.org/", "en/", "", "javascript:alert(1)"])
def test_acts_lead_to_own_paths_only(course: FixtureCourse, learner_client: Client, address: str) -> None:
    for url in urls(course):
        assert learner_client.post(url, {"next": address}).headers["Location"] == "/en/my-learning/"


def test_acts_of_a_stranger_lead_to_begin(course: FixtureCourse, client: Client) -> None:
    for url in urls(course):
        response = client.post(url, {"next": "/en/open-museums/"})
        assert (response.status_code, response.headers["Location"]) == (302, "/en/begin/?next=%2Fen%2Fopen-museums%2F")
    assert not Learner.objects.exists()


def test_acts_need_post_and_a_token(course: FixtureCourse, user: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    for url in urls(course):
        assert client.get(url).status_code == 405
        assert client.post(url).status_code == 403
    assert not Learner.objects.exists()


def test_unit_outside_the_course_is_not_found(course: FixtureCourse, learner_client: Client) -> None:
    unit = course.units["channels-and-media"]
    unit.unpublish()
    for key in (uuid.uuid4(), unit.translation_key, course.quizzes["marketing"].translation_key):
        for name in ("learners:mark-read", "learners:mark-unread"):
            assert learner_client.post(reverse(name, args=[key])).status_code == 404
    assert not Event.objects.exists()


def test_enrol_without_a_course_is_not_found(learner_client: Client) -> None:
    assert learner_client.post(reverse("learners:enrol")).status_code == 404


@pytest.fixture
def greek(course: FixtureCourse) -> FixtureCourse:
    """Return the course, which is public in Greek too."""
    make_translation(course.course, "el")
    return course


def test_chosen_language_is_kept_and_leads_on_in_it(greek: FixtureCourse, learner_client: Client, user: User) -> None:
    response = learner_client.post("/en/learning/language/", {"language": "el", "next": "/en/open-museums/"})
    assert (response.status_code, response.headers["Location"]) == (302, "/el/open-museums/")
    user.refresh_from_db()
    assert user.language == "el"
    assert response.cookies == {}


@pytest.mark.parametrize("language", ["", "it", "xx", "<b>"])
def test_language_that_is_not_public_is_not_kept(
    greek: FixtureCourse, learner_client: Client, user: User, language: str
) -> None:
    assert learner_client.post("/en/learning/language/", {"language": language}).status_code == 404
    user.refresh_from_db()
    assert user.language == ""


def test_language_of_somebody_without_a_record_is_not_kept(greek: FixtureCourse, client: Client) -> None:
    response = client.post("/en/learning/language/", {"language": "el", "next": "/en/"})
    assert response.headers["Location"] == "/en/begin/?next=%2Fen%2F"
    assert client.get("/en/learning/language/").status_code == 405


def test_language_is_not_kept_without_a_token(greek: FixtureCourse, user: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    assert client.post("/en/learning/language/", {"language": "el"}).status_code == 403


def test_language_leads_to_no_foreign_address(greek: FixtureCourse, learner_client: Client) -> None:
    response = learner_client.post("/en/learning/language/", {"language": "el", "next": "https://evil.example/"})
    assert response.headers["Location"] == "/el/my-learning/"


def test_my_learning_offers_to_keep_a_language(greek: FixtureCourse, learner_client: Client) -> None:
    html = learner_client.get("/el/my-learning/").content.decode()
    assert 'action="/el/learning/language/"' in html
    assert [code for code in ("en", "el", "it") if f'id="language-{code}"' in html] == ["en", "el"]
    assert 'value="el" checked>' in html
