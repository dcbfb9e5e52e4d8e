"""As of when something is known: who reads it, who may write which day, and that a pack holds it."""

import datetime as dt
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override

from lessons.blocks.ageing import KnownOnBlock
from lessons.blocks.body import unit_blocks
from lessons.blocks.cases import case_blocks
from lessons.models import CoursePage, UnitPage
from lessons.pack.dumping import dump_course
from lessons.pack.problems import PackError
from lessons.pack.stamping import stamp_course
from openmuseums.editorial.checks import findings_of
from openmuseums.home.blocks import standing_blocks
from openmuseums.segments.units import units_of
from tests.factories import block, item, make_home, make_lesson, make_unit, publish
from tests.packs import SMALL, STRATEGY, change, files_of, have_loaded, load

DAY = "2025-06-30"
AGEING = ["rich_text", "callout", "steps", "comparison_table", "chart", "case_study"]
RESOURCE = "        note: Short.\n"


def body(known_on: str | None) -> list[dict[str, Any]]:
    """Return a block of each kind that ages, with a day."""
    rows = [block("row", [block("cell", "Newsletter"), block("cell", "An afternoon")])]
    columns = [block("column", "Way"), block("column", "Costs")]
    values: dict[str, dict[str, Any]] = {
        "rich_text": {"text": "<p>It is free.</p>"},
        "callout": {"kind": "tip", "text": "<p>It is free.</p>"},
        "steps": {"title": "Steps", "items": [item({"title": "One", "text": ""}), item({"title": "Two", "text": ""})]},
        "comparison_table": {"caption": "Two ways", "columns": columns, "rows": rows},
        "chart": {"title": "Plans", "unit": "museums", "bars": [], "source_title": "NEMO", "year": 2020},
        "case_study": {"title": "A case", "museum": "A museum", "country": "NL", "source_title": "NEMO"},
    }
    resource = {"title": "NEMO", "address": "https://www.ne-mo.org/", "language": "en", "kind": "article"}
    return [
        *(block(name, {**values[name], "known_on": known_on, "topics": []}) for name in AGEING),
        block("resources", {"items": [item({**resource, "known_on": known_on})], "topics": []}),
    ]


@pytest.fixture
def unit(db: None) -> UnitPage:
    course = publish(make_home(), CoursePage(title="The course", slug="open-museums", key="open-museums"))
    return make_unit(make_lesson(course, "marketing"), "digital-strategy")


def said(unit: UnitPage, language: str) -> dict[str, list[str]]:
    """Return what each block says of its age in a language."""
    with override(language):
        html = {child.block_type: str(child.render()) for child in unit.body}
    return {name: re.findall(r">([^<>]*30[^<>]*2025)<", text) for name, text in html.items()}


@pytest.mark.parametrize(("language", "month"), [("en", "June"), ("el", "Ιουνίου"), ("nl", "juni")])
def test_reader_is_told_once_in_each_block_in_the_own_language(unit: UnitPage, language: str, month: str) -> None:
    unit.body = body(DAY)
    found = said(unit, language)
    assert list(found) == [*AGEING, "resources"]
    assert {name: [text.endswith(f"30 {month} 2025") for text in texts] for name, texts in found.items()} == {
        name: [True] for name in found
    }


def test_block_without_a_day_says_nothing(unit: UnitPage) -> None:
    unit.body = body(None)
    with override("en"):
        assert [child.block_type for child in unit.body if "As known on" in child.render()] == []


def test_block_stored_before_there_were_days_is_shown(unit: UnitPage) -> None:
    unit.body = [block("rich_text", {"text": "<p>It is free.</p>", "topics": []})]
    assert unit.body[0].value["known_on"] is None
    with override("en"):
        assert "As known on" not in unit.body[0].render()


def test_day_is_no_text_to_translate(unit: UnitPage) -> None:
    unit.body = body(DAY)
    assert [found.path for found in units_of(unit) if DAY in found.source or "known_on" in found.path] == []


def test_blocks_of_cases_and_standing_pages_do_not_ask_for_it() -> None:
    streams = {"unit": unit_blocks(), "case": case_blocks(), "standing": standing_blocks()}
    asking = {
        where: [name for name, found in blocks if "known_on" in getattr(found, "child_blocks", {})]
        for where, blocks in streams.items()
    }
    assert asking == {
        "unit": ["rich_text", "callout", "steps", "comparison_table", "chart", "case_study"],
        "case": [],
        "standing": [],
    }


