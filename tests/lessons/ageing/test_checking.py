"""Checks of sources: what readers see of them, in which languages, until when, and what they cost."""

import datetime as dt
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lessons.ageing.checking import HasChangedError, check_source
from lessons.models import SourceCheck, UnitPage
from openmuseums.append_only import RowKeptError
from openmuseums.editorial.kinds import ChangeKind
from tests.factories import NOW, FixtureCourse, make_editor, make_translation
from tests.lessons.ageing.making import case, parts_of, resources, text, unit_with
from tests.packs import SMALL, STRATEGY, change, have_loaded, load

WORDS = "It cost ten euros."


def check(unit: UnitPage, name: str, now: dt.datetime = NOW, by: Any = None) -> None:
    part = parts_of(unit)[name]
    check_source(page=UnitPage.objects.get(pk=unit.pk), place=part.place, digest=part.digest, by=by, now=now)


def said(client: Client, unit: UnitPage, language: str = "en") -> list[str]:
    """Return what readers of a unit are told of the age of its parts."""
    html = client.get(unit.url.replace("/en/", f"/{language}/", 1)).content.decode()
    return re.findall(r'<p(?: class="source")?>([^<]* 20\d\d)</p>', html)


def test_check_is_shown_in_place_of_the_authors_day(course: FixtureCourse, client: Client) -> None:
    unit = unit_with(course, text(WORDS, "2025-06-30"), case(), resources(alpha="2025-01-31", beta=None))
    assert said(client, unit) == ["As known on 30 June 2025", "As known on 31 January 2025"]
    for name in (WORDS, "A case", "beta"):
        check(unit, name)
    assert said(client, unit) == [
        "Checked on 2 November 2026",
        "Checked on 2 November 2026",
        "As known on 31 January 2025",
        "Checked on 2 November 2026",
    ]


def test_reader_who_had_the_page_is_sent_it_again_after_a_check(course: FixtureCourse, client: Client) -> None:
    unit = unit_with(course, text(WORDS, "2025-06-30"))
    etag = client.get(unit.url).headers["ETag"]
    assert client.get(unit.url, headers={"If-None-Match": etag}).status_code == 304
    check(unit, WORDS)
    assert client.get(unit.url, headers={"If-None-Match": etag}).status_code == 200


def test_check_of_a_page_leaves_others_where_they_are_kept(course: FixtureCourse, client: Client) -> None:
    unit, other = unit_with(course, text(WORDS, "2025-06-30")), course.units["channels-and-media"]
    etag = client.get(other.url).headers["ETag"]
    check(unit, WORDS)
    assert client.get(other.url, headers={"If-None-Match": etag}).status_code == 304


def test_check_of_what_is_changed_is_void(course: FixtureCourse, client: Client) -> None:
    unit = unit_with(course, text(WORDS, "2025-06-30"))
    check(unit, WORDS)
    body = list(unit.body.raw_data)
    body[-1] = {**body[-1], "value": {**body[-1]["value"], "text": "<p>It costs twelve euros.</p>"}}
    unit.body = body
    unit.save_revision().publish()
    assert said(client, unit) == ["As known on 30 June 2025"]
    body[-1] = {**body[-1], "value": {**body[-1]["value"], "text": f"<p>{WORDS}</p>"}}
    unit.body = body
    unit.save_revision().publish()
    assert said(client, unit) == ["Checked on 2 November 2026"]


def test_day_that_an_author_wrote_after_a_check_is_shown(course: FixtureCourse, client: Client) -> None:
    unit = unit_with(course, text(WORDS, "2026-11-03"))
    check(unit, WORDS)
    assert said(client, unit) == ["As known on 3 November 2026"]
    check(unit, WORDS, NOW + dt.timedelta(days=1))
    assert said(client, unit) == ["Checked on 3 November 2026"]


