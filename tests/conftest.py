"""Fixtures that every test may ask for."""

import pytest
from django.core.cache import caches
from django.test import Client

from openmuseums.people.models import User
from tests.factories import FixtureCourse, make_course, make_user


@pytest.fixture(autouse=True)
def _empty_caches() -> None:
    """Begin every test with empty caches: they outlive the database's rollback."""
    for cache in (caches[alias] for alias in caches):
        cache.clear()


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
