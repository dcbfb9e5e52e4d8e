"""PO files brought in line with the texts of a pack, and written from the site."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from wagtail.models import Locale

from lessons.pack.dumping import dump_course
from lessons.pack.stamping import stamp_course
from openmuseums.segments.catalogues import read_catalogue
from tests.factories import in_language
from tests.packs import (
    STRATEGY,
    change,
    files_of,
    have_loaded,
    load,
    po_file,
    translate,
)
from tests.translations import LEAD, STRATEGY_ID, edit_in_cms


@pytest.mark.django_db
def test_stamp_brings_po_files_in_line_with_changed_texts(pack: Path) -> None:
    path = translate(pack, "nl")
    change(pack, STRATEGY, LEAD, "Choose before acting.")
    change(pack, STRATEGY, "title: The digital strategy", "title: Bananas, apples and pears")
    stamp_course(pack)
    messages = {
        (message.context.rpartition(":")[2], message.source): message
        for message in read_catalogue(path).messages
        if message.context.startswith(STRATEGY_ID)
    }
    lead = messages["lead", "Choose before acting."]
    assert (lead.translation, lead.fuzzy, lead.previous) == (in_language(LEAD, "nl"), True, LEAD)
    assert messages["title", "Bananas, apples and pears"].translation == ""
    assert messages["title", "The digital strategy"].obsolete
    before = files_of(pack)
    stamp_course(pack)
    assert files_of(pack) == before


@pytest.mark.django_db
def test_dump_keeps_what_only_the_file_holds(pack: Path) -> None:
    path = translate(pack, "nl")
    have_loaded(pack)
    change(pack, STRATEGY, LEAD, "Choose before acting.")
    change(pack, STRATEGY, "title: The digital strategy", "title: Bananas, apples and pears")
    stamp_course(pack)
    path.write_text(
        path.read_text(encoding="utf-8").replace("#. lead\n", "# Ask the museum.\n#. lead\n", 1), encoding="utf-8"
    )
    load(pack)
    before = files_of(pack)
    dump_course(pack)
    assert files_of(pack) == before


@pytest.mark.django_db
def test_dump_writes_what_was_translated_in_the_cms(pack: Path, tmp_path: Path) -> None:
    translate(pack, "nl")
    have_loaded(pack)
    edit_in_cms(LEAD, "In het CMS.")
    dump_course(tmp_path / "dump")
    (lead,) = [
        message for message in read_catalogue(po_file(tmp_path / "dump", "nl")).messages if message.source == LEAD
    ]
    assert lead.translation == "In het CMS."


@pytest.mark.django_db
def test_dump_of_a_site_in_one_language_writes_no_translations(pack: Path, tmp_path: Path) -> None:
    have_loaded(pack)
    assert dump_course(tmp_path / "dump").languages == []
    assert not (tmp_path / "dump/translations").exists()


@pytest.mark.django_db
def test_stamp_command_begins_a_po_file(pack: Path, capsys: Any) -> None:
    call_command("stamp_course", str(pack), "--language", "nl")
    assert capsys.readouterr().out == "0 ids made.\n"
    assert {message.translation for message in read_catalogue(po_file(pack, "nl")).messages} == {""}


@pytest.mark.django_db
def test_load_command_says_what_is_a_draft(pack: Path, capsys: Any) -> None:
    translate(pack, "nl", without=(LEAD,))
    call_command("load_course", str(pack))
    assert capsys.readouterr().out.split("\n")[0] == (
        "“The digital strategy (nl)” is a draft: 1 text has no translation."
    )


@pytest.mark.django_db
def test_a_pack_in_one_language_needs_no_translations(pack: Path) -> None:
    have_loaded(pack)
    assert list(Locale.objects.values_list("language_code", flat=True)) == ["en"]
