"""What a load makes, what it updates, and what it leaves alone."""

import shutil
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import LazySettings
from django.core.files.images import ImageFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks.base import TaskResult
from django_tasks.signals import task_finished
from wagtail.models import Page, ReferenceIndex, Site
from wagtail.search.models import IndexEntry

from lessons.models import CoursePage, LessonPage, LoadedField, Outcome, PartPage, UnitPage
from lessons.pack.problems import PackError
from lessons.pack.reports import Kept
from openmuseums.editorial.kinds import ChangeKind
from openmuseums.editorial.models import Publication
from openmuseums.home.models import HomePage
from openmuseums.uploads.models import Attachment, Picture
from quizzes.models import QuizPage
from tests.files import picture_bytes
from tests.packs import (
    CHANNELS,
    COURSE,
    LESSON,
    QUIZ,
    STRATEGY,
    change,
    files_of,
    have_loaded,
    load,
    load_twice_at_once,
    rows_of_everything,
)

PURPOSE = "Write the purpose in one sentence."


def strategy() -> UnitPage:
    return UnitPage.objects.get(key="digital-strategy")


def edit(page: Any, *, publish: bool = True, **fields: Any) -> None:
    """Change a page as an editor does."""
    page = page.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(page, name, value)
    revision = page.save_revision()
    if publish:
        revision.publish()


@pytest.mark.django_db
def test_load_makes_every_page_live_in_its_place_with_its_key(pack: Path) -> None:
    report = load(pack)
    assert report.created == [
        "coin", "captions", "plan", "A small course", "The course", "First steps", "Safety: first things", "Marketing",
        "The digital strategy", "Channels", "Bank: marketing", "Quiz: marketing", "Glossary", "Contact",
    ]  # fmt: skip
    assert (report.updated, report.kept, report.removed, report.not_in_pack, report.remarks) == ([], [], [], [], [])
    home = HomePage.objects.get()
    assert list(Page.objects.filter(depth__gt=1).order_by("path").values_list("url_path", "live")) == [
        ("/home/", True),
        ("/home/open-museums/", True),
        ("/home/open-museums/first-steps/", True),
        ("/home/open-museums/first-steps/online-safety/", True),
        ("/home/open-museums/marketing/", True),
        ("/home/open-museums/marketing/digital-strategy/", True),
        ("/home/open-museums/marketing/channels-and-media/", True),
        ("/home/open-museums/marketing/bank/", True),
        ("/home/open-museums/marketing/quiz/", True),
        ("/home/open-museums/glossary/", True),
        ("/home/contact/", True),
    ]
    assert Site.objects.get(is_default_site=True).root_page_id == home.pk
    assert not any(page.has_unpublished_changes for page in Page.objects.filter(depth__gt=1))
    assert QuizPage.objects.get().key == LessonPage.objects.get().key == "marketing"
    assert str(strategy().translation_key) in (pack / STRATEGY).read_text(encoding="utf-8")


@pytest.mark.django_db
def test_load_keeps_the_ids_of_blocks_items_and_outcomes(pack: Path) -> None:
    have_loaded(pack)
    text = (pack / STRATEGY).read_text(encoding="utf-8")
    unit = strategy()
    ids = [block.id for block in unit.body] + [str(outcome.translation_key) for outcome in unit.outcomes.all()]
    question = next(block for block in unit.body if block.block_type == "single_choice")
    ids += [item.id for item in question.value["choices"].bound_blocks]
    assert [found for found in ids if f"id: {found}\n" not in text] == []
    assert [outcome.text for outcome in unit.outcomes.all()] == [PURPOSE, "Choose what comes first."]


@pytest.mark.django_db
def test_load_resolves_links_to_pages_that_come_later_and_to_documents(pack: Path) -> None:
    have_loaded(pack)
    safety = UnitPage.objects.get(key="online-safety")
    channels = UnitPage.objects.get(key="channels-and-media")
    plan = Attachment.objects.get(pack_key="plan")
    assert safety.body.raw_data[0]["value"]["text"] == (
        f'<p>Ask before you click. Then read <a linktype="page" id="{strategy().pk}">about the strategy</a>.</p>'
    )
    assert channels.body.raw_data[0]["value"]["text"] == (
        f'<p>Take the <a linktype="document" id="{plan.pk}">plan for four weeks</a> along, or look at the '
        '<a href="https://example.org/?a=1&amp;b=2">guide of a museum</a>.</p>'
    )
    home, lesson = HomePage.objects.get(), LessonPage.objects.get()
    assert home.introduction == (
        f'<p>Begin with <a linktype="page" id="{lesson.pk}">marketing</a> or come '
        f'<a linktype="page" id="{home.pk}">back home</a>.</p>'
    )


