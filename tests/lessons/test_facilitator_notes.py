"""Facilitator notes: what readers see of them, what they may not lack, and that they are no step of the course."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lessons.facilitating import timed_steps
from lessons.models import FacilitatorNotesPage
from lessons.outline import current_outline
from lessons.pack.dumping import dump_course
from lessons.pack.problems import PackError
from openmuseums.editorial.checks import errors_of
from openmuseums.editorial.gate import NotFitToPublish
from tests.factories import (
    FixtureCourse,
    make_course_in,
    make_notes,
    make_translation,
    make_user,
    plan_step,
    signed_in,
)
from tests.packs import SMALL, files_of, load

ADDRESS = "/open-museums/marketing/facilitator-notes/"
LINK = f'href="/en{ADDRESS}"'
NOTES = "home/open-museums/marketing/facilitator-notes/page.yaml"
RICH = ("introduction", "aims", "materials", "discussion", "signs")


@pytest.fixture
def notes(course: FixtureCourse) -> FacilitatorNotesPage:
    return make_notes(course.lessons[0])


def html_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def codes(page: FacilitatorNotesPage) -> list[tuple[str, str]]:
    return [(finding.code, finding.field) for finding in errors_of(page)]


def small_pack(folder: Path, old: str = "", new: str = "") -> Path:
    """Return a copy of the small pack, with something changed in its notes."""
    shutil.copytree(SMALL, folder)
    page = folder / NOTES
    text = page.read_text(encoding="utf-8")
    assert old in text
    page.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def test_notes_are_read_by_everybody_and_kept_by_caches(notes: FacilitatorNotesPage, client: Client) -> None:
    response = client.get(f"/en{ADDRESS}")
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert dict(response.cookies) == {}
    assert client.get(f"/en{ADDRESS}", headers={"if-none-match": response["ETag"]}).status_code == 304


def test_notes_show_each_step_with_its_times_and_the_sum(notes: FacilitatorNotesPage, client: Client) -> None:
    html = html_of(client, f"/en{ADDRESS}")
    assert re.findall(r'<h3 class="step-title"[^>]*>(.+?)</h3>', html) == ["Arrive", "Write the draft"]
    assert re.findall(r"From (\S+) to (\S+?)<", html) == [("0:00", "0:45"), ("0:45", "2:00")]
    assert "All steps together: 120 minutes" in html
    assert "6 to 30 people" in html
    assert "In pairs" in html
    assert "Each alone" in html
    for text in (
        "What the two hours are for.",
        "Paper and pens.",
        "What would you leave out?",
        "Everybody holds a page.",
    ):
        assert text in html


def test_ways_to_do_a_step_otherwise_are_shown_where_there_are_any(course: FixtureCourse, client: Client) -> None:
    ways = {"small_group": "One round.", "large_group": "Four tables.", "online": "Rooms of two."}
    make_notes(course.lessons[0], plan=[plan_step(minutes=60, **ways), plan_step(minutes=60)])
    html = html_of(client, f"/en{ADDRESS}")
    shown = re.findall(r"<dt>([^<]+)</dt>\s*<dd>([^<]+)</dd>", html)
    assert shown == [
        ("With a small group", "One round."),
        ("With a large group", "Four tables."),
        ("Online", "Rooms of two."),
    ]


def test_notes_link_the_units_they_use_in_the_order_of_the_lesson(course: FixtureCourse, client: Client) -> None:
    plan = [plan_step(unit="channels-and-media"), plan_step(unit="digital-strategy", minutes=30), plan_step(minutes=30)]
    make_notes(course.lessons[0], plan=plan)
    html = html_of(client, f"/en{ADDRESS}")
    listed = html.partition('class="plan-units"')[2].partition("</ul>")[0]
    assert re.findall(r'href="([^"]+)"', listed) == [
        "/en/open-museums/marketing/digital-strategy/",
        "/en/open-museums/marketing/channels-and-media/",
    ]
    steps = html.partition('<ol class="steps">')[2]
    assert steps.count('href="/en/open-museums/marketing/digital-strategy/"') == 2


def test_unit_that_is_not_published_is_not_linked(notes: FacilitatorNotesPage, course: FixtureCourse) -> None:
    course.units["digital-strategy"].unpublish()
    assert [step.unit and step.unit.key for step in timed_steps(notes, current_outline())] == [
        None,
        "channels-and-media",
    ]


def test_lesson_leads_to_its_notes_without_another_query(course: FixtureCourse, client: Client) -> None:
    lesson = course.lessons[0]

    def asked() -> tuple[int, str]:
        html_of(client, lesson.url)
        caches["bodies"].clear()
        with CaptureQueriesContext(connection) as captured:
            html = html_of(client, lesson.url)
        return len(captured), html

    without, html = asked()
    assert LINK not in html
    make_notes(lesson)
    with_them, html = asked()
    assert LINK in html
    assert "For trainers" in html
    assert with_them == without


def test_other_lesson_does_not_lead_to_them(notes: FacilitatorNotesPage, course: FixtureCourse, client: Client) -> None:
    assert "facilitator-notes" not in html_of(client, course.lessons[1].url)


def test_draft_is_not_linked_and_not_there(notes: FacilitatorNotesPage, course: FixtureCourse, client: Client) -> None:
    notes.unpublish()
    assert LINK not in html_of(client, course.lessons[0].url)
    assert client.get(f"/en{ADDRESS}").status_code == 404


def test_notes_are_no_step_of_the_course(course: FixtureCourse, client: Client, learner_client: Client) -> None:
    before = current_outline()
    last = course.units["channels-and-media"].url
    pager = html_of(client, last).partition('class="pager"')[2]
    learning = html_of(learner_client, "/en/my-learning/")
    make_notes(course.lessons[0])
    assert current_outline() == before
    assert html_of(client, last).partition('class="pager"')[2] == pager
    after = html_of(learner_client, "/en/my-learning/")
    assert [page.count("facilitator-notes") for page in (learning, after)] == [0, 0]
    assert re.findall(r"\d+ of \d+", after) == re.findall(r"\d+ of \d+", learning)


def test_search_finds_notes_at_the_step_that_says_it(course: FixtureCourse, client: Client) -> None:
    plan = [plan_step(minutes=90), plan_step("Launch a lighthouse", 30)]
    page = make_notes(course.lessons[0], plan=plan)
    html = html_of(client, "/en/search/?q=lighthouse")
    assert f'<a href="/en{ADDRESS}#b-{page.plan[1].id[:8]}">{page.title}</a>' in html
    assert f'<p class="search-place">{course.lessons[0].title}</p>' in html


def test_sitemap_names_the_notes(notes: FacilitatorNotesPage, client: Client) -> None:
    assert f"<loc>http://testserver/en{ADDRESS}</loc>" in client.get("/sitemap.xml").content.decode()


def test_translated_notes_keep_their_times_and_their_steps(course: FixtureCourse, client: Client) -> None:
    make_course_in(course, "el")
    page = make_notes(course.lessons[0])
    greek = make_translation(page, "el")
    assert (greek.minutes, greek.group_min, greek.group_max) == (120, 6, 30)
    assert [(step.id, step.value["minutes"], step.value["unit"]) for step in greek.plan] == [
        (step.id, step.value["minutes"], step.value["unit"]) for step in page.plan
    ]
    html = html_of(client, f"/el{ADDRESS}")
    assert "Arrive [el]" in html
    assert "Answer it two by two. [el]" in html
    assert f'href="/el{ADDRESS}">{page.title} [el]</a>' in html_of(client, "/el/open-museums/marketing/")


def test_notes_that_a_language_lacks_are_the_source_s_and_say_so(course: FixtureCourse, client: Client) -> None:
    make_course_in(course, "el")
    page = make_notes(course.lessons[0])
    assert f'href="/el{ADDRESS}" lang="en">{page.title}</a>' in html_of(client, "/el/open-museums/marketing/")
    html = html_of(client, f"/el{ADDRESS}")
    assert "All steps together" in html
    assert '<section class="part" lang="el" aria-labelledby="plan-units">' in html


@pytest.mark.parametrize("field", RICH)
def test_notes_that_lack_a_text_are_not_published(notes: FacilitatorNotesPage, field: str) -> None:
    setattr(notes, field, "<p> </p>")
    assert codes(notes) == [("empty-rich-text", field)]
    with pytest.raises(NotFitToPublish):
        notes.save_revision().publish()


def test_notes_without_a_step_are_not_published(notes: FacilitatorNotesPage) -> None:
    notes.plan = []
    assert codes(notes) == [("no-plan", "plan")]


@pytest.mark.parametrize(("last", "wrong"), [(74, 1), (75, 0), (76, 1)])
def test_times_of_the_steps_add_up_to_those_of_the_plan(notes: FacilitatorNotesPage, last: int, wrong: int) -> None:
    notes.plan = [plan_step("Arrive", 45), plan_step("Write", last)]
    assert codes(notes) == [("times-do-not-add-up", "minutes")] * wrong


@pytest.mark.parametrize(("least", "most", "wrong"), [(6, 30, 0), (12, 12, 0), (30, 6, 1)])
def test_group_is_not_upside_down(notes: FacilitatorNotesPage, least: int, most: int, wrong: int) -> None:
    notes.group_min, notes.group_max = least, most
    assert codes(notes) == [("group-upside-down", "group_min")] * wrong


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"title": " "}, "required"),
        ({"facilitator": ""}, "empty-rich-text"),
        ({"group": "<p></p>"}, "empty-rich-text"),
        ({"unit": "no-such-unit"}, "unknown-unit"),
    ],
)
def test_step_is_whole(notes: FacilitatorNotesPage, values: dict[str, Any], code: str) -> None:
    notes.plan = [plan_step(minutes=120, **values)]
    assert [(finding.code, finding.block_id) for finding in errors_of(notes)] == [(code, notes.plan[0].id)]


def test_lesson_has_one_plan(notes: FacilitatorNotesPage, course: FixtureCourse) -> None:
    assert not FacilitatorNotesPage.can_create_at(course.lessons[0])
    assert FacilitatorNotesPage.can_create_at(course.lessons[1])
    with pytest.raises(NotFitToPublish):
        make_notes(course.lessons[0], slug="more-notes")
    make_notes(course.lessons[1])


def test_editor_previews_notes_that_nobody_has_saved(course: FixtureCourse) -> None:
    page = make_notes(course.lessons[0])
    client = signed_in(make_user(is_superuser=True))
    response = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert response.status_code == 200
    assert "All steps together: 120 minutes" in response.content.decode()
    form = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "What the group does" in form


def test_pack_with_notes_is_loaded_and_dumped_to_the_same_bytes(db: None, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    pack = small_pack(tmp_path / "pack")
    load(pack)
    page = FacilitatorNotesPage.objects.get()
    assert (page.live, page.get_parent().slug, page.minutes_of_steps) == (True, "marketing", 120)
    assert [(step.value["form"], step.value["unit"]) for step in page.plan] == [
        ("pairs", "digital-strategy"),
        ("alone", ""),
    ]
    assert load(pack).changed is False
    dump_course(tmp_path / "dump")
    assert files_of(tmp_path / "dump") == files_of(pack)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("form: pairs", "form: crowd", 24),
        ("unit: digital-strategy", "unit: no-unit", 25),
        ("minutes: 50", "minutes: 0", 23),
    ],
)
def test_pack_names_the_line_of_a_code_that_is_none(db: None, tmp_path: Path, old: str, new: str, line: int) -> None:
    pack = small_pack(tmp_path / "pack", old, new)
    with pytest.raises(PackError) as refusal:
        load(pack)
    assert f"facilitator-notes/page.yaml:{line}:" in str(refusal.value)


def test_pack_whose_times_do_not_add_up_is_refused(db: None, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    pack = small_pack(tmp_path / "pack", "minutes: 50", "minutes: 40")
    with pytest.raises(PackError):
        load(pack)
    assert FacilitatorNotesPage.objects.count() == 0
