"""The report of what ages: what it lists by itself and on request, as a file, and who may use it."""

import csv
import datetime as dt
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from lessons.ageing.checking import check_source
from lessons.ageing.listing import a_year_before
from lessons.models import SourceCheck, UnitPage
from tests.factories import FixtureCourse, make_editor, make_translation, make_user, signed_in
from tests.lessons.ageing.making import case, parts_of, resources, text, unit_with
from tests.translation.teams_of_tests import make_team, make_translator

LIST = "lessons_admin:ages"
WORDS = "It cost ten euros."


def lines(client: Client, **asked: str) -> list[Any]:
    return list(client.get(reverse(LIST), asked).context["object_list"])


def names(client: Client, **asked: str) -> list[str]:
    return [line.part.name for line in lines(client, **asked)]


def note(client: Client, unit: UnitPage, name: str, **changed: str) -> Any:
    part = parts_of(unit)[name]
    data = {"block": part.block_id, "item": part.item_id, "digest": part.digest, **changed}
    return client.post(reverse("lessons_admin:note-check", args=[unit.pk]), data)


@pytest.fixture
def editor(course: FixtureCourse) -> Client:
    return signed_in(make_editor(name="Ada"))


def days_ago(days: int) -> str:
    return (timezone.localdate() - dt.timedelta(days=days)).isoformat()


def test_list_begins_with_what_is_over_a_year_old(course: FixtureCourse, editor: Client) -> None:
    limit = a_year_before(timezone.localdate())
    older = (limit - dt.timedelta(days=1)).isoformat()
    unit_with(
        course,
        text("A year to the day.", limit.isoformat()),
        text("A day more.", older),
        text('It leads <a href="https://www.ne-mo.org/">elsewhere</a>.'),
        case(),
        resources(alpha=None, beta=older, gamma=days_ago(3)),
    )
    assert names(editor) == ["A day more.", "A case", "alpha", "beta"]
    everything = ["A year to the day.", "A day more.", "It leads elsewhere.", "A case", "alpha", "beta", "gamma"]
    assert names(editor, which="all") == everything


@pytest.mark.parametrize(
    ("day", "before"), [("2026-11-22", "2025-11-22"), ("2028-02-29", "2027-02-28"), ("2025-03-01", "2024-03-01")]
)
def test_year_ends_on_the_same_day(day: str, before: str) -> None:
    assert a_year_before(dt.date.fromisoformat(day)).isoformat() == before


def test_check_takes_a_line_off_the_list_and_says_who(course: FixtureCourse, editor: Client) -> None:
    unit = unit_with(course, text(WORDS, "2024-06-30"), case())
    response = note(editor, unit, WORDS, next=f"{reverse(LIST)}?which=all")
    assert (response.status_code, response.headers["Location"]) == (302, f"{reverse(LIST)}?which=all")
    html = editor.get(reverse(LIST), {"which": "all"}).content.decode()
    assert "“It cost ten euros.” was checked today." in html
    assert "by Ada" in html
    assert "<strong>Of today</strong>" in html
    assert names(editor) == ["A case"]
    line = next(line for line in lines(editor, which="all") if line.part.name == WORDS)
    assert (line.last, line.checked_by, line.is_fresh) == (timezone.localdate(), "Ada", True)


def test_check_that_is_over_a_year_old_counts_no_more(course: FixtureCourse, editor: Client) -> None:
    unit = unit_with(course, case())
    part = parts_of(unit)["A case"]
    then = timezone.now() - dt.timedelta(days=400)
    check_source(page=unit, place=part.place, digest=part.digest, by=None, now=then)
    (line,) = lines(editor)
    assert (line.last, line.checked_by) == (timezone.localdate(then), "")


def test_line_whose_text_changed_says_that_its_check_is_void(course: FixtureCourse, editor: Client) -> None:
    unit = unit_with(course, case())
    note(editor, unit, "A case")
    assert names(editor) == []
    body = list(unit.body.raw_data)
    body[-1] = {**body[-1], "value": {**body[-1]["value"], "museum": "Another museum"}}
    unit.body = body
    unit.save_revision().publish()
    (line,) = lines(editor)
    assert (line.check, line.void.checked_on) == (None, timezone.localdate())
    assert "Changed since it was checked on" in editor.get(reverse(LIST)).content.decode()