def test_day_still_to_come_is_refused_and_today_is_not() -> None:
    today = timezone.localdate()
    field = KnownOnBlock()
    assert field.clean(today) == today
    assert field.clean(None) is None
    with override("en"), pytest.raises(ValidationError) as caught:
        field.clean(today + dt.timedelta(days=1))
    assert caught.value.messages == [
        "This day is still to come. Write the day on which you knew it, or leave it empty."
    ]


def test_day_still_to_come_that_was_loaded_is_a_remark(unit: UnitPage) -> None:
    unit.body = body((timezone.localdate() + dt.timedelta(days=1)).isoformat())
    found = [finding for finding in findings_of(unit) if finding.code == "known-too-soon"]
    assert [finding.level.value for finding in found] == ["remark"] * 7
    unit.body = body(timezone.localdate().isoformat())
    assert [finding for finding in findings_of(unit) if finding.code == "known-too-soon"] == []


def pack_with_days(folder: Path, day: str = f'"{DAY}"') -> Path:
    """Return a pack with a day in each block of a unit that ages."""
    pack = Path(shutil.copytree(SMALL, folder / "pack"))
    path = pack / STRATEGY
    text, ageing = "", False
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
        begins = line.startswith(("  - id:", "children:", "search_description:"))
        if line.startswith("    topics:") or begins:
            text += f"    known_on: {day}\n" if ageing else ""
            ageing = False
        ageing = line.strip().removeprefix("type: ") in AGEING or ageing
        text += line
    path.write_text(text + (f"    known_on: {day}\n" if ageing else ""), encoding="utf-8")
    change(pack, STRATEGY, RESOURCE, f"{RESOURCE}        known_on: {day}\n")
    return pack


@pytest.mark.django_db
def test_pack_holds_the_days(tmp_path: Path, settings: LazySettings) -> None:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    pack = pack_with_days(tmp_path)
    have_loaded(pack)
    unit = UnitPage.objects.get(key="digital-strategy")
    assert {child.block_type for child in unit.body if child.value.get("known_on") == dt.date(2025, 6, 30)} == {*AGEING}
    (resources,) = [child for child in unit.body if child.block_type == "resources"]
    assert [found["known_on"] for found in resources.value["items"]] == [dt.date(2025, 6, 30)]
    dump_course(tmp_path / "dump")
    assert files_of(tmp_path / "dump") == files_of(pack)


@pytest.mark.django_db
def test_second_load_of_days_writes_nothing_and_another_day_is_loaded(tmp_path: Path, settings: LazySettings) -> None:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    pack = pack_with_days(tmp_path)
    have_loaded(pack)
    before = UnitPage.objects.get(key="digital-strategy").latest_revision_id
    load(pack)
    assert UnitPage.objects.get(key="digital-strategy").latest_revision_id == before
    change(pack, STRATEGY, DAY, "2026-01-31", count=-1)
    load(pack)
    unit = UnitPage.objects.get(key="digital-strategy")
    assert [child.value["known_on"] for child in unit.body if child.block_type == "callout"] == [dt.date(2026, 1, 31)]


@pytest.mark.django_db
def test_stamping_writes_days_in_quotes(tmp_path: Path) -> None:
    plain = pack_with_days(tmp_path / "plain", day=DAY)
    stamp_course(plain)
    assert files_of(plain) == files_of(pack_with_days(tmp_path / "quoted"))


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["soon", '"2025-6-30"', '"30 June 2025"', "20250630", '"2025-W27-1"', '"2025-02-30"'])
def test_what_is_no_day_is_refused(tmp_path: Path, day: str) -> None:
    pack = Path(shutil.copytree(SMALL, tmp_path / "pack"))
    line, _column = change(pack, STRATEGY, RESOURCE, f"{RESOURCE}        known_on: {day}\n")
    with override("en"), pytest.raises(PackError) as caught:
        load(pack)
    assert [str(problem) for problem in caught.value.problems] == [
        f"{STRATEGY}:{line + 1}:19: A date belongs here, such as “2026-11-21”."
    ]


@pytest.mark.django_db
def test_pack_loads_with_a_day_still_to_come(tmp_path: Path, settings: LazySettings) -> None:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    pack = Path(shutil.copytree(SMALL, tmp_path / "pack"))
    change(pack, STRATEGY, RESOURCE, f'{RESOURCE}        known_on: "2999-12-31"\n')
    load(pack)
    unit = UnitPage.objects.get(key="digital-strategy")
    assert [finding.code for finding in findings_of(unit) if finding.code == "known-too-soon"] == ["known-too-soon"]
