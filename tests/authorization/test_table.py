"""The table of access: a row for every address, an address for every row, and nothing without one."""

import logging

import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path

from openmuseums.access import ROWS, Who, row_of
from openmuseums.urls import urlpatterns as site
from tests.authorization.addresses import addresses

urlpatterns = [
    path("forgotten/", lambda _request: HttpResponse("open to everybody"), name="forgotten"),
    *site,
]


def without_a_row() -> list[str]:
    return sorted({f"{found.key} ({found.route})" for found in addresses() if row_of(found.key, found.route) is None})


def test_every_address_has_a_row():
    missing = without_a_row()
    assert missing == [], (
        "Nobody may ask for these addresses, because the table in site/openmuseums/access.py has no row for them. Add "
        "one to ROWS that says who may, by which methods, and whose things it is about: " + ", ".join(missing)
    )


def test_every_row_has_an_address():
    there = {found.key for found in addresses()}
    left_over = sorted(name for name, row in ROWS.items() if name not in there and not row.debug)
    assert left_over == [], (
        f"These rows of ROWS in site/openmuseums/access.py are for no address; take them out: {left_over}"
    )


@override_settings(ROOT_URLCONF=__name__)
def test_a_new_address_without_a_row_is_found():
    assert "forgotten (forgotten/)" in without_a_row()


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.django_db
def test_an_address_without_a_row_is_there_for_nobody(client, caplog):
    with caplog.at_level(logging.ERROR, logger="openmuseums.access"):
        assert client.get("/forgotten/").status_code == 404
    assert "has no row" in caplog.text
    assert client.get("/livez").status_code == 200


def test_a_method_that_a_row_does_not_name_is_refused(client):
    response = client.put("/livez")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("name", ["wagtailsnippets_lessons_thing:list", "ours:list"])
def test_wagtails_rule_is_for_wagtails_addresses_alone(name):
    assert row_of(name, f"admin/{name}/") is None
    assert row_of("wagtailadmin_explore", "admin/pages/<int:parent_page_id>/").who == Who.ADMIN
    assert row_of("wagtailadmin_explore", "somewhere/else/") is None
