"""Traps of wagtail-localize: each was run into, and has to stay shut."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationLog

from lessons.models import UnitPage
from openmuseums.editorial.gate import NotFitToPublish
from openmuseums.segments.producing import produce
from openmuseums.segments.storing import StoredTexts, store_texts, stored_texts, submit
from quizzes.models import QuizTexts
from tests.factories import FixtureCourse, in_language, make_translation


def stored(page: Page, language: str = "nl") -> StoredTexts:
    """Return what is kept of a page in a language, with a translation of everything in it."""
    source, _changed = submit(page.specific_class.objects.get(pk=page.pk))
    found = stored_texts(source, Locale.objects.get_or_create(language_code=language)[0])
    store_texts(found, {name: in_language(name[1], language) for name in found.missing}, tool="test")
    return found


def translation_of(found: StoredTexts) -> Translation:
    return Translation.objects.get_or_create(source=found.source, target_locale=found.locale)[0]


def test_page_is_published_at_once_and_not_when_the_transaction_ends(course: FixtureCourse) -> None:
    make_translation(course.lessons[0], "nl")
    page = produce(translation_of(stored(course.quizzes["marketing"])), publish=True)
    assert (page.live, page.has_unpublished_changes) == (True, False)
    assert QuizTexts.objects.filter(language="nl").count() == 1


def test_draft_of_a_published_page_is_not_seen(course: FixtureCourse) -> None:
    unit = course.units["digital-strategy"]
    make_translation(unit, "nl")
    found = stored(unit)
    store_texts(found, {("lead", unit.lead): "Een andere lead."}, tool="test")
    logs = TranslationLog.objects.count()
    page = produce(translation_of(found), publish=False)
    assert (page.lead, page.has_unpublished_changes) == (in_language(unit.lead, "nl"), True)
    assert page.get_latest_revision_as_object().lead == "Een andere lead."
    assert TranslationLog.objects.count() == logs + 1
    page = produce(translation_of(found), publish=True)
    assert page.lead == "Een andere lead."


def test_home_pages_keep_slugs_of_their_own(course: FixtureCourse) -> None:
    for language in ("nl", "el"):
        make_translation(course.home, language)
    for translation in Translation.objects.all():
        produce(translation, publish=True)
    assert list(Page.objects.filter(depth=2).order_by("path").values_list("slug", flat=True)) == [
        "home", "home-nl", "home-el",
    ]  # fmt: skip


def test_pages_below_have_the_slugs_of_their_sources(course: FixtureCourse) -> None:
    make_translation(course.units["digital-strategy"], "el", {"The digital strategy": "Η ψηφιακή στρατηγική"})
    page = UnitPage.objects.get(locale__language_code="el")
    assert (page.slug, page.title) == ("digital-strategy", "Η ψηφιακή στρατηγική")


def test_page_with_a_title_that_is_too_long_is_refused_before_anything_is_kept(course: FixtureCourse) -> None:
    make_translation(course.lessons[0], "nl")
    found = stored(course.units["digital-strategy"])
    store_texts(found, {("title", "The digital strategy"): "x" * 256}, tool="test")
    with pytest.raises(ValidationError), transaction.atomic():
        produce(translation_of(found), publish=True)
    assert not UnitPage.objects.filter(locale=found.locale).exists()


def test_page_that_is_not_fit_is_refused_before_anything_is_kept(course: FixtureCourse) -> None:
    make_translation(course.lessons[0], "nl")
    unit = course.units["digital-strategy"]
    unit.body[1].value["text"].source = '<p>Read <a href="https://example.org/">the whole guide</a>.</p>'
    unit.save_revision().publish()
    found = stored(unit)
    linked = next(name for name in found.required if "whole guide" in name[1])
    store_texts(found, {linked: 'Lees <a id="a1">https://example.org/</a>.'}, tool="test")
    with pytest.raises(NotFitToPublish), transaction.atomic():
        produce(translation_of(found), publish=True)
    assert not UnitPage.objects.filter(locale=found.locale).exists()


def test_source_that_was_only_published_again_is_not_submitted_again(course: FixtureCourse) -> None:
    unit = course.units["digital-strategy"]
    source, changed = submit(unit)
    assert changed
    UnitPage.objects.get(pk=unit.pk).save_revision().publish()
    again, changed = submit(UnitPage.objects.get(pk=unit.pk))
    assert (again, changed, again.last_updated_at) == (source, False, source.last_updated_at)


def test_texts_are_stored_in_few_queries(course: FixtureCourse, django_assert_num_queries: object) -> None:
    source, _changed = submit(course.units["digital-strategy"])
    found = stored_texts(source, Locale.objects.get_or_create(language_code="nl")[0])
    texts = {name: in_language(name[1], "nl") for name in found.missing}
    assert len(texts) > 10
    with django_assert_num_queries(6):  # type: ignore[operator]
        store_texts(found, texts, tool="test")
    assert StringTranslation.objects.filter(has_error=True).count() == 0
    assert stored_texts(source, found.locale).texts == texts
