"""After a deploy that changed blocks, editions, sources and stamps are in line again."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.blocks import StreamBlock
from wagtail_localize.models import StringSegment, Translation, TranslationLog, TranslationSource

from lessons.models import UnitPage
from openmuseums.editorial.checks import errors_of
from openmuseums.segments.models import SourceEdition, TranslationStamp
from openmuseums.segments.producing import produce
from openmuseums.segments.states import State, state_of
from tests.factories import FixtureCourse, make_translation
from tests.packs import rows_of_everything


def said(*options: str) -> str:
    out = StringIO()
    call_command("sync_translation_sources", *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def unit(course: FixtureCourse) -> UnitPage:
    """Return a unit in Dutch, of a site in which all is in line."""
    page = make_translation(course.units["digital-strategy"], "nl")
    said()
    return page


@pytest.mark.usefixtures("unit")
def test_command_does_nothing_where_all_is_in_line() -> None:
    before = rows_of_everything()
    assert said() == "Everything is in line.\n"
    assert rows_of_everything() == before


def forget(page: UnitPage) -> None:
    """Have a page be of a time before editions were kept."""
    TranslationStamp.objects.filter(edition__page_key=page.translation_key)._raw_delete("default")
    SourceEdition.objects.filter(page_key=page.translation_key)._raw_delete("default")


def test_pages_that_are_older_than_editions_get_one_and_their_translations_a_stamp(unit: UnitPage) -> None:
    forget(unit)
    before = rows_of_everything()
    told = said("--dry-run")
    assert rows_of_everything() == before
    assert said() == told
    assert "Known now what it was made from (1):" in told
    state = state_of(unit.translation_key, "nl")
    assert (state.state, state.live.number) == (State.LIVE, 1)
    assert said() == "Everything is in line.\n"


def test_translation_of_what_translators_were_given_before_is_behind(unit: UnitPage) -> None:
    source = UnitPage.objects.get(translation_key=unit.translation_key, locale__language_code="en")
    forget(unit)
    UnitPage.objects.filter(pk=source.pk).update(lead="Something else.")
    said()
    assert state_of(unit.translation_key, "nl").state == State.LIVE_BEHIND


def test_translation_that_nobody_knows_the_source_of_is_named(unit: UnitPage) -> None:
    forget(unit)
    long_ago = timezone.now() - dt.timedelta(days=30)
    TranslationLog.objects.update(created_at=long_ago)
    assert "Made from an edition that nobody kept; look at it in the admin (1):\n" in said()


def test_kind_of_block_that_a_deploy_took_out_leaves_every_translation_working(
    unit: UnitPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    block = UnitPage._meta.get_field("body").stream_block
    assert isinstance(block, StreamBlock)
    monkeypatch.delitem(block.child_blocks, "activity")
    source = TranslationSource.objects.get(object_id=unit.translation_key)
    assert StringSegment.objects.filter(source=source, string__data="Do it yourself").exists()
    told = said()
    assert "Given to translators anew (1):" in told
    assert not StringSegment.objects.filter(source=source, string__data="Do it yourself").exists()
    assert state_of(unit.translation_key, "nl").state == State.LIVE
    assert errors_of(UnitPage.objects.get(pk=unit.pk)) == []
    page = produce(Translation.objects.get(source=source), publish=True)
    assert [child.block_type for child in page.body] == ["heading", "rich_text", "single_choice"]
    assert said() == "Everything is in line.\n"