@pytest.mark.django_db
def test_load_takes_pictures_and_documents_with_maker_and_licence(pack: Path) -> None:
    have_loaded(pack)
    picture = Picture.objects.get()
    assert (picture.title, picture.credit, picture.licence, picture.source, picture.width, picture.height) == (
        "A coin", "The museum", "CC0-1.0", "https://example.org/coin", 64, 48,
    )  # fmt: skip
    assert Path(picture.file.path).read_bytes() == (pack / "media/pictures/coin.png").read_bytes()
    assert sorted(picture.renditions.values_list("filter_spec", flat=True)) != []
    assert {block.value["image"] for block in strategy().body if block.block_type == "image"} == {picture}
    assert sorted(Attachment.objects.values_list("pack_key", "title")) == [
        ("captions", "Captions of a talk"),
        ("plan", "A plan: four weeks"),
    ]


@pytest.mark.django_db
def test_loaded_pages_are_served(pack: Path, client: Client) -> None:
    have_loaded(pack)
    assert client.get("/en/open-museums/marketing/digital-strategy/").status_code == 200


def indexed() -> tuple[set[tuple[Any, ...]], set[tuple[Any, ...]]]:
    """Return what Wagtail's own search knows, and what refers to what."""
    return (
        set(IndexEntry.objects.values_list("content_type", "object_id", "title", "body")),
        set(ReferenceIndex.objects.values_list("base_content_type", "object_id", "to_content_type", "to_object_id")),
    )


@pytest.mark.django_db
def test_load_makes_each_entry_of_wagtails_indexes_once_and_leaves_none_out(pack: Path, settings: LazySettings) -> None:
    # Kept up as outside tests.
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
    call_command("update_index", verbosity=0)
    calls: list[str] = []

    def note(*, task_result: TaskResult[Any], **_kwargs: Any) -> None:
        calls.append(f"{task_result.task.module_path} {task_result.args}")

    task_finished.connect(note)
    load(pack)
    task_finished.disconnect(note)
    assert len(calls) == len(set(calls)) > 0
    made = indexed()
    assert all(made)
    call_command("update_index", verbosity=0)
    call_command("rebuild_references_index", verbosity=0)
    assert indexed() == made


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
    assert report.removed == ["Marketing", "The digital strategy", "Channels", "Bank: marketing", "Quiz: marketing"]
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
    ]
    assert [page.slug for page in CoursePage.objects.get().get_children()] == ["first-steps", "marketing", "glossary"]
    assert load(pack).changed is False


@pytest.mark.django_db
def test_picture_removed_in_the_cms_is_reported(pack: Path) -> None:
    have_loaded(pack)
    Picture.objects.all().delete()
    report = load(pack)
    assert report.removed == ["coin"]
    assert Picture.objects.count() == 0


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
def test_order_of_the_pack_is_taken_over(pack: Path) -> None:
    have_loaded(pack)
    change(pack, LESSON, "[digital-strategy, channels-and-media, ", "[channels-and-media, digital-strategy, ")
    assert load(pack).updated == ["Marketing"]
    slugs = [page.slug for page in LessonPage.objects.get().get_children()]
    assert slugs == ["channels-and-media", "digital-strategy", "bank", "quiz"]
    assert load(pack).changed is False


