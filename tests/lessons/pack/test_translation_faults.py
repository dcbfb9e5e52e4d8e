"""What is wrong with a PO file is told with its place, and nothing is half loaded."""

import shutil
from pathlib import Path

import pytest

from openmuseums.segments.catalogues import read_catalogue
from tests.packs import (
    change,
    line_of,
    po_file,
    translate,
)
from tests.translations import LEAD, STEP, problems


@pytest.mark.django_db
def test_po_file_of_another_course_is_refused(pack: Path) -> None:
    translate(pack, "nl")
    change(pack, "translations/nl.po", '"X-Course: ', '"X-Course: another-')
    ((file, line, message),) = problems(pack)
    assert (file, line) == ("translations/nl.po", 1)
    assert message.startswith("This PO file is of another course (“another-")


@pytest.mark.django_db
def test_po_file_of_another_language_is_refused(pack: Path) -> None:
    shutil.copyfile(translate(pack, "nl"), po_file(pack, "el"))
    assert problems(pack) == [("translations/el.po", 1, "This PO file holds the language “nl”, not “el”.")]


@pytest.mark.django_db
def test_po_file_with_a_broken_line_is_refused(pack: Path) -> None:
    path = translate(pack, "nl")
    line, _column = change(pack, "translations/nl.po", f'msgid "{LEAD}"', f'msgid "{LEAD}')
    assert problems(pack) == [("translations/nl.po", line, "This is no PO file: wrong syntax.")]
    assert path.exists()


@pytest.mark.django_db
def test_po_files_of_no_language_of_the_site_are_refused(pack: Path) -> None:
    shutil.copyfile(translate(pack, "nl"), po_file(pack, "de"))
    (pack / "translations/notes.txt").write_text("", encoding="utf-8")
    (pack / "translations/it.po").symlink_to(po_file(pack, "nl"))
    assert problems(pack) == [
        (
            "translations/de.po",
            1,
            "The site has no language “de” to translate into. It has: nl, el, it, es.",
        ),
        ("translations/it.po", 1, "Links to other files are not followed. Put the file itself here."),
        ("translations/notes.txt", 1, "Only PO files belong here, each called by the code of its language."),
    ]


@pytest.mark.django_db
def test_translations_that_lose_a_link_or_are_too_long_are_refused(pack: Path) -> None:
    path = translate(pack, "nl", title="T" * 256)
    catalogue = read_catalogue(path)
    linked = next(message for message in catalogue.messages if 'id="a1"' in message.source)
    linked.translation = "Zonder koppeling."
    path.write_text(catalogue.text(), encoding="utf-8")
    assert set(problems(pack)) >= {
        ("translations/nl.po", linked.line, "The links a1, a2 of the source are missing."),
        (
            "translations/nl.po",
            line_of(path, f'{STEP}.title"'),
            "This translation is too long: 256 characters, of 120 at most.",
        ),
    }


@pytest.mark.django_db
def test_what_a_page_says_against_a_translation_is_told_with_its_place(pack: Path) -> None:
    path = translate(pack, "nl")
    catalogue = read_catalogue(path)
    linked = next(message for message in catalogue.messages if "guide of a museum" in message.source)
    linked.translation = linked.source.replace("guide of a museum", "https://example.org/")
    path.write_text(catalogue.text(), encoding="utf-8")
    found = problems(pack)
    assert [(file, line) for file, line, _message in found] == [
        ("translations/nl.po", line_of(path, "https://example.org/</a>"))
    ]
