"""The style guide shows every block in every state."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import include, path

from lessons.blocks.body import unit_blocks
from openmuseums import urls
from openmuseums.home import styleguide
from quizzes.blocks.registry import CHECK_BLOCKS

# As with DEBUG, which no test has.
urlpatterns = [path("_styleguide/", include("openmuseums.home.styleguide")), *urls.urlpatterns]


def request_of(rf: RequestFactory):
    request = rf.get("/_styleguide/")
    request.user = AnonymousUser()
    return request


def test_specimens_show_every_block_in_the_order_of_the_stream() -> None:
    shown = list(dict.fromkeys(specimen.name for specimen in styleguide.specimens()))
    assert shown == [name for name, _ in unit_blocks()]


def test_specimens_show_every_kind_of_callout_and_every_state_of_questions() -> None:
    states = [specimen.state for specimen in styleguide.specimens() if specimen.name == "callout"]
    assert states == ["tip", "warning", "remember"]
    for name in CHECK_BLOCKS:
        states = [specimen.state for specimen in styleguide.specimens() if specimen.name == name]
        assert states == ["to read", "to answer", "answered right", "answered wrong"]


def test_no_specimen_is_empty() -> None:
    assert [specimen.name for specimen in styleguide.specimens() if not specimen.html.strip()] == []


@pytest.mark.django_db
def test_page_is_shown(rf: RequestFactory) -> None:
    response = styleguide.show(request_of(rf))
    assert response.status_code == 200
    assert response.content.count(b"specimen-name") == len(styleguide.specimens())


@pytest.mark.django_db
@pytest.mark.parametrize("number", [403, 404, 419, 500])
def test_answers_without_a_page_are_shown(rf: RequestFactory, number: int) -> None:
    assert b"<h1>" in styleguide.show_answer(request_of(rf), number).content


def test_other_answers_are_not_there(rf: RequestFactory) -> None:
    with pytest.raises(Http404):
        styleguide.show_answer(request_of(rf), 418)


def test_style_guide_is_not_served_outside_debug(client: Client, course: object) -> None:
    assert client.get("/_styleguide/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["", "403/", "404/", "419/", "500/"])
def test_style_guide_is_let_through_to_everybody_where_it_is(client: Client, settings, address: str) -> None:
    settings.ROOT_URLCONF = __name__
    response = client.get(f"/_styleguide/{address}")
    assert response.status_code == 200
    assert b"<h1>" in response.content
