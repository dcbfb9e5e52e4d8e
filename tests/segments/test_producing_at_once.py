"""A translation that is made while its source is published is stamped with what it was made from."""

import threading

import pytest
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from lessons.models import UnitPage
from openmuseums.segments.models import SourceEdition, TranslationStamp
from openmuseums.segments.producing import produce
from openmuseums.segments.storing import submit
from tests.factories import FixtureCourse, make_translation
from tests.together import LONG, MOMENT, after, meeting, run_together

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
LEAD = "Something else altogether."


def test_page_of_the_old_texts_never_counts_as_one_of_the_new(course: FixtureCourse) -> None:
    unit = course.units["digital-strategy"]
    make_translation(unit, "nl")
    entry = Translation.objects.get(source__object_id=unit.translation_key)
    began, published = threading.Event(), threading.Event()

    def translate() -> str:
        found = Translation.objects.get(pk=entry.pk)
        found.source  # noqa: B018 - read before the source is published, as a view does

        def wait() -> None:
            began.set()
            # Whom a lock keeps away does not come.
            published.wait(MOMENT)

        with after('FROM "wagtail_localize_stringsegment"', wait):
            produce(found, publish=False)
        return UnitPage.objects.get(translation_key=unit.translation_key, locale__language_code="nl").latest_revision.pk

    def publish() -> None:
        began.wait(LONG)
        page = UnitPage.objects.get(pk=unit.pk)
        page.minutes_to_read = 17
        page.lead = LEAD
        page.save_revision().publish()
        published.set()

    made, _nothing = run_together([translate, publish])
    stamp = TranslationStamp.objects.get(revision=made)
    is_new = stamp.revision.content["minutes_to_read"] == 17
    assert (stamp.edition.number, is_new) == (1, False)


def test_two_publications_at_once_keep_two_editions_and_translators_see_the_last(course: FixtureCourse) -> None:
    unit = course.units["digital-strategy"]
    make_translation(unit, "nl")
    before = SourceEdition.objects.newest(unit.translation_key).number

    def publish(lead: str):
        def act() -> None:
            page = UnitPage.objects.get(pk=unit.pk)
            page.lead = lead
            page.save_revision().publish()

        return act

    run_together([publish("The first of two."), publish("The second of two.")])
    editions = SourceEdition.objects.filter(page_key=unit.translation_key, number__gt=before).order_by("number")
    live = UnitPage.objects.get(pk=unit.pk).lead
    assert [edition.number for edition in editions] == [before + 1, before + 2]
    assert ["lead", live] in editions.last().texts
    assert TranslationSource.objects.get(object_id=unit.translation_key).as_instance().lead == live


def test_texts_that_are_handed_to_translators_twice_at_once_are_there_once(course: FixtureCourse) -> None:
    unit = course.units["digital-strategy"]
    make_translation(unit, "nl")
    UnitPage.objects.filter(pk=unit.pk).update(lead=LEAD)
    meet = meeting()

    def hand_over() -> bool:
        # Here it has been seen that the lead is another.
        with after('FROM "wagtail_localize_translationsource"', meet):
            return submit(UnitPage.objects.get(pk=unit.pk))[1]

    assert sorted(run_together([hand_over, hand_over])) == [False, True]
    segments = StringSegment.objects.filter(source__object_id=unit.translation_key, string__data=LEAD)
    assert segments.count() == 1
