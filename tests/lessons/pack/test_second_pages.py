"""Units of two pages in a pack: what is checked, what a load makes of them, and that a dump is the same again."""

import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from lessons.models import UnitPage
from lessons.outline import current_outline
from lessons.pack.dumping import dump_course
from lessons.pack.problems import PackError
from lessons.pack.stamping import stamp_course
from openmuseums.learners.models import AnswerState, UnitState
from openmuseums.learners.projection import rebuild, stored_record_of
from openmuseums.learners.recording import learner_of, mark_read
from openmuseums.learners.standing import standing_of
from openmuseums.people.models import User
from openmuseums.segments.catalogues import read_catalogue
from tests.factories import NOW
from tests.packs import STRATEGY, change, files_of, have_loaded, load, rows_of_everything, translate
from tests.translations import pages, problems

pytestmark = pytest.mark.django_db

SECOND = STRATEGY.replace("page.yaml", "part-2/page.yaml")
FILE = Path(__file__).parent / "second" / "page.yaml"
QUESTION = "82a86bec-ee25-424d-aea3-57b3284b67e1"
MOVED = f"  - id: {QUESTION}\n"
URL = "/en/open-museums/marketing/digital-strategy/"


def add_second(pack: Path, file: str = SECOND, *, below: str = STRATEGY, children: str = "[part-2]") -> None:
    """Put the second page into a pack, below a page."""
    (pack / file).parent.mkdir(parents=True)
    shutil.copy(FILE, pack / file)
    with (pack / below).open("a", encoding="utf-8") as page:
        page.write(f"children: {children}\n")


def split(pack: Path) -> None:
    """Split the unit about the strategy: its last block, a self-check, moves to the second page."""
    text = (pack / STRATEGY).read_text(encoding="utf-8")
    before, found, question = text.partition(MOVED)
    assert found
    (pack / STRATEGY).write_text(before, encoding="utf-8")
    add_second(pack)
    with (pack / SECOND).open("a", encoding="utf-8") as page:
        page.write(found + question)


@pytest.fixture
def split_pack(pack: Path) -> Path:
    split(pack)
    return pack


def unit(language: str) -> UnitPage:
    return UnitPage.objects.get(slug="digital-strategy", locale__language_code=language)


def second() -> UnitPage:
    return UnitPage.objects.get(slug="part-2", locale__language_code="en")


def test_dump_of_a_pack_with_a_second_page_is_the_pack(split_pack: Path, tmp_path: Path) -> None:
    stamped = files_of(split_pack)
    assert stamp_course(split_pack) == 0
    assert files_of(split_pack) == stamped
    report = load(split_pack)
    assert "The digital strategy, part 2" in report.created
    page = second()
    assert (page.live, page.key, page.continued) == (True, "digital-strategy", unit("en"))
    assert (page.url, [child.id for child in page.body][-1]) == (f"{URL}part-2/", QUESTION)
    dump_course(tmp_path / "dump")
    assert files_of(tmp_path / "dump") == stamped
    before = rows_of_everything()
    assert load(split_pack).changed is False
    assert rows_of_everything() == before


def test_links_lead_to_a_second_page_and_back(split_pack: Path, tmp_path: Path) -> None:
    link = '<p><a href="page:open-museums/marketing/digital-strategy/part-2">How to go on</a></p>'
    change(split_pack, STRATEGY, "<p>Ask a visitor.</p>", link)
    load(split_pack)
    assert (
        f'id="{second().pk}"'
        in next(child for child in unit("en").body if child.block_type == "callout").value["text"].source
    )
    dump_course(tmp_path / "dump")
    assert files_of(tmp_path / "dump") == files_of(split_pack)


def test_unit_that_was_read_and_answered_is_split_by_a_load(pack: Path, user: User, client: Client) -> None:
    have_loaded(pack)
    learner = learner_of(user=user, now=NOW)
    mark_read(learner=learner, page_key=unit("en").translation_key, now=NOW)
    client.force_login(user)
    choice = "27c862e1-a4c8-4630-bc41-5a2018ae4506"
    check = reverse("lessons:self-check", args=[unit("en").translation_key, QUESTION])
    client.post(check, {f"question-{QUESTION}": [choice]})
    split(pack)
    report = load(pack)
    assert (report.created, report.updated, report.kept) == (
        ["The digital strategy, part 2"], ["The digital strategy"], [],
    )  # fmt: skip
    assert load(pack).changed is False
    call_command("rebuild_progress", "--check")
    outline = current_outline()
    assert outline is not None
    found = outline.step(unit("en").translation_key)
    assert found is not None
    assert (len(found.pages), found.minutes) == (2, 3 + 12 + 2 + 5)
    assert standing_of(outline, stored_record_of(user)).read_keys == frozenset({found.page_key})
    assert (UnitState.objects.get().unit_key, AnswerState.objects.get().page_key) == (found.page_key,) * 2
    html = client.get(f"{URL}part-2/").content.decode()
    assert ("You have marked this unit as read" in html, html.count("verdict--right")) == (True, 1)
    assert rebuild(learners=[learner], write=False) == []


