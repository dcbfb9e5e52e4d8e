"""By no way of Wagtail's or wagtail-localize's does half a translation go public."""

import datetime as dt
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import TestCase
from django.utils import timezone
from wagtail.models import PageLogEntry
from wagtail_localize.models import StringTranslation, Translation

from lessons.models import UnitPage
from openmuseums.editorial.gate import NotFitToPublish
from openmuseums.editorial.models import REFUSED
from openmuseums.segments.producing import produce
from tests.translation.gate.spoiling import GOOD, SPOILT, codes, force, headings, public_texts, spoil
from tests.translation.gate.ways import WAYS, by_revision, by_saving_live


@pytest.mark.parametrize("how", SPOILT)
@pytest.mark.parametrize("way", WAYS, ids=[way.__name__ for way in WAYS])
def test_way_that_no_form_leads_is_closed(unit: UnitPage, way: Callable[[UnitPage], None], how: str) -> None:
    page = spoil(unit, how)
    with pytest.raises(NotFitToPublish) as refused:
        way(page)
    assert codes(refused) == [SPOILT[how][2]]
    assert {public_texts(alias) for alias in UnitPage.objects.filter(slug="alias")} <= {("Waar te beginnen", GOOD)}


@pytest.mark.parametrize("how", SPOILT)
def test_refused_publication_leaves_what_is_public(unit: UnitPage, how: str) -> None:
    before = public_texts(unit)
    with pytest.raises(NotFitToPublish):
        by_revision(spoil(unit, how))
    assert public_texts(unit) == before == ("Waar te beginnen", GOOD)


@pytest.mark.parametrize("how", SPOILT)
def test_schedule_that_comes_due_is_given_up_and_the_log_says_why(unit: UnitPage, how: str) -> None:
    page = spoil(unit, how)
    page.go_live_at = timezone.now() - dt.timedelta(hours=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    call_command("publish_scheduled", stdout=StringIO())
    assert public_texts(unit) == ("Waar te beginnen", GOOD)
    entry = PageLogEntry.objects.get(action=REFUSED)
    assert (entry.page_id, len(entry.data["reasons"])) == (unit.pk, 1)


@pytest.mark.parametrize("how", SPOILT)
def test_copy_that_stays_live_is_no_translation(unit: UnitPage, how: str) -> None:
    with pytest.raises(NotFitToPublish) as refused:
        force(spoil(unit, how)).copy(update_attrs={"slug": "copy"}, keep_live=True)
    assert "no-source" in codes(refused)
    assert not UnitPage.objects.filter(slug="copy").exists()


def test_whole_translation_passes_every_way(unit: UnitPage) -> None:
    by_revision(UnitPage.objects.get(pk=unit.pk))
    by_saving_live(UnitPage.objects.get(pk=unit.pk))
    UnitPage.objects.get(pk=unit.pk).create_alias(update_slug="alias")
    by_revision(UnitPage.objects.get(pk=unit.pk))
    assert headings(slug__in=["alias", unit.slug]) == ["Waar te beginnen"] * 2


def keep(how: str) -> None:
    """Keep a translation that has something wrong, as translators do."""
    rows = StringTranslation.objects.filter(locale__language_code="nl")
    if how == "below 100 %":
        rows.filter(translation_of__data="Where to begin").delete()
    elif how == "a lost link":
        rows.filter(data__startswith="Lees").update(data="Lees de hele gids.")
    else:
        rows.filter(data__startswith="Lees").update(data='Lees <a id="a1">hier</a>.')


@pytest.mark.parametrize("is_live", [True, False])
@pytest.mark.parametrize("how", SPOILT)
def test_localize_publishes_nothing_that_is_not_whole(unit: UnitPage, how: str, is_live: bool) -> None:
    if not is_live:
        unit.unpublish()
    keep(how)
    entry = Translation.objects.get(source__object_id=unit.translation_key)
    with pytest.raises(NotFitToPublish) as refused, TestCase.captureOnCommitCallbacks(execute=True):
        entry.save_target(publish=True)
    assert codes(refused) == [SPOILT[how][2]]
    assert UnitPage.objects.get(pk=unit.pk).live is is_live
    if is_live:
        assert public_texts(unit) == ("Waar te beginnen", GOOD)


@pytest.mark.parametrize("how", SPOILT)
def test_producing_publishes_nothing_that_is_not_whole(unit: UnitPage, how: str) -> None:
    keep(how)
    entry = Translation.objects.get(source__object_id=unit.translation_key)
    with pytest.raises(NotFitToPublish) as refused:
        produce(entry, publish=True)
    assert codes(refused) == [SPOILT[how][2]]
    assert public_texts(unit) == ("Waar te beginnen", GOOD)
