"""Translations follow a source that is moved, renamed, unpublished or deleted, whatever way that was done."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry
from wagtail_localize.models import StringTranslation

from lessons.models import UnitPage
from openmuseums.translation.following.acts import FOLLOWED
from quizzes.models import QuizPage
from tests.factories import FixtureCourse, make_course_in, make_translation, make_unit, make_user, signed_in


def slugs(parent: Page) -> list[str]:
    return list(Page.objects.get(pk=parent.pk).get_children().order_by("path").values_list("slug", flat=True))


def in_dutch(page: Page) -> Page:
    return Page.objects.get(translation_key=page.translation_key, locale__language_code="nl")


@pytest.fixture
def dutch(course: FixtureCourse) -> FixtureCourse:
    """Return the course, which is translated into Dutch."""
    make_course_in(course, "nl")
    return course


def test_translation_moves_below_the_translated_parent_to_the_same_place(dutch: FixtureCourse) -> None:
    first, second = dutch.lessons
    moved = Page.objects.get(pk=dutch.units["digital-strategy"].pk).specific
    assert slugs(in_dutch(first)) == slugs(first)
    moved.move(Page.objects.get(pk=second.pk), pos="first-child")
    assert "digital-strategy" not in slugs(in_dutch(first))
    assert slugs(in_dutch(second)) == slugs(second)
    assert slugs(second)[0] == "digital-strategy"
    page = in_dutch(moved).specific
    assert page.url_path.endswith("/open-museums/e-commerce/digital-strategy/")
    assert Page.find_problems() == ([], [], [], [], [])


def test_translation_follows_a_new_order(dutch: FixtureCourse) -> None:
    lesson = dutch.lessons[0]
    last = Page.objects.get(pk=lesson.pk).get_last_child()
    for place in ("left", "right"):
        Page.objects.get(pk=last.pk).specific.move(Page.objects.get(pk=dutch.units["digital-strategy"].pk), pos=place)
        assert slugs(in_dutch(lesson)) == slugs(lesson)


def test_translation_stays_where_its_new_parent_is_not_translated(course: FixtureCourse) -> None:
    unit = course.units["digital-strategy"]
    page = make_translation(unit, "nl")
    before = Page.objects.get(pk=page.pk).path
    unit.move(Page.objects.get(pk=course.lessons[1].pk), pos="last-child")
    assert Page.objects.get(pk=page.pk).path == before


def test_move_of_a_translation_moves_nothing_else(dutch: FixtureCourse) -> None:
    unit = dutch.units["digital-strategy"]
    before = slugs(dutch.lessons[0])
    in_dutch(unit).specific.move(in_dutch(dutch.lessons[1]), pos="last-child")
    assert slugs(dutch.lessons[0]) == before


def test_translation_takes_the_new_slug_of_its_source(dutch: FixtureCourse) -> None:
    quiz = QuizPage.objects.get(pk=dutch.quizzes["marketing"].pk)
    quiz.slug = "test"
    with TestCase.captureOnCommitCallbacks(execute=True):
        quiz.save_revision().publish()
    page = in_dutch(quiz)
    assert (page.slug, page.url_path.endswith("/open-museums/marketing/test/")) == ("test", True)
    assert page.get_latest_revision().content["slug"] == "test"


def test_translations_leave_the_public_with_their_source_and_the_log_says_so(dutch: FixtureCourse) -> None:
    unit = UnitPage.objects.get(pk=dutch.units["digital-strategy"].pk)
    unit.unpublish()
    page = in_dutch(unit)
    assert not page.live
    assert list(PageLogEntry.objects.filter(action=FOLLOWED).values_list("page_id", flat=True)) == [page.pk]


def test_translations_leave_the_public_when_their_source_expires(dutch: FixtureCourse) -> None:
    unit = dutch.units["digital-strategy"]
    UnitPage.objects.filter(pk=unit.pk).update(expire_at=timezone.now() - dt.timedelta(hours=1))
    call_command("publish_scheduled", stdout=StringIO())
    assert not in_dutch(unit).live


def test_unpublished_translation_leaves_the_source_alone(dutch: FixtureCourse) -> None:
    unit = dutch.units["digital-strategy"]
    in_dutch(unit).specific.unpublish()
    assert UnitPage.objects.get(pk=unit.pk).live


def test_deleted_source_takes_its_translations_along_and_their_strings_stay(dutch: FixtureCourse) -> None:
    lesson = dutch.lessons[0]
    units = [page for page in dutch.units.values() if page.get_parent().pk == lesson.pk]
    before = StringTranslation.objects.count()
    Page.objects.get(pk=lesson.pk).specific.delete()
    keys = [lesson.translation_key, *(page.translation_key for page in units)]
    assert not Page.objects.filter(translation_key__in=keys).exists()
    assert StringTranslation.objects.count() == before
    assert Page.find_problems() == ([], [], [], [], [])


def test_deleted_page_comes_back_whole(course: FixtureCourse) -> None:
    unit = course.units["digital-strategy"]
    make_translation(unit, "nl", {"Where to begin": "Waar te beginnen"})
    key, parent = unit.translation_key, course.lessons[0]
    body = UnitPage.objects.get(pk=unit.pk).body
    outcome = unit.outcomes.get()
    UnitPage.objects.get(pk=unit.pk).delete()
    again = make_unit(Page.objects.get(pk=parent.pk), "digital-strategy", body=body, translation_key=key)
    again.outcomes.update(translation_key=outcome.translation_key)
    page = make_translation(UnitPage.objects.get(pk=again.pk), "nl", {"Where to begin": "Waar te beginnen"})
    assert page.body[0].value["text"] == "Waar te beginnen"


def test_translation_with_a_page_of_the_country_below_is_only_unpublished(
    course: FixtureCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = make_translation(course.lessons[0], "nl")
    with monkeypatch.context() as patched:
        patched.setattr(UnitPage, "is_native", True)
        own = make_unit(lesson, "digital-strategy", title="Een eigen pagina")
    Page.objects.get(pk=course.lessons[0].pk).specific.delete()
    assert Page.objects.filter(pk=own.pk).exists()
    assert not Page.objects.get(pk=lesson.pk).live


# What is told before


@pytest.fixture
def root(db: None) -> Client:
    return signed_in(make_user(username="root", is_superuser=True))


def test_who_deletes_a_lesson_is_told_what_follows(dutch: FixtureCourse, root: Client) -> None:
    make_translation(dutch.lessons[0], "el", publish=False)
    response = root.get(reverse("wagtailadmin_pages:delete", args=[dutch.lessons[0].pk]))
    [told] = [str(message).strip() for message in response.context["messages"]]
    assert told == (
        "The translations are deleted with it. What translators wrote is kept, and comes back with the page:"
        "<ul><li>Greek: 1 page, 0 public</li><li>Dutch: 4 pages, 4 public</li></ul>"
    )


def test_who_moves_a_unit_is_told_what_follows(dutch: FixtureCourse, root: Client) -> None:
    unit = dutch.units["digital-strategy"]
    response = root.get(reverse("wagtailadmin_pages:move_confirm", args=[unit.pk, dutch.lessons[1].pk]))
    [told] = [str(message).strip() for message in response.context["messages"]]
    assert told.endswith("<ul><li>Dutch: 1 page, 1 public</li></ul>")


def test_who_unpublishes_a_unit_is_told_what_follows(dutch: FixtureCourse, root: Client) -> None:
    html = root.get(reverse("wagtailadmin_pages:unpublish", args=[dutch.units["digital-strategy"].pk])).content.decode()
    assert "The translations are taken from the public with it:" in html
    assert "<li>Dutch: 1 page, 1 public</li>" in html


@pytest.mark.parametrize("act", ["delete", "move", "unpublish"])
def test_who_does_it_to_many_is_told_what_follows(dutch: FixtureCourse, root: Client, act: str) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", act])
    ids = "&".join(f"id={unit.pk}" for unit in list(dutch.units.values())[1:3])
    assert "<li>Dutch: 2 pages, 2 public</li>" in root.get(f"{address}?{ids}").content.decode()


def test_nothing_is_told_of_a_translation(dutch: FixtureCourse, root: Client) -> None:
    page = in_dutch(dutch.units["digital-strategy"])
    assert not list(root.get(reverse("wagtailadmin_pages:delete", args=[page.pk])).context["messages"])
    html = root.get(reverse("wagtailadmin_pages:unpublish", args=[page.pk])).content.decode()
    assert "with it:" not in html
