"""A unit of the source, its translation, and somebody who may do everything."""

import pytest
from django.test import Client

from lessons.models import UnitPage
from tests.factories import (
    FixtureCourse,
    block,
    item,
    make_page,
    make_translation,
    make_user,
    signed_in,
)
from tests.translation.gate.spoiling import SOURCE


@pytest.fixture
def source(course: FixtureCourse) -> UnitPage:
    unit = course.units["digital-strategy"]

    def build() -> UnitPage:
        unit.body = [
            block("heading", {"text": "Where to begin", "level": "h2"}),
            block("rich_text", {"text": SOURCE, "topics": [item("swot")]}),
        ]
        unit.save_revision().publish()
        return UnitPage.objects.get(pk=unit.pk)

    return make_page("a unit with a link", build)


@pytest.fixture
def unit(source: UnitPage) -> UnitPage:
    """Return the unit in Dutch, published and whole."""
    texts = {
        "Where to begin": "Waar te beginnen",
        'Read <a id="a1">the whole guide</a>.': 'Lees <a id="a1">de hele gids</a>.',
        "Then act.": "Doe het dan.",
    }
    return make_translation(source, "nl", texts)


@pytest.fixture
def root(db: None) -> Client:
    return signed_in(make_user(username="root", is_superuser=True))