def test_draft_is_no_part_of_what_was_checked(course: FixtureCourse) -> None:
    unit = unit_with(course, text(WORDS, "2025-06-30"))
    seen = parts_of(unit)[WORDS]
    body = list(unit.body.raw_data)
    body[-1] = {**body[-1], "value": {**body[-1]["value"], "text": "<p>It costs twelve euros.</p>"}}
    unit.body = body
    unit.save_revision()
    check_source(page=UnitPage.objects.get(pk=unit.pk), place=seen.place, digest=seen.digest, by=None, now=NOW)
    unit.get_latest_revision().publish()
    with pytest.raises(HasChangedError):
        check_source(page=UnitPage.objects.get(pk=unit.pk), place=seen.place, digest=seen.digest, by=None, now=NOW)
    with pytest.raises(HasChangedError):
        check_source(page=UnitPage.objects.get(pk=unit.pk), place=("gone", ""), digest=seen.digest, by=None, now=NOW)
    assert SourceCheck.objects.count() == 1


def test_translation_tells_of_a_check_in_its_own_words_while_it_says_the_same(
    course: FixtureCourse, client: Client
) -> None:
    unit = unit_with(course, text(WORDS, "2025-06-30"))
    make_translation(unit, "el")
    assert [words.endswith("30 Ιουνίου 2025") for words in said(client, unit, "el")] == [True]
    check(unit, WORDS)
    assert [words.endswith("2 Νοεμβρίου 2026") for words in said(client, unit, "el")] == [True]
    # Another part of the source changes, and then the part is checked again: the translation says the old text.
    source = UnitPage.objects.get(pk=unit.pk)
    source.lead, source.chosen_kind = "Something else entirely.", ChangeKind.MEANING
    source.save_revision().publish()
    check(unit, WORDS, NOW + dt.timedelta(days=5))
    assert said(client, unit) == ["Checked on 7 November 2026"]
    assert [words.endswith("30 Ιουνίου 2025") for words in said(client, unit, "el")] == [True]


def test_page_with_checks_asks_the_database_no_more(course: FixtureCourse, client: Client) -> None:
    unit = unit_with(course, text(WORDS, "2025-06-30"), resources(alpha=None))

    def asked() -> int:
        client.get(unit.url)
        with CaptureQueriesContext(connection) as captured:
            client.get(unit.url)
        return len(captured)

    before = asked()
    check(unit, WORDS)
    check(unit, "alpha")
    assert asked() == before


def test_checks_say_who_and_stay(course: FixtureCourse) -> None:
    unit, editor = unit_with(course, text(WORDS, "2025-06-30")), make_editor()
    check(unit, WORDS, by=editor)
    check(unit, WORDS, NOW + dt.timedelta(hours=1), by=make_editor())  # the same day: it has been said
    row = SourceCheck.objects.get()
    assert (row.by, row.checked_on) == (editor, NOW.date())
    with pytest.raises(RowKeptError):
        row.save()
    editor.delete()
    assert SourceCheck.objects.get().by is None


@pytest.mark.django_db
def test_loading_a_pack_again_keeps_checks_of_what_it_does_not_change(tmp_path: Path, settings: LazySettings) -> None:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    pack = Path(shutil.copytree(SMALL, tmp_path / "pack"))
    change(pack, STRATEGY, "    kind: tip\n", '    kind: tip\n    known_on: "2025-06-30"\n')
    have_loaded(pack)
    unit = UnitPage.objects.get(key="digital-strategy")
    seen = parts_of(unit)
    for name in seen:
        check(unit, name)
    change(pack, STRATEGY, '"2025-06-30"', '"2026-01-31"')
    change(pack, STRATEGY, "https://example.org/report", "https://example.org/report-of-2026")
    load(pack, force=True)
    valid = {row.digest for row in SourceCheck.objects.all()}
    # The chart leads elsewhere by now.
    assert [part.name for part in parts_of(unit).values() if part.digest not in valid] == ["Plans"]
    assert SourceCheck.objects.count() == len(seen) > 2
