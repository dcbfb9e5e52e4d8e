"""Catalogues compiled without gettext's programs."""

import gettext
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from openmuseums.catalogues.compiling import compile_catalogue, is_compiled, sources

CATALOGUE = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Begin"
msgstr "Ξεκινήστε"

msgid "%(n)s unit"
msgid_plural "%(n)s units"
msgstr[0] "%(n)s ενότητα"
msgstr[1] "%(n)s ενότητες"

msgctxt "facet"
msgid "Use"
msgstr "Χρήση"

#, fuzzy
msgid "Not sure"
msgstr "Ίσως"

msgid "Not yet"
msgstr ""
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "el" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(CATALOGUE, encoding="utf-8")
    return path


def test_compiled_catalogue_is_read_by_gettext(source: Path, tmp_path: Path) -> None:
    assert compile_catalogue(source) == 3
    words = gettext.translation("django", tmp_path, ["el"])
    assert words.gettext("Begin") == "Ξεκινήστε"
    assert [words.ngettext("%(n)s unit", "%(n)s units", n) for n in (1, 2)] == ["%(n)s ενότητα", "%(n)s ενότητες"]
    assert words.pgettext("facet", "Use") == "Χρήση"


def test_fuzzy_and_missing_translations_stay_in_the_source_language(source: Path, tmp_path: Path) -> None:
    compile_catalogue(source)
    words = gettext.translation("django", tmp_path, ["el"])
    assert [words.gettext(text) for text in ("Not sure", "Not yet")] == ["Not sure", "Not yet"]


def test_catalogue_is_compiled_until_it_changes(source: Path) -> None:
    assert not is_compiled(source)
    compile_catalogue(source)
    assert is_compiled(source)
    compiled = source.with_suffix(".mo").stat().st_mtime_ns
    os.utime(source, ns=(compiled + 1, compiled + 1))
    assert not is_compiled(source)


def test_broken_catalogue_leaves_the_compiled_one_alone(source: Path, settings: Settings) -> None:
    settings.LOCALE_PATHS = [source.parents[2]]
    compile_catalogue(source)
    before = source.with_suffix(".mo").read_bytes()
    source.write_text('msgid "Begin\nmsgstr', encoding="utf-8")
    with pytest.raises(CommandError, match=r"django\.po cannot be compiled"):
        call_command("compile_catalogues", all=True)
    assert source.with_suffix(".mo").read_bytes() == before
    assert sorted(path.name for path in source.parent.iterdir()) == ["django.mo", "django.po"]


def test_command_compiles_what_changed_and_says_so(
    source: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.LOCALE_PATHS = [source.parents[2]]
    call_command("compile_catalogues")
    assert capsys.readouterr().out == "el: 3 messages\n1 catalogues compiled\n"
    call_command("compile_catalogues")
    assert capsys.readouterr().out == "0 catalogues compiled\n"


def test_sources_are_the_catalogues_of_all_folders(source: Path, tmp_path: Path) -> None:
    assert list(sources([tmp_path, tmp_path / "not-there"])) == [source]


@pytest.mark.parametrize("wrong", ["%(count)s ενότητες", "%(n) ενότητες"])
def test_translation_that_would_fail_on_a_page_is_refused_and_the_old_file_stays(
    settings: Settings, source: Path, tmp_path: Path, wrong: str
) -> None:
    settings.LOCALE_PATHS = [tmp_path]
    call_command("compile_catalogues")
    compiled = source.with_suffix(".mo").read_bytes()
    source.write_text(CATALOGUE.replace("%(n)s ενότητες", wrong), encoding="utf-8")
    with pytest.raises(CommandError) as refusal:
        call_command("compile_catalogues", "--all")
    place = "count)s" if "count" in wrong else "n)"
    assert str(refusal.value) == (
        f"{source} cannot be compiled: line 9: the translation of “%(n)s unit” has %({place}, "
        "which its source does not have"
    )
    assert source.with_suffix(".mo").read_bytes() == compiled
