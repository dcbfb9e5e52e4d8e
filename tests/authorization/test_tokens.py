"""Every address that changes something refuses a form without a token, but those that the table excepts by name."""

from django.test import Client

from openmuseums.access import ROWS, WAGTAILS
from tests.authorization.test_matrix import SIGN_IN, Matrix, matrix, outcome, path_of, rows

__all__ = ["matrix"]
EXCEPTED = {"mail:stop"}


def strict(matrix: Matrix, name: str) -> Client:
    """Return somebody's browser, whose tokens are asked for."""
    person = matrix.person(name)
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies = person.client.cookies
    return client


def test_every_form_needs_a_token(matrix):
    wrong = []
    for name in ("nobody", "learner", "administrator"):
        client = strict(matrix, name)
        for address, row in [*rows(wagtails=False), *rows(wagtails=True)]:
            path = path_of(address, matrix, matrix.person(name))
            if path is None or "POST" not in row.methods or row.exempt:
                continue
            response = client.post(path)
            # Localize's two programs ask for the token themselves, after the door has led away who is not signed in.
            if response.status_code != 403 and not (row is WAGTAILS and outcome(response) == SIGN_IN):
                wrong.append(f"{address.key} as {name}: {response.status_code}")
    assert wrong == []


def test_what_needs_no_token_is_named(matrix):
    assert {name for name, row in ROWS.items() if row.exempt} == EXCEPTED
    assert all(ROWS[name].exempt.startswith("RFC 8058") for name in EXCEPTED)