@pytest.mark.django_db
def test_order_made_in_the_cms_is_kept(pack: Path) -> None:
    have_loaded(pack)
    strategy().move(LessonPage.objects.get(), pos="last-child")
    report = load(pack)
    assert report.kept == [Kept("Marketing", "children", differs=False)]
    assert [page.slug for page in LessonPage.objects.get().get_children()] == [
        "channels-and-media", "bank", "quiz", "digital-strategy",
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


@pytest.mark.django_db
def test_new_page_in_the_middle_stands_there(pack: Path) -> None:
    shutil.move((pack / CHANNELS).parent, pack.parent / "later")
    change(pack, LESSON, ", channels-and-media", "")
    have_loaded(pack)
    shutil.move(pack.parent / "later", (pack / CHANNELS).parent)
    change(pack, LESSON, "[digital-strategy, ", "[channels-and-media, digital-strategy, ")
    assert load(pack).created == ["Channels"]
    slugs = [page.slug for page in LessonPage.objects.get().get_children()]
    assert slugs == ["channels-and-media", "digital-strategy", "bank", "quiz"]


@pytest.mark.django_db(transaction=True)
def test_changed_picture_replaces_the_file_and_its_smaller_sizes(pack: Path) -> None:
    load(pack)
    old = Picture.objects.get()
    renditions = list(old.renditions.values_list("pk", flat=True))
    (pack / "media/pictures/coin.png").write_bytes(picture_bytes(80, 60))
    change(pack, "media/pictures.yaml", "title: A coin", "title: Another coin")
    assert load(pack).updated == ["coin"]
    new = Picture.objects.get()
    assert (new.pk, new.title, new.width, new.height) == (old.pk, "Another coin", 80, 60)
    assert not old.file.storage.exists(old.file.name) or old.file.name == new.file.name
    assert renditions
    assert not new.renditions.filter(pk__in=renditions).exists()
    assert new.renditions.exists()
    assert load(pack).changed is False


@pytest.mark.django_db
def test_picture_exchanged_in_the_cms_is_kept(pack: Path) -> None:
    have_loaded(pack)
    picture = Picture.objects.get()
    picture.file = ImageFile(BytesIO(picture_bytes(90, 60)), "better.png")
    picture._set_image_file_metadata()
    picture.save()
    assert load(pack).kept == [Kept("coin", "file", differs=False)]
    assert Picture.objects.get().width == 90


@pytest.mark.django_db
def test_upload_whose_file_is_gone_gets_it_back(pack: Path) -> None:
    have_loaded(pack)
    picture = Picture.objects.get()
    picture.file.storage.delete(picture.file.name)
    assert load(pack).updated == ["coin"]
    assert Path(Picture.objects.get().file.path).read_bytes() == (pack / "media/pictures/coin.png").read_bytes()


@pytest.mark.django_db
def test_site_that_begins_elsewhere_is_left_alone(pack: Path) -> None:
    Page.objects.filter(depth=2).update(title="Somebody’s site", slug="theirs")
    report = load(pack)
    assert report.remarks == [
        "The site begins at “Somebody’s site” and not at the pack’s home page. Change that in its settings."
    ]
    assert Site.objects.get(is_default_site=True).root_page.slug == "theirs"


@pytest.mark.django_db
def test_id_of_another_type_of_page_is_refused(pack: Path) -> None:
    have_loaded(pack)
    unit = UnitPage.objects.get(key="channels-and-media")
    Page.objects.filter(pk=QuizPage.objects.get().pk).delete()
    text = (pack / QUIZ).read_text(encoding="utf-8")
    line = text.index("type: quiz")
    assert line
    (pack / QUIZ).write_text(f"id: {unit.translation_key}\n" + text.split("\n", 1)[1], encoding="utf-8")
    change(pack, LESSON, ", channels-and-media", "")
    shutil.rmtree((pack / CHANNELS).parent)
    with pytest.raises(PackError, match=r"quiz/page.yaml:2:7: The site has a page of another type with this id"):
        load(pack)


@pytest.mark.django_db
def test_load_remembers_each_field_once(pack: Path) -> None:
    have_loaded(pack)
    course = CoursePage.objects.get()
    fields = LoadedField.objects.filter(object_key=course.translation_key).values_list("field", flat=True)
    assert sorted(fields) == ["children", "introduction", "key", "parent", "search_description", "slug", "title"]


@pytest.mark.django_db
def test_title_and_folder_change_together(pack: Path) -> None:
    have_loaded(pack)
    change(pack, COURSE, "title: The course", "title: Open museums")
    load(pack)
    assert CoursePage.objects.get().title == "Open museums"


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_two_loads_at_once_make_one_course(pack: Path) -> None:
    reports = load_twice_at_once(pack)
    assert sorted(len(report.created) for report in reports) == [0, 14]
    assert Page.objects.filter(depth__gt=1).count() == 11
    assert (Picture.objects.count(), Attachment.objects.count()) == (1, 2)
    assert len([name for name in files_of(pack.parent / "uploads") if name.startswith("original_images")]) == 1


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
