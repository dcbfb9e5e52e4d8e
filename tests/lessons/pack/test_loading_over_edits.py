"""What editors changed, withdrew, moved or removed: a load reports it and leaves it alone, unless it is forced."""

from pathlib import Path

import pytest

from lessons.models import CoursePage, LessonPage, PartPage
from lessons.pack.reports import Kept
from openmuseums.uploads.models import Picture
from tests.lessons.pack.editing import edit, strategy
from tests.packs import STRATEGY, change, have_loaded, load, rows_of_everything


@pytest.mark.django_db
def test_field_edited_in_the_cms_is_reported_and_left_alone(pack: Path) -> None:
    have_loaded(pack)
    edit(strategy(), lead="An editor’s lead.")
    before = rows_of_everything()
    report = load(pack)
    assert report.kept == [Kept("The digital strategy", "lead", differs=False)]
    assert report.changed is False
    assert rows_of_everything() == before


@pytest.mark.django_db
def test_edit_of_one_field_does_not_keep_the_pack_from_changing_another(pack: Path) -> None:
    have_loaded(pack)
    edit(strategy(), lead="An editor’s lead.")
    change(pack, STRATEGY, "lead: Choose before you act.", "lead: The pack’s lead.")
    change(pack, STRATEGY, "minutes_to_read: 3", "minutes_to_read: 4")
    report = load(pack)
    assert report.kept == [Kept("The digital strategy", "lead", differs=True)]
    assert report.updated == ["The digital strategy"]
    unit = strategy()
    assert (unit.lead, unit.minutes_to_read, unit.has_unpublished_changes) == ("An editor’s lead.", 4, False)


@pytest.mark.django_db
def test_force_overwrites_an_edit(pack: Path) -> None:
    have_loaded(pack)
    edit(strategy(), lead="An editor’s lead.")
    report = load(pack, force=True)
    assert (report.updated, report.kept) == (["The digital strategy"], [])
    assert strategy().lead == "Choose before you act."
    assert load(pack).changed is False


@pytest.mark.django_db
def test_edit_that_the_pack_took_over_is_no_edit_any_more(pack: Path) -> None:
    have_loaded(pack)
    edit(strategy(), lead="An editor’s lead.")
    change(pack, STRATEGY, "lead: Choose before you act.", "lead: An editor’s lead.")
    assert load(pack).kept == []
    change(pack, STRATEGY, "lead: An editor’s lead.", "lead: The next lead.")
    assert load(pack).updated == ["The digital strategy"]
    assert strategy().lead == "The next lead."


@pytest.mark.django_db
def test_pack_does_not_publish_what_an_editor_has_not(pack: Path) -> None:
    have_loaded(pack)
    edit(strategy(), publish=False, lead="Not yet.")
    change(pack, STRATEGY, "minutes_to_read: 3", "minutes_to_read: 4")
    report = load(pack)
    assert (report.updated, report.drafted) == ([], ["The digital strategy"])
    unit = strategy()
    assert (unit.lead, unit.minutes_to_read) == ("Choose before you act.", 3)
    draft = unit.get_latest_revision_as_object()
    assert (draft.lead, draft.minutes_to_read) == ("Not yet.", 4)
    assert load(pack).changed is False


@pytest.mark.django_db
def test_page_unpublished_in_the_cms_stays_so(pack: Path) -> None:
    have_loaded(pack)
    strategy().unpublish()
    change(pack, STRATEGY, "minutes_to_read: 3", "minutes_to_read: 4")
    assert load(pack).drafted == ["The digital strategy"]
    assert strategy().live is False


@pytest.mark.django_db
def test_page_removed_in_the_cms_is_reported_and_not_brought_back(pack: Path) -> None:
    have_loaded(pack)
    LessonPage.objects.get().delete()
    before = rows_of_everything()
    report = load(pack)
    assert report.removed == [
        "Marketing", "The digital strategy", "Channels", "Bank: marketing", "Quiz: marketing", "Notes: marketing",
    ]  # fmt: skip
    assert report.changed is False
    assert LessonPage.objects.count() == 0
    assert rows_of_everything() == before


@pytest.mark.django_db
def test_force_brings_back_what_was_removed(pack: Path) -> None:
    have_loaded(pack)
    LessonPage.objects.get().delete()
    Picture.objects.all().delete()
    report = load(pack, force=True)
    assert report.created == [
        "coin",
        "Marketing",
        "The digital strategy",
        "Channels",
        "Bank: marketing",
        "Quiz: marketing",
        "Notes: marketing",
    ]
    assert [page.slug for page in CoursePage.objects.get().get_children()] == ["first-steps", "marketing", "glossary"]
    assert load(pack).changed is False


@pytest.mark.django_db
def test_order_made_in_the_cms_is_kept(pack: Path) -> None:
    have_loaded(pack)
    strategy().move(LessonPage.objects.get(), pos="last-child")
    report = load(pack)
    assert report.kept == [Kept("Marketing", "children", differs=False)]
    assert [page.slug for page in LessonPage.objects.get().get_children()] == [
        "channels-and-media", "bank", "quiz", "facilitator-notes", "digital-strategy",
    ]  # fmt: skip


@pytest.mark.django_db
def test_page_moved_in_the_cms_stays_where_it_is(pack: Path) -> None:
    have_loaded(pack)
    strategy().move(PartPage.objects.get(), pos="last-child")
    report = load(pack)
    assert Kept("The digital strategy", "parent", differs=False) in report.kept
    assert strategy().get_parent().slug == "first-steps"
    load(pack, force=True)
    assert strategy().get_parent().slug == "marketing"
    assert LessonPage.objects.get().get_first_child().slug == "digital-strategy"
