"""Resources that are for readers of some languages only."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.utils.translation import override

from lessons.models import CoursePage, UnitPage
from lessons.pack.dumping import dump_course
from lessons.pack.problems import PackError
from openmuseums.editorial.checks import findings_of
from openmuseums.segments.units import units_of
from tests.factories import block, item, make_home, make_lesson, make_unit, publish
from tests.packs import SMALL, STRATEGY, change, files_of, have_loaded, load

LINE = "        note: Short.\n"


def resource(title: str, *languages: str) -> dict[str, Any]:
    address = f"https://{title.lower()}.example.org/"
    values = {"title": title, "address": address, "language": "en", "kind": "article", "note": ""}
    return item({**values, "languages": list(languages)})


def resources(*items: dict[str, Any]) -> dict[str, Any]:
    return block("resources", {"items": list(items), "topics": []})


@pytest.fixture
def unit(db: None) -> UnitPage:
    course = publish(make_home(), CoursePage(title="The course", slug="open-museums", key="open-museums"))
    return make_unit(make_lesson(course, "marketing"), "digital-strategy")


def copy_of_small(folder: Path) -> Path:
    return Path(shutil.copytree(SMALL, folder / "pack"))


def titles_shown(unit: UnitPage, language: str) -> list[str]:
    """Return the titles that readers of a language are shown."""
    with override(language):
        html = "".join(str(child.render()) for child in unit.body)
    return [title for title in ("Everybody", "Dutch", "Both") if f">{title}</a>" in html]


def test_resources_are_shown_to_their_readers(unit: UnitPage) -> None:
    unit.body = [resources(resource("Everybody"), resource("Dutch", "nl"), resource("Both", "nl", "en"))]
    assert {code: titles_shown(unit, code) for code in ("en", "nl", "el")} == {
        "en": ["Everybody", "Both"],
        "nl": ["Everybody", "Dutch", "Both"],
        "el": ["Everybody"],
    }


def test_list_without_a_resource_for_the_reader_is_not_begun(unit: UnitPage) -> None:
    unit.body = [resources(resource("Dutch", "nl"))]
    with override("en"):
        assert "class=" not in unit.body[0].render()


def test_resource_stored_before_languages_were_is_for_everybody(unit: UnitPage) -> None:
    old = resource("Everybody")
    del old["value"]["languages"]
    unit.body = [resources(old)]
    assert titles_shown(unit, "el") == ["Everybody"]


def test_languages_of_readers_are_no_text_to_translate(unit: UnitPage) -> None:
    unit.body = [resources(resource("Dutch", "nl"))]
    paths = [found.path.rpartition(".")[2] for found in units_of(unit) if found.path.startswith("body")]
    assert paths == ["title", "address"]


def test_language_whose_readers_are_shown_nothing_is_a_remark(unit: UnitPage) -> None:
    unit.body = [resources(resource("Dutch", "nl", "en", "el", "it"))]
    found = [finding for finding in findings_of(unit) if finding.code == "no-resource-for-readers"]
    assert [(finding.level.value, str(finding.message)) for finding in found] == [
        ("remark", "Readers of this language are shown no resource here: Spanish.")
    ]


@pytest.mark.django_db
def test_pack_holds_the_languages_of_readers(tmp_path: Path, settings: LazySettings) -> None:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    pack = copy_of_small(tmp_path)
    change(pack, STRATEGY, LINE, LINE + "        languages: [nl, el]\n")
    have_loaded(pack)
    (child,) = [child for child in UnitPage.objects.get(key="digital-strategy").body if child.block_type == "resources"]
    assert [found["languages"] for found in child.value["items"]] == [["nl", "el"]]
    dump_course(tmp_path / "dump")
    assert files_of(tmp_path / "dump") == files_of(pack)


@pytest.mark.django_db
def test_pack_with_a_language_that_the_site_has_not_is_refused(tmp_path: Path) -> None:
    pack = copy_of_small(tmp_path)
    line, _column = change(pack, STRATEGY, LINE, LINE + "        languages: [xx]\n")
    with override("en"), pytest.raises(PackError) as caught:
        load(pack)
    assert [str(problem) for problem in caught.value.problems] == [
        f"{STRATEGY}:{line + 1}:21: “xx” is not known here. It must be one of: en, nl, el, it, es."
    ]
