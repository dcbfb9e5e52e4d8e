"""What a first load makes, and what it refuses."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client
from django_tasks.base import TaskResult
from django_tasks.signals import task_finished
from wagtail.models import Page, ReferenceIndex, Site
from wagtail.search.models import IndexEntry

from lessons.models import LessonPage, UnitPage
from lessons.pack.problems import PackError
from openmuseums.home.models import HomePage
from openmuseums.uploads.models import Attachment, Picture
from quizzes.models import QuizPage
from tests.lessons.pack.editing import strategy
from tests.packs import CHANNELS, LESSON, QUIZ, STRATEGY, change, files_of, have_loaded, load, load_twice_at_once

PURPOSE = "Write the purpose in one sentence."


@pytest.mark.django_db
def test_load_makes_every_page_live_in_its_place_with_its_key(pack: Path) -> None:
    report = load(pack)
    assert report.created == [
        "coin", "captions", "plan", "A small course", "The course", "First steps", "Safety: first things", "Marketing",
        "The digital strategy", "Channels", "Bank: marketing", "Quiz: marketing", "Notes: marketing",
        "Glossary", "Contact",
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
        ("/home/open-museums/marketing/facilitator-notes/", True),
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


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_two_loads_at_once_make_one_course(pack: Path) -> None:
    reports = load_twice_at_once(pack)
    assert sorted(len(report.created) for report in reports) == [0, 15]
    assert Page.objects.filter(depth__gt=1).count() == 12
    assert (Picture.objects.count(), Attachment.objects.count()) == (1, 2)
    assert len([name for name in files_of(pack.parent / "uploads") if name.startswith("original_images")]) == 1
