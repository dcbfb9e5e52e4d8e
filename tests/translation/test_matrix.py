"""The matrix of who may do what to which language, by direct request; whoever is refused has changed nothing."""

from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.http import HttpResponse
from django.urls import reverse

from tests.authorization.people import undone
from tests.authorization.test_reading import APPENDED, OWN_ROWS
from tests.packs import rows_of_everything
from tests.translation.acts import ACTS, PARTNERS, ROLES, SOURCE, Act, World, browser_of, make_world

# Written whoever asks, and whatever the answer is; and what Wagtail makes when it first shows a thumbnail or a form.
ASIDE = OWN_ROWS.keys() | APPENDED.keys() | {"uploads_rendition", "wagtailcore_pagesubscription"}
# One language of each kind: a team's own, another team's, the source.
KINDS = ("nl", "el", SOURCE)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def rows() -> dict[str, tuple[int, str]]:
    return {table: found for table, found in rows_of_everything().items() if table not in ASIDE}


def writes() -> int:
    """Return how many rows this transaction has written so far: reading all of them takes longer than most requests."""
    if connection.vendor == "sqlite":
        return int(connection.connection.total_changes)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables")
        return int(cursor.fetchone()[0])


def is_let_through(response: HttpResponse) -> bool:
    """Return whether somebody was let through to what they asked for, and not led away from it."""
    away = {reverse("account_login"), reverse("wagtailadmin_home")}
    to = urlsplit(response.headers.get("Location", "")).path
    return response.status_code < 400 and to not in away


def wrong(act: Act, role: str, language: str, response: HttpResponse, changed: set[str]) -> str:  # noqa: PLR0911 - a rule each
    """Return what is wrong with an answer, or ""."""
    may = act.who(role, language)
    if response.status_code >= 500:
        return f"fails with {response.status_code}"
    if may is None:
        return ""
    if not may and changed:
        return f"is refused, and changes {sorted(changed)}"
    if not may and is_let_through(response) and act.reads:
        return f"is let through ({response.status_code})"
    if may and act.reads and (changed or not is_let_through(response)):
        return f"may, and got {response.status_code}; changed {sorted(changed)}"
    if may and not act.reads and not changed:
        return f"may, and nothing changed ({response.status_code} {response.headers.get('Location', '')})"
    return ""


def failures(world: World, role: str, languages: tuple[str, ...]) -> str:
    """Try everything as somebody in some languages; return a line for each answer that is wrong."""
    client = browser_of(role, world)
    before, found = rows(), []
    for language in languages:
        for act in ACTS:
            cookies = client.cookies.copy()
            with undone():
                written = writes()
                response = act.send(client, world, language)
                if response.streaming:
                    response.getvalue()
                after = rows() if writes() != written else before
            client.cookies = cookies
            changed = {table for table in before if before[table] != after[table]}
            told = wrong(act, role, language, response, changed)
            if told:
                found.append(f"{act.name} in {language} as {role}: {told}")
    return "\n".join(found)


@pytest.mark.parametrize("role", ROLES)
def test_everybody_does_what_they_may_and_nothing_else(world: World, role: str):
    assert failures(world, role, KINDS) == ""


@pytest.mark.nightly
@pytest.mark.parametrize("role", ROLES)
def test_every_language_is_as_safe_as_these(world: World, role: str):
    assert failures(world, role, (*PARTNERS, SOURCE)) == ""
