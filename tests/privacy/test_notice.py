"""The privacy notice says what the code says."""

import pytest
from django.conf import settings
from django.utils import translation

from openmuseums.home.models import StandingPage
from openmuseums.privacy.notice import cookie_list, what_is_kept
from openmuseums.privacy.registry import declarations
from tests.factories import block, make_home, publish


def test_every_declaration_is_in_the_notice_and_like_ones_once():
    found = what_is_kept()
    assert len(found) == len(set(found))
    assert {kept.purpose for kept in found} == {str(declared.purpose) for declared in declarations()}


def test_cookies_are_named_as_the_settings_name_them():
    assert [cookie.name for cookie in cookie_list()] == [
        settings.LANGUAGE_COOKIE_NAME,
        settings.RECORD_COOKIE_NAME,
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
        "messages",
    ]


@pytest.mark.django_db
def test_standing_page_shows_both_to_everybody_alike(client):
    body = [
        block("personal_data", {"caption": "What is kept"}),
        block("cookies", {"caption": "Cookies of this site"}),
    ]
    page = publish(make_home(), StandingPage(title="Privacy", slug="privacy", body=body))
    response = client.get("/en/privacy/")
    said = response.content.decode()
    with translation.override("en"):
        assert [kept.title for kept in what_is_kept() if f">{kept.title}<" not in said.replace("&#x27;", "'")] == []
        assert [cookie.name for cookie in cookie_list() if cookie.name not in said] == []
    assert said.count("<caption>") == 2
    assert response.cookies == {}
    assert page.live
