"""Reading writes nothing: every address is asked for by everybody, and all tables are compared."""

import pytest
from django.apps import apps
from django.db import connection

from openmuseums.access import WAGTAILS
from openmuseums.people.roles import ACCESS_ADMIN
from tests.authorization.people import Person
from tests.authorization.test_matrix import Matrix, matrix, path_of, rows
from tests.factories import FixtureCourse

__all__ = ["matrix"]

# What may change while somebody reads, and why.
APPENDED = {
    "privacy_look": "whoever looks at somebody's data is noted, and the person sees it",
}
OWN_ROWS = {
    "django_session": "a session's own row: allauth notes in it where somebody was led from",
    "usersessions_usersession": "when a session was last used, which its owner sees",
    "wagtailadmin_editingsession": "who has a page open for editing, which others who open it are told",
    "wagtailusers_userprofile": "Wagtail makes the settings of an editor when they are first read",
}


def dump() -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table but those that may change."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed}
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(tables - OWN_ROWS.keys() - APPENDED.keys()):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a name of ours
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def differences(before: dict[str, list[object]], after: dict[str, list[object]]) -> dict[str, list[object]]:
    """Return by table the rows that were not there before, or are there no longer."""
    return {name: sorted(set(before[name]) ^ set(after[name])) for name in before if before[name] != after[name]}


def read_everything(matrix: Matrix, person: Person, *, wagtails: bool) -> None:
    """Ask for every address with GET, without undoing anything."""
    for address, row in rows(wagtails=wagtails):
        path = path_of(address, matrix, person)
        if path is not None and "GET" in row.methods:
            response = person.client.get(path)
            if response.streaming:
                response.getvalue()


def crawl(person: Person, start: str, limit: int = 150) -> int:
    """Follow all links of our own from a page; return how many pages were read."""
    waiting, seen = [start], set()
    while waiting and len(seen) < limit:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        response = person.client.get(path)
        if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
            response.getvalue() if response.streaming else None
            continue
        for part in response.content.decode().split('href="')[1:]:
            link = part.split('"', 1)[0].split("#")[0].replace("&amp;", "&")
            if link.startswith("/") and not link.startswith(("//", "/static/", "/admin/")):
                waiting.append(link)
    return len(seen)


def test_nobody_writes_by_reading(matrix, course: FixtureCourse):
    before = dump()
    for person in matrix.people:
        read_everything(matrix, person, wagtails=False)
    for name in ("nobody", "visitor", "learner"):
        assert crawl(matrix.person(name), course.home.url) > 20
    assert differences(before, dump()) == {}


@pytest.mark.parametrize("name", ["administrator"])
def test_nobody_writes_by_reading_wagtails_admin(matrix, name):
    person = matrix.person(name)
    assert ACCESS_ADMIN in person.rights
    assert any(row is WAGTAILS for _, row in rows(wagtails=True))
    before = dump()
    read_everything(matrix, person, wagtails=True)
    assert differences(before, dump()) == {}