def test_second_page_is_translated_below_the_translated_first(split_pack: Path, tmp_path: Path, client: Client) -> None:
    translate(split_pack, "nl")
    load(split_pack)
    below = [row for row in pages("nl") if "digital-strategy" in row[0]]
    assert below == [
        ("/home-nl/open-museums/marketing/digital-strategy/", "The digital strategy [nl]", True),
        ("/home-nl/open-museums/marketing/digital-strategy/part-2/", "The digital strategy, part 2 [nl]", True),
    ]
    dump_course(tmp_path / "dump")
    assert files_of(tmp_path / "dump") == files_of(split_pack)
    assert load(split_pack).changed is False


def test_translations_of_what_moves_go_along(pack: Path, client: Client) -> None:
    path = translate(pack, "nl")
    load(pack)
    split(pack)
    stamp_course(pack)
    catalogue = read_catalogue(path)
    left = [message.source for message in catalogue.messages if not message.translation and not message.obsolete]
    # Those of the new page alone, and addresses, which stay the same.
    own = [source for source in left if not source.startswith("http")]
    assert own == ["The digital strategy, part 2", "Now act.", "How to go on"]
    assert not any(message.fuzzy for message in catalogue.messages)
    report = load(pack)
    assert [found.title for found in report.incomplete] == ["The digital strategy, part 2 (nl)"]
    # The first page is in Dutch as it was; the second is not yet, and stands there as the source has it.
    first, second = (client.get(URL.replace("/en/", "/nl/") + part).content.decode() for part in ("", "part-2/"))
    assert "<h1>The digital strategy [nl]</h1>" in first
    assert ("<h1>The digital strategy, part 2</h1>" in second, "What comes first?" in second) == (True, True)


def test_language_whose_file_lacks_the_second_page_shows_the_sources(split_pack: Path, client: Client) -> None:
    translate(split_pack, "nl", without=("Now act.",))
    report = load(split_pack)
    assert [found.title for found in report.incomplete] == ["The digital strategy, part 2 (nl)"]
    html = client.get(f"{URL.replace('/en/', '/nl/')}part-2/").content.decode()
    assert "<h1>The digital strategy, part 2</h1>" in html
    assert 'lang="en"' in html
    assert "The digital strategy [nl]" in client.get(URL.replace("/en/", "/nl/")).content.decode()


def faults(pack: Path) -> list[tuple[str, str]]:
    with pytest.raises(PackError):
        stamp_course(pack)
    return [(file, message) for file, _line, message in problems(pack)]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("key: digital-strategy", "key: channels-and-media",
         "The key of the second page of a unit is the key of the unit, “digital-strategy”."),
        ("facets: [manage, make]", "facets: [make]", "The second page of a unit has the unit’s facets: manage, make."),
        ("body:\n", "outcomes:\n  - id: 2f0d3d0e-58a7-4f0e-9ab3-0c9f3c2e7f44\n    text: Go on.\nbody:\n",
         "Outcomes stand on the first page of the unit, for both. Take them out here."),
    ],
)  # fmt: skip
def test_fault_of_a_second_page_is_told_in_its_file(split_pack: Path, old: str, new: str, message: str) -> None:
    change(split_pack, SECOND, old, new)
    assert faults(split_pack) == [(SECOND, message)]


def test_second_page_in_another_folder_is_a_fault(pack: Path) -> None:
    file = SECOND.replace("part-2", "part-3")
    add_second(pack, file, children="[part-3]")
    assert faults(pack) == [(file, "The folder of the second page of a unit is called “part-2”.")]


def test_two_second_pages_and_a_third_page_are_faults(split_pack: Path) -> None:
    text = FILE.read_text(encoding="utf-8").replace("6c0f1a52", "6c0f1a53").replace("0b7f0f5e", "0b7f0f5f")
    other, third = SECOND.replace("part-2", "part-3"), SECOND.replace("part-2", "part-2/part-2")
    for file, page in ((other, text), (third, text.replace("6c0f1a53", "6c0f1a54").replace("0b7f0f5f", "0b7f0f50"))):
        (split_pack / file).parent.mkdir(parents=True)
        (split_pack / file).write_text(page, encoding="utf-8")
    change(split_pack, STRATEGY, "children: [part-2]", "children: [part-2, part-3]")
    with (split_pack / SECOND).open("a", encoding="utf-8") as page:
        page.write("children: [part-2]\n")
    found = faults(split_pack)
    assert (STRATEGY, "A unit has one second page at most, “part-2”.") in found
    assert (other, "The folder of the second page of a unit is called “part-2”.") in found
    assert (third, "A unit has two pages at most. Write this in “part-2”.") in found


def test_second_page_called_as_the_first_does_not_load(split_pack: Path) -> None:
    change(split_pack, SECOND, "title: The digital strategy, part 2", "title: The digital strategy")
    assert [message for _file, _line, message in problems(split_pack)] == [
        "The second page of a unit has a title of its own, such as “The digital strategy, part 2”."
    ]


def test_other_units_stay_as_they_are(split_pack: Path) -> None:
    load(split_pack)
    outline = current_outline()
    assert outline is not None
    assert {found.key: len(found.pages) for found in outline.units} == {
        "online-safety": 1,
        "digital-strategy": 2,
        "channels-and-media": 1,
    }
