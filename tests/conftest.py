"""Fixtures that every test may ask for."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.utils import translation
from pytest_django import DjangoDbBlocker

from openmuseums.catalogues.compiling import compile_catalogue, is_compiled, sources
from openmuseums.editorial import checks
from openmuseums.people.models import User
from openmuseums.translation.gate import check_translation
from tests.factories import FixtureCourse, make_course, make_user
from tests.templates import keep_template, one_at_a_time, take_template

_EMPTYING = {"transactional_db", "live_server", "django_db_reset_sequences"}
_EMPTIES = pytest.StashKey[bool]()


def pytest_sessionstart() -> None:
    """Compile the catalogues that changed: the words that pages are tested with are those of the sources."""
    for source in sources(settings.LOCALE_PATHS):
        if not is_compiled(source):
            compile_catalogue(source)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a test that is given a file by the place in its list: an archive's bytes hold the time of its making."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark tests by what they ask for, and have those of a file run in one process where several share them.

    What needs a browser or a database is marked so. What empties the database begins with what migrations put into it,
    as all do, and comes last: whatever came after it would find nothing there.
    """
    for item in items:
        marker = item.get_closest_marker("django_db")
        settings = dict(marker.kwargs) if marker else {}
        asked_for = set(getattr(item, "fixturenames", []))
        if "playwright" in asked_for:
            item.add_marker(pytest.mark.browser)
        if marker or asked_for & {"db", "transactional_db"}:
            item.add_marker(pytest.mark.database)
        empties = item.stash[_EMPTIES] = bool(settings.get("transaction") or asked_for & _EMPTYING)
        if empties:
            settings |= {"transaction": True, "serialized_rollback": True}
            item.add_marker(pytest.mark.django_db(**settings), append=False)
        if not item.get_closest_marker("xdist_group"):
            # A file that holds both is two groups.
            item.add_marker(pytest.mark.xdist_group(f"{item.path} {'last' if empties else 'first'}"))
    yield
    # pytest-django has sorted them so; then pytest brought those together that share a browser. By what was stashed:
    # a set of tests no longer knows them, since pytest-xdist gave each another name, and with it another hash.
    items.sort(key=lambda item: item.stash[_EMPTIES])


@pytest.fixture(scope="session")
def _begins_database() -> Iterator[ExitStack]:
    """Have the other processes wait until this one has a database, which they may then copy."""
    with ExitStack() as until_it_is_there:
        until_it_is_there.enter_context(one_at_a_time())
        yield until_it_is_there


@pytest.fixture(scope="session")
def django_db_keepdb(
    django_db_keepdb: bool,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
    _begins_database: ExitStack,
) -> bool:
    """Begin with the database that an earlier run kept, if migrations are the same; what is missing is migrated."""
    with django_db_blocker.unblock():
        return take_template() or django_db_keepdb


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, _begins_database: ExitStack
) -> str | None:
    """Return what migrations put into the database, as Django keeps it for the tests that empty it."""
    with django_db_blocker.unblock():
        keep_template()
        _begins_database.close()
        return getattr(connection, "_test_serialized_contents", None)


@pytest.fixture(autouse=True)
def _empty_caches() -> None:
    """Begin every test with empty caches: they outlive the database's rollback."""
    for cache in (caches[alias] for alias in caches):
        cache.clear()


@pytest.fixture(autouse=True)
def _source_language() -> None:
    """Begin every test in the language of the source: the one of the last request outlives it."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def course(db: None) -> FixtureCourse:
    """Return the fixture course."""
    return make_course()


@pytest.fixture
def user(db: None) -> User:
    """Return an account."""
    return make_user()


@pytest.fixture
def learner_client(user: User) -> Client:
    """Return a browser that `user` is signed in with."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def before_the_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pages be made as they were before translations had a gate: also some that show another language's words."""
    kept = [found for found in checks._checks if found[1] is not check_translation]
    monkeypatch.setattr(checks, "_checks", kept)
