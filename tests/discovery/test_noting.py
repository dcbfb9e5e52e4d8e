"""Each publication is taken note of; only other words are a change."""

import datetime as dt

import pytest
from wagtail.models import Page

from openmuseums.discovery.models import Statement
from openmuseums.discovery.noting import note_publication
from tests.factories import NOW, FixtureCourse, make_translation

LATER = NOW + dt.timedelta(days=3)


def since(page: Page) -> dt.datetime:
    return Statement.objects.get(page_id=page.pk).since


def test_every_published_page_is_noted_with_its_first_publication(course: FixtureCourse) -> None:
    pages = {page.pk: page.first_published_at for page in Page.objects.filter(depth__gt=1)}
    assert dict(Statement.objects.values_list("page_id", "since")) == pages
    assert len(pages) == 12


def test_publication_of_the_same_words_changes_nothing(course: FixtureCourse) -> None:
    unit = course.units["digital-strategy"]
    before = since(unit)
    unit.minutes_to_read += 1
    unit.save_revision().publish()
    assert since(unit) == before


def test_publication_of_other_words_is_a_change(course: FixtureCourse) -> None:
    unit = course.units["digital-strategy"]
    unit.lead = "Something else."
    unit.save_revision().publish()
    unit.refresh_from_db()
    assert since(unit) == unit.last_published_at


def test_change_is_dated_by_the_time_that_is_passed_in(course: FixtureCourse) -> None:
    unit = course.units["digital-strategy"]
    unit.lead = "Something else."
    note_publication(page=unit, now=LATER)
    assert since(unit) == LATER
    note_publication(page=unit, now=LATER + dt.timedelta(days=1))
    assert since(unit) == LATER


def test_draft_is_not_noted(course: FixtureCourse) -> None:
    unit = course.units["digital-strategy"]
    before = Statement.objects.get(page_id=unit.pk).digest
    unit.lead = "Something else."
    unit.save_revision()
    assert Statement.objects.get(page_id=unit.pk).digest == before


def test_page_published_before_anybody_took_note_counts_as_unchanged(course: FixtureCourse) -> None:
    unit = course.units["digital-strategy"]
    Statement.objects.all().delete()
    note_publication(page=unit, now=LATER)
    assert since(unit) == unit.first_published_at


def test_each_language_has_its_own_note(course: FixtureCourse) -> None:
    unit = course.units["digital-strategy"]
    greek = make_translation(unit, "el")
    assert since(greek) == greek.first_published_at
    assert Statement.objects.get(page_id=greek.pk).digest != Statement.objects.get(page_id=unit.pk).digest


def test_alias_says_nothing_of_its_own(course: FixtureCourse) -> None:
    unit = course.units["digital-strategy"]
    alias = unit.create_alias(parent=course.lessons[0], update_slug="again")
    note_publication(page=alias, now=LATER)
    assert not Statement.objects.filter(page_id=alias.pk).exists()


@pytest.mark.parametrize("delete", [True, False], ids=["deleted", "kept"])
def test_note_goes_with_its_page(course: FixtureCourse, delete: bool) -> None:
    pk = course.units["digital-strategy"].pk
    if delete:
        course.units["digital-strategy"].delete()
    assert Statement.objects.filter(page_id=pk).exists() is not delete
