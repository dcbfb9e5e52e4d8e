"""Pages and documents that Wagtail closes: behind a password, or for who is signed in."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from openmuseums.people.shared_passwords import TRIES
from quizzes.models import Attempt
from tests.factories import make_translation, make_user
from tests.files import make_document

pytestmark = pytest.mark.django_db
SECRET = "a word for the museum"
# In the words of the page that asks for it.
TITLES = {
    "en": "Password required",
    "el": "Απαιτείται κωδικός πρόσβασης",
    "es": "Se necesita contraseña",
    "it": "Password necessaria",
    "nl": "Wachtwoord nodig",
}


def close(page, kind=PageViewRestriction.PASSWORD, **fields):
    return PageViewRestriction.objects.create(page=page, restriction_type=kind, password=SECRET, **fields)


def test_password_opens_a_closed_page_and_is_asked_once(course, client):
    unit = course.units["online-safety"]
    close(unit)
    asked = client.get(unit.url)
    said = asked.content.decode()
    assert (asked.status_code, asked.templates[0].name) == (200, "wagtailcore/password_required.html")
    assert "no-store" in asked["Cache-Control"]
    assert 'class="site-header"' in said
    for told in (unit.title, unit.lead):
        assert told not in said
    form = {"password": SECRET, "return_url": asked.context["form"].initial["return_url"]}
    action = asked.context["action_url"]
    assert action.startswith("/en/_util/authenticate_with_password/")
    wrong = client.post(action, form | {"password": "another"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["password"])
    assert "error-summary" in wrong.content.decode()
    opened = client.post(action, form)
    assert (opened.status_code, opened["Location"]) == (302, unit.url)
    page = client.get(unit.url)
    assert unit.lead in page.content.decode()
    assert page["Cache-Control"].startswith("private, no-store")
    assert unit.lead not in Client().get(unit.url).content.decode()


def test_password_of_a_page_leads_to_no_other_host(course, client):
    restriction = close(course.course)
    action = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, course.course.pk])
    form = {"password": SECRET, "return_url": "https://evil.example/"}
    assert client.post(action, form)["Location"] == "/en/my-learning/"
    assert Client(enforce_csrf_checks=True).post(action, form).status_code == 403


@pytest.mark.parametrize("language", ["el", "es", "it", "nl"])
def test_password_is_asked_in_the_readers_language(course, client, language):
    make_translation(course.lessons[0], language)
    close(course.course)
    # A page that the language has, and one that the source's answers for.
    for page in (course.lessons[0], course.units["online-safety"]):
        address = page.url.replace("/en/", f"/{language}/")
        if page == course.lessons[0]:
            close(page.get_translations().get(locale__language_code=language))
        said = client.get(address)
        assert said["Content-Language"] == language
        assert f'<html lang="{language}">' in said.content.decode()
        assert TITLES[language] in said.content.decode()
        assert f'action="/{language}/_util/authenticate_with_password/' in said.content.decode()


@pytest.mark.parametrize("language", TITLES)
def test_password_of_a_document_is_asked_in_our_look_and_opens_it(course, client, language):
    document = make_document("plan.csv")
    CollectionViewRestriction.objects.create(
        collection=Collection.get_first_root_node(), restriction_type="password", password=SECRET
    )
    if language != "en":
        make_translation(course.home, language)
    asked = client.get(document.url, headers={"Accept-Language": language})
    said = asked.content.decode()
    assert 'class="site-header"' in said
    assert TITLES[language] in said
    form = {"password": SECRET, "return_url": document.url}
    assert client.post(asked.context["action_url"], form)["Location"] == document.url
    opened = client.get(document.url)
    assert opened.status_code == 200
    assert b"".join(opened.streaming_content)


def test_page_for_who_is_signed_in_leads_to_our_sign_in(course, client):
    unit = course.units["online-safety"]
    close(unit, PageViewRestriction.LOGIN)
    first = client.get(unit.url)
    assert first["Location"] == f"/en/_util/login/?next={unit.url}"
    second = client.get(first["Location"])
    assert second["Location"] == f"/en/account/sign-in/?next={unit.url.replace('/', '%2F')}"
    client.force_login(make_user())
    assert client.get(unit.url).status_code == 200


def test_page_for_a_group_is_refused_to_others_who_are_signed_in(course, client):
    unit = course.units["online-safety"]
    close(unit, PageViewRestriction.GROUPS).groups.add(Group.objects.create(name="Board"))
    client.force_login(make_user())
    response = client.get(client.get(unit.url)["Location"])
    assert response.status_code == 403


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/"])
def test_sign_in_for_a_page_leads_to_no_other_host(client, address):
    response = client.get("/en/_util/login/", {"next": address})
    assert response["Location"] == "/en/account/sign-in/?next=%2Fen%2Fmy-learning%2F"


def test_sheet_of_a_closed_unit_asks_for_the_password_and_opens_by_it(course, client):
    unit = course.units["online-safety"]
    activity = next(child.id for child in unit.body if child.block_type == "activity")
    sheet = f"{unit.url}sheets/{activity}/"
    close(unit.get_parent())
    asked = client.get(sheet)
    assert (asked.status_code, asked.templates[0].name) == (200, "wagtailcore/password_required.html")
    assert "What do you see?" not in asked.content.decode()
    form = {"password": SECRET, "return_url": asked.context["form"].initial["return_url"]}
    assert client.post(asked.context["action_url"], form)["Location"] == sheet
    assert "What do you see?" in client.get(sheet).content.decode()


def test_closed_page_is_not_found_by_its_words_and_is_again_once_it_is_open(course, client):
    unit = course.units["online-safety"]
    unit.lead = "A lighthouse keeper wrote it."
    unit.save_revision().publish()
    search = {"path": "/en/search/", "data": {"q": "lighthouse"}}
    assert unit.url in client.get(**search).content.decode()
    closed = close(unit.get_parent())
    found = client.get(**search).content.decode()
    assert unit.url not in found
    assert "keeper" not in found
    closed.delete()
    assert unit.url in client.get(**search).content.decode()


def test_closed_quiz_is_not_begun_but_asks_for_its_password(course, learner_client):
    quiz = course.quizzes["marketing"]
    start = reverse("quizzes:start", args=[quiz.translation_key])
    close(quiz)
    assert learner_client.post(start)["Location"] == quiz.url
    assert not Attempt.objects.exists()
    asked = learner_client.get(quiz.url)
    learner_client.post(asked.context["action_url"], {"password": SECRET, "return_url": quiz.url})
    assert "/quiz-attempts/" in learner_client.post(start)["Location"]


def test_report_form_of_a_closed_unit_tells_nothing_of_it(course, client):
    unit = course.units["online-safety"]
    close(unit)
    assert client.get(f"/en/report/{unit.translation_key}/")["Location"] == unit.url


def test_shared_password_is_not_guessed_by_trying_many(course, client):
    unit = course.units["online-safety"]
    close(unit)
    asked = client.get(unit.url)
    form = {"return_url": unit.url}
    for number in range(TRIES):
        assert client.post(asked.context["action_url"], form | {"password": f"word {number}"}).status_code == 422
    refused = client.post(asked.context["action_url"], form | {"password": SECRET})
    assert refused.status_code == 429
    assert "Wait a few minutes" in refused.content.decode()
    assert unit.lead not in client.get(unit.url).content.decode()
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert elsewhere.post(asked.context["action_url"], form | {"password": SECRET}).status_code == 302
