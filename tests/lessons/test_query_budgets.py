"""What a page asks of the database, counted as a fresh process answers it right after another page was published.

The page's own body is in the shared cache; the outline has to be drawn anew, as have all caches of the process.
"""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lessons import outline as outlines
from openmuseums.learners.models import Learner
from openmuseums.learners.recording import learner_of, mark_read, record_answers
from openmuseums.people.models import User
from tests.factories import NOW, FixtureCourse, add_units, make_translation
from tests.snapshots import remembered

# The site; the active language; the home page (its type, its row); the page (its row below the home page, its type, its
# fields); its ancestors and their restrictions; the outline.
ROUTED = 10
# A translation is held against the newest edition of its source.
HELD = {"en": 0, "el": 1}
# The session, the account, and what follows from its events: four tables in one statement.
KEPT = 3
# The record that the device names, and the same four tables: there is no session.
VISITED = 2


@pytest.fixture(params=[3, 300], ids=["3 units", "300 units"])
def sized_course(request: pytest.FixtureRequest, course: FixtureCourse) -> FixtureCourse:
    gone = {key: course.units.pop(key) for key in ("setting-up-the-e-store", "payment-gateways-and-prices")}

    def make_sized() -> None:
        for unit in gone.values():
            unit.delete()
        add_units(course.lessons[0], request.param - len(course.units))
        # The unit that is asked for, and what stands above it; the other units are the source's.
        make_translation(course.units["digital-strategy"], "el")

    remembered(("sized course", request.param), make_sized, note=repr, recall=lambda _note: None)
    return course


@pytest.fixture(params=["en", "el"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def in_(language: str, address: str) -> str:
    return f"/{language}{address.removeprefix('/en')}"


@pytest.fixture
def reader(client: Client) -> Client:
    return client


@pytest.fixture
def learner(sized_course: FixtureCourse, learner_client: Client, user: User) -> Client:
    """Return the browser of somebody who has read, and answered, something."""
    learn_something(learner_of(user=user, now=NOW), sized_course)
    return learner_client


@pytest.fixture
def visitor(sized_course: FixtureCourse) -> Client:
    """Return the browser of a visitor whose device has a record, with something in it."""
    client = Client()
    client.post("/en/begin/")
    learn_something(Learner.objects.get(account=None), sized_course)
    return client


def learn_something(record: Learner, sized_course: FixtureCourse) -> None:
    unit = sized_course.units["digital-strategy"]
    mark_read(learner=record, page_key=unit.translation_key, now=NOW)
    question = unit.body[3]
    chosen = [question.value["choices"].bound_blocks[0].id]
    record_answers(
        learner=record,
        page_key=unit.translation_key,
        answers={question.id: True},
        chosen={question.id: chosen},
        now=NOW,
    )


def queries(client: Client, address: str, course: FixtureCourse) -> int:
    assert client.get(address).status_code == 200
    other = course.units["channels-and-media"]
    other.title = f"{other.title}, again"
    other.save_revision().publish()
    outlines._maps.clear()
    caches["default"].clear()
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_unit_asks_as_much_in_each_language_however_many_units(
    sized_course: FixtureCourse, reader: Client, language: str
) -> None:
    # and the unit's outcomes
    address = in_(language, sized_course.units["digital-strategy"].url)
    assert queries(reader, address, sized_course) == ROUTED + 1 + HELD[language] == {"en": 11, "el": 12}[language]


def test_unit_of_a_learner_asks_as_much_in_each_language_however_many_units(
    sized_course: FixtureCourse, learner: Client, language: str
) -> None:
    unit = sized_course.units["digital-strategy"]
    asked = queries(learner, in_(language, unit.url), sized_course)
    assert asked == ROUTED + 1 + KEPT + HELD[language] == {"en": 14, "el": 15}[language]


def test_pages_of_a_visitor_ask_as_much_in_each_language_however_many_units(
    sized_course: FixtureCourse, visitor: Client, language: str
) -> None:
    unit = sized_course.units["digital-strategy"]
    held = HELD[language]
    assert queries(visitor, in_(language, unit.url), sized_course) == ROUTED + 1 + VISITED + held == 13 + held
    asked = queries(visitor, in_(language, sized_course.course.url), sized_course)
    assert asked == ROUTED + VISITED + held == 12 + held
    # The outline, the record, the attempts at quizzes.
    assert queries(visitor, f"/{language}/my-learning/", sized_course) == 1 + VISITED + 1 == 4


def test_unit_that_a_language_lacks_asks_once_more(
    sized_course: FixtureCourse, reader: Client, learner: Client
) -> None:
    # First for a page of the language's own, in vain.
    address = in_("el", sized_course.units["channels-and-media"].url)
    assert queries(reader, address, sized_course) == ROUTED + 1 + 1 == 12
    assert queries(learner, address, sized_course) == ROUTED + 1 + KEPT + 1 == 15


def test_course_lesson_and_home_ask_as_much_in_each_language_however_many_units(
    sized_course: FixtureCourse, reader: Client, language: str
) -> None:
    held = HELD[language]
    assert queries(reader, in_(language, sized_course.course.url), sized_course) == ROUTED + held == 10 + held
    assert queries(reader, in_(language, sized_course.lessons[0].url), sized_course) == ROUTED + held == 10 + held
    # It is its own root: it need not be looked for.
    assert queries(reader, in_(language, sized_course.home.url), sized_course) == ROUTED - 3 + held == 7 + held


def test_course_and_lesson_of_a_learner_ask_as_much_in_each_language_however_many_units(
    sized_course: FixtureCourse, learner: Client, language: str
) -> None:
    held = HELD[language]
    for page in (sized_course.course, sized_course.lessons[0]):
        assert queries(learner, in_(language, page.url), sized_course) == ROUTED + KEPT + held == 13 + held


def test_my_learning_asks_as_much_in_each_language_however_many_units(
    sized_course: FixtureCourse, learner: Client, language: str
) -> None:
    # The outline, what is kept, and the attempts at quizzes.
    assert queries(learner, f"/{language}/my-learning/", sized_course) == 1 + KEPT + 1 == 5


def test_unchanged_public_page_is_answered_without_its_contents(
    sized_course: FixtureCourse, reader: Client, language: str
) -> None:
    address = in_(language, sized_course.units["digital-strategy"].url)
    etag = reader.get(address).headers["ETag"]
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as captured:
        assert reader.get(address, headers={"If-None-Match": etag}).status_code == 304
    # Everything but the outline and the outcomes.
    assert len(captured) == ROUTED - 1 == 9


def test_acts_of_a_learner_ask_as_much_however_many_units(sized_course: FixtureCourse, learner: Client) -> None:
    unit = sized_course.units["channels-and-media"]
    learner.get(unit.url)
    with CaptureQueriesContext(connection) as captured:
        learner.post(f"/en/learning/units/{unit.translation_key}/read/", {"next": unit.url})
    # The session, the account, the learner; a transaction (its two ends counted) with the lock, what is known, the
    # event and the row of the unit.
    assert len(captured) == 3 + 2 + 4 == 9


def test_acts_of_a_visitor_ask_as_much_however_many_units(sized_course: FixtureCourse, visitor: Client) -> None:
    unit = sized_course.units["channels-and-media"]
    visitor.get(unit.url)
    with CaptureQueriesContext(connection) as captured:
        visitor.post(f"/en/learning/units/{unit.translation_key}/read/", {"next": unit.url})
    # The record that the device names; a transaction (its two ends counted) with the lock, the later end, what is
    # known, the event and the row of the unit.
    assert len(captured) == 1 + 2 + 5 == 8
