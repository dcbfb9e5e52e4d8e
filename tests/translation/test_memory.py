"""What is translated already, elsewhere in the course."""

from pytest_django import DjangoAssertNumQueries
from wagtail_localize.models import StringTranslation

from openmuseums.translation.memory import Match, matches_of, offered
from tests.factories import FixtureCourse, make_translation

HEADING = "Where to begin"


def test_memory_knows_where_a_text_is_translated(
    course: FixtureCourse, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pages = [course.units["online-safety"], course.units["digital-strategy"]]
    for page, words in zip(pages, ("Αρχή", "Από πού ξεκινάμε"), strict=True):
        make_translation(page, "el", {HEADING: words})
    with django_assert_num_queries(1):
        found = matches_of([HEADING, "Nowhere"], "el")
    assert list(found) == [HEADING]
    assert [(match.text, match.title) for match in found[HEADING]] == [
        ("Από πού ξεκινάμε", pages[1].title),
        ("Αρχή", pages[0].title),
    ]
    assert matches_of([HEADING], "nl") == {}


def test_memory_forgets_machines_and_what_has_faults(course: FixtureCourse) -> None:
    make_translation(course.units["online-safety"], "el")
    rows = StringTranslation.objects.filter(translation_of__data=HEADING)
    rows.update(translation_type="machine")
    assert matches_of([HEADING], "el") == {}
    rows.update(translation_type="manual", has_error=True)
    assert matches_of([HEADING], "el") == {}


def test_only_what_stands_elsewhere_is_offered_and_each_text_once(course: FixtureCourse) -> None:
    here, there = course.part.translation_key, course.home.translation_key
    matches = [
        Match("Εδώ", here, "title", "First steps"),
        Match("Εκεί", there, "title", "Open Museums"),
        Match("Εκεί", here, "lead", "First steps"),
    ]
    assert offered(matches, page_key=here, path="title") == [matches[1]]
    assert offered(matches, page_key=there, path="title") == [matches[0], matches[2]]
