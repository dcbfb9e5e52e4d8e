import uuid

import pytest
from django.test import Client
from django.urls import reverse

from openmuseums.learners.models import Enrolment, Event, Learner, UnitState
from openmuseums.people.models import User
from tests.factories import FixtureCourse


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
