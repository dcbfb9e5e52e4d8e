"""Pages and documents that Wagtail closes: behind a password, or for who is signed in."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from tests.factories import make_course_in, make_user
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
    make_course_in(course, language, without=(course.units["online-safety"],))
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
        make_course_in(course, language)
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
