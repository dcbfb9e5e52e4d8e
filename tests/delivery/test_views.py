import pytest
from django.db import DatabaseError, connection
from django.test import Client

from tests.factories import FixtureCourse


@pytest.mark.parametrize("address", ["/livez", "/readyz"])
def test_health_is_said_in_plain_text(db: None, client: Client, address: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response.headers["Content-Type"] == "text/plain"
    assert response.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert client.post(address).status_code == 405


def test_process_lives_but_is_not_ready_without_its_database(
    db: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise DatabaseError("The database is away.")

    client.raise_request_exception = False
    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", refuse)
        statuses = [client.get(address).status_code for address in ("/livez", "/readyz")]
    assert statuses == [200, 500]


@pytest.mark.parametrize(
    "address", ["/api/courses", "/api/", "/static/not-there.css", "/media/not-there.png", "/media/images/not-there.png"]
)
def test_miss_of_a_program_is_plain(db: None, client: Client, address: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.content) == (404, b"Not found\n")
    assert response.headers["Content-Type"] == "text/plain"
    assert response.cookies == {}


@pytest.mark.parametrize("address", ["/en/not-there/", "/not-there/", "/en/open-museums/not-there/"])
def test_miss_of_a_person_is_a_page_of_ours(course: FixtureCourse, client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    html = response.content.decode()
    assert ("<h1" in html, 'href="/en/' in html) == (True, True)
    assert response.cookies == {}


def test_old_form_is_refused_with_words(course: FixtureCourse) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/en/learning/enrol/")
    assert response.status_code == 403
    assert "<h1" in response.content.decode()
