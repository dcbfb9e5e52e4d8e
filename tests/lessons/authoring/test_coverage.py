"""What a pack teaches and asks, counted by hand on the small pack; and the table of the shipped one."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from lessons.authoring.coverage import TopicCoverage, cover_topics, measure_pages, questions_in
from lessons.management.commands.tabulate_course import TABLE
from lessons.pack.checking import check_pack
from lessons.pack.reading import read_pack
from tests.packs import CHANNELS, QUIZ, SHIPPED, SMALL, change

pytestmark = pytest.mark.django_db


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Return a copy of the small pack."""
    shutil.copytree(SMALL, tmp_path / "pack")
    return tmp_path / "pack"


def topic(pack: Path, key: str) -> TopicCoverage:
    (found,) = [topic for topic in cover_topics(check_pack(read_pack(pack))) if topic.key == key]
    return found


def test_block_of_two_topics_has_half_its_words_for_each(pack: Path) -> None:
    channels = "open-museums/marketing/channels-and-media"
    for key in ("owned-media", "paid-media"):
        found = topic(pack, key)
        assert (found.unit, found.chapter, found.taught_on, found.words) == (
            "channels-and-media",
            "marketing",
            (channels,),
            8,
        )
    assert topic(pack, "earned-media").taught_on == ()


def test_task_teaches_no_topic(pack: Path) -> None:
    change(pack, CHANNELS, "topics: [owned-media, paid-media]", "topics: [paid-media]")
    text = pack / CHANNELS
    text.write_text(
        text.read_text(encoding="utf-8")
        + "  - type: activity\n    id: 0e2f9b0c-6f7c-4a55-8a3a-2a6d3c1c9b11\n    title: List your channels\n"
        + "    minutes: 5\n    task: |-\n      <p>List them.</p>\n    result: A list.\n    topics: [owned-media]\n",
        encoding="utf-8",
    )
    assert (topic(pack, "owned-media").taught_on, topic(pack, "paid-media").words) == ((), 15)


def test_topic_is_asked_in_quiz_bank_and_self_checks(pack: Path) -> None:
    asked = {key: topic(pack, key) for key in ("smart", "metrics-and-kpis", "purpose", "pestel")}
    assert {key: (found.in_quiz, found.in_bank, found.in_checks) for key, found in asked.items()} == {
        "smart": (1, 1, 0),
        "metrics-and-kpis": (1, 0, 0),
        "purpose": (0, 0, 1),
        "pestel": (0, 0, 0),
    }
    change(pack, QUIZ, "topic: metrics-and-kpis", "topic: pestel")
    assert (topic(pack, "pestel").asked, topic(pack, "metrics-and-kpis").asked) == (1, 0)


def test_questions_of_a_scenario_are_counted_and_the_scenario_is_not() -> None:
    case = {"type": "scenario", "questions": [{"type": "true_false"}, {"type": "numeric"}]}
    stream = [{"type": "heading"}, {"type": "matching"}, case]
    assert [question["type"] for question in questions_in(stream)] == ["matching", "true_false", "numeric"]


def test_page_is_measured_without_its_questions(pack: Path) -> None:
    by_path = {figures.path: figures for figures in measure_pages(check_pack(read_pack(pack)))}
    channels = by_path["open-museums/marketing/channels-and-media"]
    assert (channels.words, channels.words_a_sentence, channels.checks) == (19, 9.5, 0)
    strategy = by_path["open-museums/marketing/digital-strategy"]
    assert (strategy.checks, strategy.diagrams, len(strategy.activities)) == (1, 2, 1)


def test_command_writes_the_table_and_says_what_hinders_it(pack: Path) -> None:
    call_command("tabulate_course", pack, stdout=StringIO())
    assert "| channels-and-media | owned-media | 8 | channels-and-media | 0 | 0 | 0 |" in (
        (pack / TABLE).read_text(encoding="utf-8").splitlines()
    )
    (pack / TABLE).unlink()
    change(pack, QUIZ, "topic: smart", "topic: smart-alec")
    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("tabulate_course", pack, stdout=StringIO())
    assert not (pack / TABLE).exists()


def test_table_of_the_shipped_course_is_up_to_date(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "course", ignore=shutil.ignore_patterns("translations"))
    call_command("tabulate_course", tmp_path / "course", stdout=StringIO())
    rewritten = (tmp_path / "course" / TABLE).read_text(encoding="utf-8")
    assert (SHIPPED / TABLE).read_text(encoding="utf-8") == rewritten, "Run manage.py tabulate_course lessons/course."
