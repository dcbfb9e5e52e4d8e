"""What a second load updates: what the pack changed, each once, and else no row."""

import shutil
from io import StringIO
from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lessons.models import CoursePage, LessonPage, LoadedField, Outcome, UnitPage
from openmuseums.editorial.kinds import ChangeKind
from openmuseums.editorial.models import Publication
from tests.lessons.pack.editing import edit, strategy
from tests.packs import CHANNELS, COURSE, LESSON, STRATEGY, change, have_loaded, load, rows_of_everything

PURPOSE = "Write the purpose in one sentence."


@pytest.mark.django_db
def test_second_load_writes_no_row(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    have_loaded(pack)
    before = rows_of_everything()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        report = load(pack)
    written = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written == []
    assert rows_of_everything() == before
    assert report.changed is False
    call_command("load_course", pack)
    assert capsys.readouterr().out == "Nothing to do: the site holds this pack already.\n"


@pytest.mark.django_db
def test_second_load_after_an_editor_saved_without_changing_anything_writes_no_row(pack: Path) -> None:
    have_loaded(pack)
    unit = strategy()
    # What Wagtail's editor makes of the same text.
    unit.body[1].value["text"].source = unit.body[1].value["text"].source.replace("<p>", '<p data-block-key="a1b2c">')
    lesson = LessonPage.objects.get()
    edit(unit, body=unit.body)
    edit(lesson, opening='<p data-block-key="x1">What this lesson is about.</p>')
    before = rows_of_everything()
    assert load(pack).kept == []
    assert rows_of_everything() == before


@pytest.mark.django_db
def test_changed_text_is_published_and_nothing_else_is_touched(pack: Path) -> None:
    have_loaded(pack)
    other = UnitPage.objects.get(key="channels-and-media").latest_revision_id
    change(pack, STRATEGY, "lead: Choose before you act.", "lead: Choose, then act.")
    change(pack, STRATEGY, "text: Where to begin", "text: Where one begins")
    report = load(pack)
    assert (report.created, report.updated, report.kept) == ([], ["The digital strategy"], [])
    unit = strategy()
    assert (unit.lead, unit.body[0].value["text"], unit.has_unpublished_changes) == (
        "Choose, then act.", "Where one begins", False,
    )  # fmt: skip
    assert unit.revisions.count() == 2
    assert UnitPage.objects.get(key="channels-and-media").latest_revision_id == other
    assert load(pack).changed is False


@pytest.mark.django_db
def test_new_outcome_keeps_the_rows_of_the_others(pack: Path) -> None:
    have_loaded(pack)
    rows = {outcome.text: outcome.pk for outcome in Outcome.objects.filter(unit=strategy())}
    new = "22222222-2222-4222-8222-222222222222"
    change(pack, STRATEGY, "outcomes:\n", f"outcomes:\n  - id: {new}\n    text: Look first.\n")
    load(pack)
    found = strategy().outcomes.all()
    assert [outcome.text for outcome in found] == ["Look first.", PURPOSE, "Choose what comes first."]
    assert found[0].translation_key == UUID(new)
    assert {outcome.text: outcome.pk for outcome in found[1:]} == rows


@pytest.mark.django_db
def test_order_of_the_pack_is_taken_over(pack: Path) -> None:
    have_loaded(pack)
    change(pack, LESSON, "[digital-strategy, channels-and-media, ", "[channels-and-media, digital-strategy, ")
    assert load(pack).updated == ["Marketing"]
    slugs = [page.slug for page in LessonPage.objects.get().get_children()]
    assert slugs == ["channels-and-media", "digital-strategy", "bank", "quiz", "facilitator-notes"]
    assert load(pack).changed is False


@pytest.mark.django_db
def test_new_page_in_the_middle_stands_there(pack: Path) -> None:
    shutil.move((pack / CHANNELS).parent, pack.parent / "later")
    change(pack, LESSON, ", channels-and-media", "")
    have_loaded(pack)
    shutil.move(pack.parent / "later", (pack / CHANNELS).parent)
    change(pack, LESSON, "[digital-strategy, ", "[channels-and-media, digital-strategy, ")
    assert load(pack).created == ["Channels"]
    slugs = [page.slug for page in LessonPage.objects.get().get_children()]
    assert slugs == ["channels-and-media", "digital-strategy", "bank", "quiz", "facilitator-notes"]


@pytest.mark.django_db
def test_page_that_left_the_pack_is_reported_and_stays(pack: Path) -> None:
    have_loaded(pack)
    change(pack, LESSON, ", channels-and-media", "")
    shutil.rmtree((pack / CHANNELS).parent)
    report = load(pack)
    assert report.not_in_pack == ["Channels"]
    assert report.changed is False
    assert UnitPage.objects.filter(key="channels-and-media", live=True).exists()


@pytest.mark.django_db
def test_title_and_folder_change_together(pack: Path) -> None:
    have_loaded(pack)
    change(pack, COURSE, "title: The course", "title: Open museums")
    load(pack)
    assert CoursePage.objects.get().title == "Open museums"


@pytest.mark.django_db
def test_load_remembers_each_field_once(pack: Path) -> None:
    have_loaded(pack)
    course = CoursePage.objects.get()
    fields = LoadedField.objects.filter(object_key=course.translation_key).values_list("field", flat=True)
    assert sorted(fields) == ["children", "introduction", "key", "parent", "search_description", "slug", "title"]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["", *ChangeKind.values])
def test_load_publishes_with_the_kind_of_change_that_it_is_told(pack: Path, kind: str) -> None:
    have_loaded(pack)
    change(pack, STRATEGY, PURPOSE, "Write down the purpose in a sentence.")
    change(pack, CHANNELS, "minutes_to_read: ", "minutes_to_read: 1")
    call_command("load_course", pack, *([f"--change={kind}"] if kind else []), stdout=StringIO())
    told = dict(Publication.objects.exclude(kind="").values_list("page_key", "kind"))
    channels = UnitPage.objects.get(key="channels-and-media")
    assert told == {
        strategy().translation_key: kind or "meaning",
        channels.translation_key: "answer-key" if kind == "answer-key" else "meaning",
    }
