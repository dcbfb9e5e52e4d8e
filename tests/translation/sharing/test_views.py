"""Links to drafts: they show one draft, for a while, to whoever has them."""

import datetime as dt
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Page
from wagtail_localize.models import Translation

from openmuseums.translation.sharing.signing import LASTS, token_of
from tests.factories import FixtureCourse, in_language, make_translation


@pytest.fixture
def draft(course: FixtureCourse) -> Page:
    return make_translation(course.units["online-safety"], "el", publish=False)


def link(page: Page) -> str:
    return reverse(
        "translation:shared", args=[token_of(Translation.objects.get(source__object_id=page.translation_key))]
    )


def says_draft(language: str) -> str:
    with translation.override(language):
        return gettext("This is a draft that was shared with you. What the public reads may differ.")


def later(past: dt.timedelta) -> float:
    return (dt.datetime.now(dt.UTC) + past).timestamp()


def test_draft_is_read_without_an_account_and_by_no_search_engine(draft):
    response = Client().get(link(draft))
    assert (response.status_code, draft.title in response.text) == (200, True)
    assert '<html lang="el"' in response.text
    assert says_draft("el") in response.text
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in response.headers
    assert Client().post(link(draft)).status_code == 405


def test_public_page_is_called_no_draft(draft, course):
    draft.get_latest_revision().publish()
    assert says_draft("el") not in Client().get(draft.get_url()).text
    assert says_draft("el") in Client().get(link(draft)).text


def test_link_ends_after_fourteen_days(draft):
    address = link(draft)
    with patch("django.core.signing.time.time", return_value=later(LASTS - dt.timedelta(minutes=1))):
        assert Client().get(address).status_code == 200
    with patch("django.core.signing.time.time", return_value=later(LASTS + dt.timedelta(minutes=1))):
        response = Client().get(address)
    assert (response.status_code, response["X-Robots-Tag"]) == (404, "noindex, nofollow")
    assert "A link to a draft works for fourteen days." in response.text


def test_link_that_was_tampered_with_leads_nowhere(draft):
    address = link(draft)
    for wrong in (address[:-3] + "x/", address.replace(":", ";", 1), "/en/shared/x/"):
        assert Client().get(wrong).status_code == 404


def test_link_leads_to_its_own_page_alone(draft, course):
    other = make_translation(course.lessons[0], "el", publish=False)
    first, second = link(draft), link(other)
    mixed = first.rpartition(":")[0] + ":" + second.rpartition(":")[2]
    assert Client().get(mixed).status_code == 404
    assert in_language(course.lessons[0].title, "el") in Client().get(second).text


@pytest.mark.parametrize("gone", ["page", "translation", "stopped"])
def test_link_ends_with_its_translation(draft, gone):
    address = link(draft)
    rows = Translation.objects.filter(source__object_id=draft.translation_key)
    if gone == "page":
        Page.objects.get(pk=draft.pk).delete()
    elif gone == "translation":
        rows.delete()
    else:
        rows.update(enabled=False)
    assert Client().get(address).status_code == 404