def test_what_changed_since_it_was_read_is_not_said_to_be_right(course: FixtureCourse, editor: Client) -> None:
    unit = unit_with(course, case())
    response = note(editor, unit, "A case", digest="of something else")
    assert response.headers["Location"] == reverse(LIST)
    assert not SourceCheck.objects.exists()
    html = editor.get(reverse(LIST)).content.decode()
    assert "This was changed meanwhile. Read it again, then say whether it is right." in html


def test_way_back_leads_to_no_other_site(course: FixtureCourse, editor: Client) -> None:
    unit = unit_with(course, case())
    response = note(editor, unit, "A case", next="https://elsewhere.example/")
    assert response.headers["Location"] == reverse(LIST)


def test_list_of_one_lesson(course: FixtureCourse, editor: Client) -> None:
    unit_with(course, case())
    first, second = (str(lesson.translation_key) for lesson in course.lessons)
    assert names(editor, lesson=first) == ["A case"]
    assert names(editor, lesson=second) == []
    assert names(editor, lesson="no lesson", which="nothing") == ["A case"]


def test_drafts_and_translations_are_not_listed(course: FixtureCourse, editor: Client) -> None:
    unit = unit_with(course, case())
    make_translation(unit, "nl")
    draft = course.units["channels-and-media"]
    draft.body = [case()]
    draft.save_revision()
    assert [line.page.pk for line in lines(editor, which="all")] == [unit.pk]


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_as_much_however_long_it_is(course: FixtureCourse, editor: Client, number: int) -> None:
    for key in list(course.units)[:number]:
        unit = course.units[key]
        unit.body = [*unit.body.raw_data, case()]
        unit.save_revision().publish()
        note(editor, unit, "A case")
    editor.get(reverse(LIST))
    with CaptureQueriesContext(connection) as captured:
        assert len(lines(editor, which="all")) == number
    ours = [query["sql"] for query in captured if "lessons_" in query["sql"]]
    # Whether there is a unit to edit, lessons, parts, units, checks.
    assert len(ours) == 5


def test_files_hold_the_list_and_no_formulas(course: FixtureCourse, editor: Client) -> None:
    unit = unit_with(course, text("=1+1", "2024-06-30"), case())
    note(editor, unit, "A case")
    response = editor.get(reverse(LIST), {"which": "all", "export": "csv"})
    head, *rows = csv.reader(StringIO(b"".join(response.streaming_content).decode()))
    assert head == [
        "Lesson", "Page", "Section", "Kind", "What", "Addresses", "As known on", "Checked on", "Checked by",
        "Right at last on",
    ]  # fmt: skip
    today, lesson = timezone.localdate().isoformat(), course.lessons[0].title
    assert rows == [
        [lesson, unit.title, "Where to begin", "Text", "'=1+1", "", "2024-06-30", "", "", "2024-06-30"],
        [
            lesson,
            unit.title,
            "Where to begin",
            "Case study",
            "A case",
            "https://www.ne-mo.org/",
            "",
            today,
            "Ada",
            today,
        ],
    ]
    response = editor.get(reverse(LIST), {"export": "xlsx"})
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    assert [row[4].value for row in sheet.iter_rows(min_row=2)] == ["'=1+1"]


def test_who_may_not_edit_the_source_neither_sees_the_list_nor_checks(course: FixtureCourse) -> None:
    unit = unit_with(course, case())
    translator = signed_in(make_translator(make_team(course, above=course.lessons[0])))
    make_translation(unit, "nl")
    assert translator.get(reverse(LIST)).status_code == 302
    assert note(translator, unit, "A case").status_code == 302
    in_dutch = UnitPage.objects.get(translation_key=unit.translation_key, locale__language_code="nl")
    (part,) = parts_of(in_dutch).values()
    assert note(signed_in(make_editor()), in_dutch, part.name).status_code == 404
    assert not SourceCheck.objects.exists()


def test_way_to_the_list_is_shown_to_who_may_use_it(course: FixtureCourse, editor: Client) -> None:
    translator = signed_in(make_translator(make_team(course)))
    address = reverse(LIST)
    assert address in editor.get(reverse("wagtailadmin_home")).content.decode()
    assert address not in translator.get(reverse("wagtailadmin_home")).content.decode()
    assert signed_in(make_user(is_superuser=True)).get(address).status_code == 200
