"""A translation waits for its source to be public."""

import datetime as dt
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry
from wagtail_localize.models import Translation

from lessons.models import UnitPage
from openmuseums.editorial.gate import NotFitToPublish
from openmuseums.editorial.models import REFUSED
from openmuseums.segments.producing import produce
from tests.translation.gate.spoiling import codes, headings, spoil
from tests.translation.gate.ways import WAYS


@pytest.mark.parametrize("way", WAYS[:3], ids=[way.__name__ for way in WAYS[:3]])
def test_translation_of_a_withdrawn_page_goes_public_by_no_way(
    source: UnitPage, unit: UnitPage, way: Callable[[UnitPage], None]
) -> None:
    source.unpublish()
    assert headings() == []
    with pytest.raises(NotFitToPublish) as refused:
        way(UnitPage.objects.get(pk=unit.pk))
    assert [str(finding.message) for finding in refused.value.findings] == [
        "The page that this one translates is not public. It is published first, then its translations."
    ]
    assert headings() == []


def test_schedule_of_a_translation_is_given_up_where_its_source_was_withdrawn(source: UnitPage, unit: UnitPage) -> None:
    source.unpublish()
    page = UnitPage.objects.get(pk=unit.pk)
    page.go_live_at = timezone.now() - dt.timedelta(hours=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    call_command("publish_scheduled", stdout=StringIO())
    assert headings() == []
    assert PageLogEntry.objects.get(action=REFUSED).page_id == unit.pk


@pytest.mark.parametrize("make", [produce, lambda entry, publish: entry.save_target(publish=publish)])
def test_translation_of_a_withdrawn_page_is_made_as_a_draft_and_no_more(
    source: UnitPage, unit: UnitPage, make: Callable[..., Any]
) -> None:
    source.unpublish()
    entry = Translation.objects.get(source__object_id=unit.translation_key)
    with pytest.raises(NotFitToPublish) as refused, TestCase.captureOnCommitCallbacks(execute=True):
        make(entry, publish=True)
    assert (codes(refused), headings()) == (["source-not-public"], [])
    make(entry, publish=False)
    assert headings() == []


def test_withdrawn_translation_can_be_published_after_its_source(
    source: UnitPage, unit: UnitPage, root: Client
) -> None:
    source.unpublish()
    address = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'publish'])}?id={unit.pk}&next=/admin/"
    root.post(address)
    assert headings() == []
    UnitPage.objects.get(pk=source.pk).save_revision().publish()
    root.post(address)
    assert headings() == ["Waar te beginnen"]


def test_half_a_translation_is_refused_also_where_the_source_was_withdrawn_behind_its_back(
    source: UnitPage, unit: UnitPage
) -> None:
    UnitPage.objects.filter(pk=source.pk).update(live=False)
    spoilt = spoil(unit, "below 100 %")
    spoilt.live = True
    with pytest.raises(NotFitToPublish) as refused:
        spoilt.save()
    assert codes(refused) == ["not-translated"]
