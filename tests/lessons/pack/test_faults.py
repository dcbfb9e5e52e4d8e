"""Every kind of fault in a pack is one message with file, line and column, and the database is as it was."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from lessons.pack.problems import PackError
from lessons.pack.reading import MAX_TEXT_BYTES
from tests.packs import (
    BANK,
    CHANNELS,
    COURSE,
    LESSON,
    QUIZ,
    SAFETY,
    STRATEGY,
    change,
    have_loaded,
    load,
    rows_of_everything,
)

pytestmark = pytest.mark.django_db

FIRST_BLOCK = "f3873db5-1400-4ba2-8822-87d2db84445f"


def problems_of(pack: Path) -> list[str]:
    before = rows_of_everything()
    with pytest.raises(PackError) as caught:
        load(pack)
    assert rows_of_everything() == before
    assert not default_storage.exists("original_images") or default_storage.listdir("original_images") == ([], [])
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("file", "old", "new", "shift", "message"),
    [
        (LESSON, "facilitator-notes]", "facilitator-notes, extra]", 19,
         "The file “home/open-museums/marketing/extra/page.yaml” is missing."),
        (STRATEGY, "type: diagram", "type: diagramm", 6, "There is no block “diagramm” here. Perhaps “diagram”?"),
        (QUIZ, "type: multiple_choice", "type: heading", 6, "There is no block “heading” here."),
        (STRATEGY, "topics: [swot]", "topics: [swott]", 9, "“swott” is not known here. Perhaps “swot”?"),
        (QUIZ, "topic: smart", "topic: clever", 7, "“clever” is not known here."),
        (
            QUIZ, "facet: make", "facet: love", 7,
            "“love” is not known here. It must be one of: use, manage, make, understand.",
        ),
        (STRATEGY, "country: GB", "country: Great-Britain", 9, "“Great-Britain” is not known here."),
        (
            STRATEGY, "kind: tip", "kind: hint", 6,
            "“hint” is not known here. It must be one of: tip, warning, remember.",
        ),
        (STRATEGY, "diagram: swot", "diagram: swat", 9, "“swat” is not known here. Perhaps “swot”?"),
        (STRATEGY, "facets: [manage, make]", "facets: [manage, manage]", 17, "“manage” stands here twice."),
        (STRATEGY, "image: coin", "image: coins", 7, "“media” holds no “coins”. Perhaps “coin”?"),
        (STRATEGY, "captions: captions", "captions: coin", 10, "“media” holds no “coin”."),
        (
            CHANNELS, "document:plan", "document:plans", None,
            "The pack holds nothing that “document:plans” leads to.",
        ),
        (
            SAFETY, "page:open-museums/marketing/digital-strategy", "page:open-museums/nowhere", None,
            "The pack holds nothing that “page:open-museums/nowhere” leads to.",
        ),
        (STRATEGY, "lead: ", "leed: ", 0, "There is no field “leed” here. Perhaps “lead”?"),
        (STRATEGY, "    level: h2", "    levels: h2", 4, "There is no field “levels” here. Perhaps “level”?"),
        (STRATEGY, "minutes_to_read: 3", "minutes_to_read: three", 17, "A whole number belongs here."),
        (STRATEGY, "value: 45.5", "value: much", 7, "A number belongs here, with a point before decimals."),
        (STRATEGY, "right: true", "right: 1", 7, "“true” or “false” belongs here."),
        (STRATEGY, "year: 2020", "year: 2101", 6, "Ensure this value is less than or equal to 2100."),
        (STRATEGY, "title: SWOT", "title: 2020", 7, "Text belongs here. Put it in quotes."),
        (STRATEGY, "title: SWOT", "title: no", 7, "Text belongs here. Put it in quotes."),
        (STRATEGY, "title: SWOT", "title: 2026-11-21", 7, "Text belongs here. Put it in quotes."),
        (STRATEGY, "title: SWOT", "title:", 6, "Text belongs here."),
        (STRATEGY, "title: SWOT", 'title: ""', 7, "“title” must not be empty."),
        (
            STRATEGY, "address: https://example.org/coin", "address: nowhere", 9,
            "Enter a valid URL.",
        ),
        (STRATEGY, "outcomes:\n", "outcomes: none\nx:\n", 10, "A list belongs here."),
        (QUIZ, "pass_mark: 60", "pass_mark: 160", 11, "Ensure this value is less than or equal to 100."),
        (QUIZ, "        right: true", "        right: false", None, "Mark exactly one choice as right."),
        (LESSON, "key: marketing", "key: sales", 5, ("The competence guide has no “sales” in this place. It has: "
         "marketing, internet-communication, social-media, digitisation-virtual-tours, e-commerce.")),
        (STRATEGY, "key: digital-strategy", "key: audiences", 5,
         "The key is “audiences”, but the folder is called “digital-strategy”."),
        (SAFETY, "key: online-safety", "key: networks", 5,
         "The competence guide has no “networks” in this place. It has: online-safety."),
        (QUIZ, "key: marketing", "key: e-commerce", 5, "The key of a quiz is the key of its lesson, “marketing”."),
        (BANK, "key: marketing", "key: e-commerce", 5, "The key of a bank is the key of its lesson, “marketing”."),
        (QUIZ, "type: quiz", "type: test", 6,
         ("There is no page type “test”. It must be one of: "
          "bank, course, glossary, home, lesson, notes, part, quiz, standing, unit.")),
        (QUIZ, "id: ", "id: x", 4, "An id is a UUID in small letters, with its hyphens."),
        (LESSON, "[digital-strategy, channels-and-media", "[digital-strategy, digital-strategy, channels-and-media",
         19, "“digital-strategy” stands twice among the children."),
        (LESSON, "[digital-strategy", "[../../../secret, digital-strategy", 1,
         "A folder’s name is written in a-z, 0-9 and hyphens."),
        ("pack.yaml", "format: 1", "format: 2", 8, "This release reads packs of format 1."),
        ("pack.yaml", "language: en", "language: el", 10,
         "The site’s first language is “en”; a pack is loaded in that."),
        ("pack.yaml", "CC-BY-4.0", "CC0-1.0", 0, "The texts of a pack are published under CC-BY-4.0."),
        ("pack.yaml", "root: home", "root: ../home", 6, "“root” must name the folder of the home page."),
        ("media/pictures.yaml", "licence: CC0-1.0", "licence: CC0", 9, "“CC0” is not known here. Perhaps “CC0-1.0”?"),
        ("media/pictures.yaml", "file: coin.png", "file: ../coin.png", 6,
         "The file is called “coin.” and one of: gif, jpg, jpeg, png, webp."),
        ("media/pictures.yaml", "source: https:", "source: nowhere", 8, "Enter a valid URL."),
    ],
)  # fmt: skip
def test_fault_in_a_value_is_told_with_its_place(
    pack: Path, file: str, old: str, new: str, shift: int | None, message: str
) -> None:
    line, column = change(pack, file, old, new)
    found = problems_of(pack)
    if shift is None:
        assert [problem.split(": ", 1)[1] for problem in found] == [message]
        assert found[0].startswith(f"{file}:")
    else:
        assert f"{file}:{line}:{column + shift}: {message}" in found
        assert len(found) <= 3  # a wrong value may leave something else missing


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("<p>Ask before", "<p><em>Ask</em> before", "<em> is not used in a pack. Write <i>."),
        ("<p>Ask before", "<script>x</script><p>Ask before", "<script> is not used in a pack."),
        ("<p>Ask before", '<p class="x">Ask before', "The attribute “class” is not used in a pack."),
        ("<p>Ask before", "<p onclick='x()'>Ask before", "The attribute “onclick” is not used in a pack."),
        ("<p>Ask", "Ask", "Text must stand inside an element, such as <p>…</p>."),
        ("click. Then", "click.</p><p><p>Then", "<p> cannot stand inside <p>."),
        ("<p>Ask", "<li>x</li><p>Ask", "<li> must stand inside a paragraph or a list."),
        ("Then read", "<b>Then read", "<b> is not closed."),
        ("Then read", "</b>Then read", "</b> closes nothing that is open here."),
        ("page:open-museums/marketing/digital-strategy", "javascript:alert(1)",
         "“javascript:alert(1)” is no address that a link may lead to."),
        ("<p>Ask", "<!-- x --><p>Ask", "Comments are not used in a pack."),
    ],
)  # fmt: skip
def test_fault_in_html_is_told_with_its_line(pack: Path, old: str, new: str, message: str) -> None:
    line, _column = change(pack, SAFETY, old, new)
    assert f"{SAFETY}:{line}:1: {message}" in problems_of(pack)


def without_file(pack: Path) -> str:
    (pack / "media/pictures/coin.png").unlink()
    return "media/pictures.yaml:3:9: The file “media/pictures/coin.png” is missing."


def without_header(pack: Path) -> str:
    (pack / "pack.yaml").unlink()
    return "pack.yaml:1:1: The file “pack.yaml” is missing."


def unlisted_folder(pack: Path) -> str:
    shutil.copytree(pack / "home/open-museums/first-steps", pack / "home/open-museums/taking-it-further")
    return (
        "home/open-museums/taking-it-further:1:1: “children” in home/open-museums/page.yaml does not name this folder."
    )


def stray_file(pack: Path) -> str:
    (pack / "home/notes.txt").write_text("x", encoding="utf-8")
    return "home/notes.txt:1:1: This file does not belong in the folder of a page."


def unlisted_picture(pack: Path) -> str:
    shutil.copy(pack / "media/pictures/coin.png", pack / "media/pictures/vase.png")
    return "media/pictures/vase.png:1:1: media/pictures.yaml does not name this file."


def no_picture(pack: Path) -> str:
    (pack / "media/pictures/coin.png").write_bytes(b"<html>")
    return "media/pictures.yaml:3:9: This file is not of the kind that its name says."


def no_captions(pack: Path) -> str:
    (pack / "media/documents/captions.vtt").write_bytes(b"\x7fELF")
    return "media/documents.yaml:3:9: This file is not of the kind that its name says."


def linked_page(pack: Path) -> str:
    shutil.move(pack / SAFETY, pack.parent / "outside.yaml")
    (pack / SAFETY).symlink_to(pack.parent / "outside.yaml")
    return f"{SAFETY}:1:1: Links to other files are not followed. Put the file itself here."


def linked_folder(pack: Path) -> str:
    shutil.move(pack / "home/open-museums", pack.parent / "outside")
    (pack / "home/open-museums").symlink_to(pack.parent / "outside")
    return "home/open-museums:1:1: Links to other folders are not followed. Put the folder itself here."


def linked_picture(pack: Path) -> str:
    shutil.move(pack / "media/pictures/coin.png", pack.parent / "coin.png")
    (pack / "media/pictures/coin.png").symlink_to(pack.parent / "coin.png")
    return "media/pictures.yaml:3:9: Links to other files are not followed. Put the file itself here."


def no_utf8(pack: Path) -> str:
    path = pack / SAFETY
    path.write_bytes(path.read_bytes().replace(b"What to do first.", b"Caf\xe9."))
    return f"{SAFETY}:5:1: This file is not written in UTF-8."


def too_long(pack: Path) -> str:
    with (pack / SAFETY).open("a", encoding="utf-8") as file:
        file.write("#" * MAX_TEXT_BYTES)
    return f"{SAFETY}:1:1: This file is too long (over 1000000 bytes)."


def empty(pack: Path) -> str:
    (pack / SAFETY).write_text("", encoding="utf-8")
    return f"{SAFETY}:1:1: This file is empty."


def a_list(pack: Path) -> str:
    (pack / SAFETY).write_text("- a\n- b\n", encoding="utf-8")
    return f"{SAFETY}:1:1: A list of “name: value” lines belongs here."


def two_documents(pack: Path) -> str:
    (pack / SAFETY).write_text("a: b\n---\nc: d\n", encoding="utf-8")
    return f"{SAFETY}:2:1: A file of a pack holds one document."


def no_yaml(pack: Path) -> str:
    (pack / SAFETY).write_text("title: a: b\n", encoding="utf-8")
    return f"{SAFETY}:1:9: This is not YAML: mapping values are not allowed in this context."


def doubled_key(pack: Path) -> str:
    line, column = change(pack, SAFETY, "lead:", "lead: x\nlead:")
    return f"{SAFETY}:{line + 1}:{column}: “lead” stands here twice."


def anchor(pack: Path) -> str:
    change(pack, SAFETY, "lead: What", "lead: &x What")
    return f"{SAFETY}:5:7: Anchors and aliases (& and *) are not used in a pack. Write the value out."


def bomb(pack: Path) -> str:
    rows = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 20)]
    (pack / SAFETY).write_text("\n".join(rows), encoding="utf-8")
    return f"{SAFETY}:1:5: Anchors and aliases (& and *) are not used in a pack. Write the value out."


def tag(pack: Path) -> str:
    change(pack, SAFETY, "lead: What", "lead: !!python/object:os.system What")
    return f"{SAFETY}:5:7: Tags (!) are not used in a pack."


def deep(pack: Path) -> str:
    (pack / SAFETY).write_text("a: " + "[" * 5000 + "]" * 5000, encoding="utf-8")
    return f"{SAFETY}:1:28: This is nested too deeply."


def missing_field(pack: Path) -> str:
    change(pack, SAFETY, "lead: What to do first.\n", "")
    return f"{SAFETY}:1:1: The field “lead” is missing."


def missing_block_field(pack: Path) -> str:
    line, column = change(pack, STRATEGY, "    type: term\n    term: KPI\n", "    type: term\n")
    return f"{STRATEGY}:{line - 1}:{column + 4}: The field “term” is missing."


def missing_id(pack: Path) -> str:
    line, column = change(pack, STRATEGY, f"- id: {FIRST_BLOCK}\n    type", "- type")
    return f"{STRATEGY}:{line}:{column + 2}: This has no id. “manage.py stamp_course” gives it one."


def doubled_id(pack: Path) -> str:
    text = (pack / QUIZ).read_text(encoding="utf-8")
    first = re.search(r"  - id: (\S+)", text)
    assert first
    line, column = change(pack, QUIZ, first[1], FIRST_BLOCK)
    return f"{QUIZ}:{line}:{column}: This id stands at {STRATEGY}:15:9 already."


def unit_below_home(pack: Path) -> str:
    shutil.move(pack / "home/open-museums/first-steps/online-safety", pack / "home/online-safety")
    change(pack, "home/open-museums/first-steps/page.yaml", "children: [online-safety]\n", "")
    change(
        pack, "home/page.yaml", "children: [open-museums, contact]", "children: [open-museums, contact, online-safety]"
    )
    return "home/online-safety/page.yaml:2:7: A page of type “unit” cannot stand below a page of type “home”."


def too_few_columns(pack: Path) -> str:
    text = (pack / STRATEGY).read_text(encoding="utf-8")
    start = text.index("    columns:\n") + len("    columns:\n")
    end = text.index("      - id:", start + 5)
    (pack / STRATEGY).write_text(text[:start] + text[end:], encoding="utf-8")
    line = text[:start].count("\n") + 1
    return f"{STRATEGY}:{line}:7: The minimum number of items is 2"


def unfit_to_publish(pack: Path) -> str:
    line, _column = change(pack, STRATEGY, "alt_text: A worn coin with a head on it.\n    ", "")
    return f"{STRATEGY}:{line - 3}:9: A picture has no text alternative. Write one, or mark the picture as decorative."


@pytest.mark.parametrize(
    "spoil",
    [
        without_file, without_header, unlisted_folder, stray_file, unlisted_picture, no_picture, no_captions,
        linked_page, linked_folder, linked_picture, no_utf8, too_long, empty, a_list, two_documents, no_yaml,
        doubled_key, anchor, bomb, tag, deep, missing_field, missing_block_field, missing_id, doubled_id,
        unit_below_home, too_few_columns, unfit_to_publish,
    ],
)  # fmt: skip
def test_fault_of_a_pack_is_told_with_its_place(pack: Path, spoil: Callable[[Path], str]) -> None:
    assert spoil(pack) in problems_of(pack)


def test_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert problems_of(tmp_path / "nowhere") == ["pack.yaml:1:1: The file “pack.yaml” is missing."]


def test_faults_of_a_loaded_pack_change_nothing(pack: Path) -> None:
    have_loaded(pack)
    change(pack, COURSE, "title: The course", "title: Another course")
    change(pack, STRATEGY, "alt_text: A worn coin with a head on it.\n    ", "")
    before = rows_of_everything()
    with pytest.raises(PackError):
        load(pack)
    assert rows_of_everything() == before


def test_command_with_a_faulty_pack_tells_the_first_twenty_problems(pack: Path) -> None:
    text = (pack / STRATEGY).read_text(encoding="utf-8")
    (pack / STRATEGY).write_text(re.sub(r" id: ", " id: x", text), encoding="utf-8")
    wrong = text.count(" id: ")
    with pytest.raises(CommandError) as caught:
        call_command("load_course", pack)
    lines = str(caught.value).splitlines()
    assert lines[0] == "Nothing was loaded. Mend this first:"
    assert len(lines) == 22
    assert lines[-1] == f"… and {wrong - 20} more problems."
