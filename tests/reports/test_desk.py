"""The editors' queue of reports."""

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.test import Client
from wagtail.models import ModelLogEntry

from openmuseums.people.models import User
from openmuseums.reports.models import Report
from openmuseums.reports.settling import settle
from tests.factories import NOW, FixtureCourse, make_course_in, make_editor, make_trainer, make_user, with_second_factor

QUEUE = "/admin/readers-reports/"
# How many places there are, those of this page, their reports, the pages; the others: session, door and Wagtail's.
QUERIES = 15


@pytest.fixture
def editor(course: FixtureCourse) -> User:
    return make_editor(name="Eleni")


@pytest.fixture
def desk(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    with_second_factor(client)
    return client


def make_report(course: FixtureCourse, *, block: int | None = None, minutes: int = 0, **fields: Any) -> Report:
    unit = course.units["digital-strategy"]
    made = {"page_key": unit.translation_key, "language": "en", "text_language": "en", "kind": "mistake", **fields}
    block_id = unit.body[block].id if block is not None else ""
    moment = NOW + dt.timedelta(minutes=minutes)
    return Report.objects.create(**{"block_id": block_id, "reported_at": moment, **made})


def headings(page: str) -> list[str]:
    """Return the places that a queue shows, in their order: the names of blocks."""
    found = re.findall(r'</h2>\s*<p class="om-facts">(.*?)</p>', page, flags=re.DOTALL)
    return [re.sub(r"<[^>]*>", "", place).strip() for place in found]


def test_queue_groups_reports_by_block_in_whatever_language_newest_first(course: FixtureCourse, desk: Client) -> None:
    make_report(course, block=1, minutes=1, text="It says 1985.")
    make_report(course, minutes=2, text="The page is late.")
    make_report(course, block=1, minutes=3, language="el", text="Λέει 1985.")
    page = desk.get(QUEUE).content.decode()
    assert headings(page) == ["2. Text: What The digital strategy is about.", "The whole page"]
    assert texts(page) == ["Λέει 1985.", "It says 1985.", "The page is late."]
    assert '<p class="om-text" dir="auto" lang="el">Λέει' in page


def test_queue_leads_to_the_block_on_the_page_and_in_the_editor(course: FixtureCourse, desk: Client) -> None:
    unit = course.units["digital-strategy"]
    make_course_in(course, "el", without=(unit,))
    block = unit.body[3].id
    make_report(course, block=3, language="el")
    page = desk.get(QUEUE).content.decode()
    assert f'href="/el/{unit.url.removeprefix("/en/")}#check-{block}"' in page
    assert f'href="/admin/pages/{unit.pk}/edit/#block-{block}-section"' in page
    assert "(language of the page: English)" in page


def test_queue_shows_what_is_gone(course: FixtureCourse, desk: Client) -> None:
    make_report(course, block_id="was-here", text="About a block that went")
    make_report(course, page_key=uuid.UUID(int=9), text="About a page that went")
    page = desk.get(QUEUE).content.decode()
    assert "A part of the page that is gone" in page
    assert "A page that is gone" in page
    course.units["digital-strategy"].unpublish()
    page = desk.get(QUEUE).content.decode()
    assert "Read it there" not in page
    assert f"/admin/pages/{course.units['digital-strategy'].pk}/edit/" in page


def texts(page: str) -> list[str]:
    """Return the words of the reports that a queue shows, in their order."""
    return re.findall(r'<p class="om-text"[^>]*>(.*?)</p>', page)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", ["b", "a"]),
        ("state=settled", ["c"]),
        ("state=all", ["c", "b", "a"]),
        ("kind=access", ["b"]),
        ("language=el", ["a"]),
        ("state=all&language=el&kind=mistake", ["c", "a"]),
        ("state=nonsense&kind=%00&language=xx&p=99", ["b", "a"]),
    ],
)
def test_queue_is_chosen_from(course: FixtureCourse, editor: User, desk: Client, asked: str, shown: list[str]) -> None:
    make_report(course, minutes=1, text="a", language="el")
    make_report(course, minutes=2, text="b", kind="access")
    settled = make_report(course, minutes=3, text="c", language="el")
    settle(report_ids=[settled.pk], note="", actor=editor, now=NOW + dt.timedelta(days=1))
    page = desk.get(f"{QUEUE}?{asked}").content.decode()
    assert texts(page) == shown


def test_queue_says_that_nothing_waits(course: FixtureCourse, desk: Client) -> None:
    assert "No report waits for you." in desk.get(QUEUE).content.decode()
    assert "There is no such report." in desk.get(f"{QUEUE}?state=settled").content.decode()


def test_queue_has_pages_and_asks_as_much_for_one_place_as_for_twenty(
    course: FixtureCourse, desk: Client, django_assert_num_queries: Any
) -> None:
    def add(count: int, start: int) -> None:
        for number in range(start, start + count):
            make_report(course, block_id=f"b{number}", minutes=number)
            make_report(course, block_id=f"b{number}", minutes=number, language="nl")

    add(1, 0)
    desk.get(QUEUE)
    with django_assert_num_queries(QUERIES):
        desk.get(QUEUE)
    add(21, 1)
    with django_assert_num_queries(QUERIES):
        page = desk.get(QUEUE).content.decode()
    assert len(headings(page)) == 20
    assert 'href="?p=2" rel="next"' in page
    second = desk.get(f"{QUEUE}?p=2&kind=mistake").content.decode()
    assert len(headings(second)) == 2
    assert 'href="?kind=mistake&amp;p=1" rel="prev"' in second


def test_editor_settles_what_is_ticked_and_opens_it_again(course: FixtureCourse, editor: User, desk: Client) -> None:
    ticked, left = make_report(course, minutes=1), make_report(course, minutes=2)
    response = desk.post(f"{QUEUE}settle/", {"report": [ticked.pk], "note": "Mended.\x07", "kind": "mistake"})
    assert (response.status_code, response.headers["Location"]) == (303, f"{QUEUE}?kind=mistake")
    for found in (ticked, left):
        found.refresh_from_db()
    assert (ticked.settled_at is not None, ticked.note) == (True, "Mended.")
    assert (left.settled_at, left.note) == (None, "")
    assert "1 report is settled." in desk.get(QUEUE).content.decode()
    response = desk.post(f"{QUEUE}{ticked.pk}/reopen/", {"state": "settled"})
    assert (response.status_code, response.headers["Location"]) == (303, f"{QUEUE}?state=settled")
    ticked.refresh_from_db()
    assert (ticked.settled_at, ticked.note) == (None, "")
    entries = ModelLogEntry.objects.filter(object_id=str(ticked.pk)).order_by("timestamp")
    assert [(entry.action, entry.user, entry.data) for entry in entries] == [
        ("reports.settled", editor, {"note": "Mended."}),
        ("reports.reopened", editor, {"note": "Mended."}),
    ]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"note": "Mended."}, "Choose at least one report to settle."),
        ({"report": ["x", "1e5", "9" * 40, "\x00"]}, "Select a valid choice"),
        ({"report": ["{pk}"], "note": "x" * 501}, "Ensure this value has at most 500 characters (it has 501)."),
        ({"report": ["{pk}"], "note": "a\x00"}, "Null characters are not allowed."),
        ({"report": ["999999"]}, "Somebody else has settled that meanwhile."),
    ],
)
def test_what_cannot_be_settled_is_said(course: FixtureCourse, desk: Client, sent: dict[str, Any], said: str) -> None:
    report = make_report(course)
    sent = {**sent, "report": [value.format(pk=report.pk) for value in sent.get("report", [])]}
    assert desk.post(f"{QUEUE}settle/", sent).status_code == 303
    assert said in desk.get(QUEUE).content.decode()
    report.refresh_from_db()
    assert report.settled_at is None


def test_report_that_is_open_is_not_opened(course: FixtureCourse, desk: Client) -> None:
    report = make_report(course)
    for pk in (report.pk, 999_999):
        assert desk.post(f"{QUEUE}{pk}/reopen/").status_code == 303
        assert "This report is open already." in desk.get(QUEUE).content.decode()
    assert not ModelLogEntry.objects.filter(action="reports.reopened").exists()


def test_first_page_of_the_admin_counts_open_reports(course: FixtureCourse, desk: Client, editor: User) -> None:
    settled = make_report(course)
    for _number in range(2):
        make_report(course)
    settle(report_ids=[settled.pk], note="", actor=editor, now=NOW)
    page = desk.get("/admin/").content.decode()
    assert "2 open reports of readers" in page
    assert QUEUE in page


def test_who_is_no_editor_sees_no_queue_and_settles_nothing(course: FixtureCourse) -> None:
    report = make_report(course)
    for person in (None, make_user(), make_trainer()):
        client = Client()
        if person:
            client.force_login(person)
            with_second_factor(client)
        assert client.get(QUEUE).status_code in {302, 403}
        assert client.post(f"{QUEUE}settle/", {"report": [report.pk]}).status_code in {302, 403}
        assert client.post(f"{QUEUE}{report.pk}/reopen/").status_code in {302, 403}
    report.refresh_from_db()
    assert report.settled_at is None


def test_queue_escapes_what_people_wrote(course: FixtureCourse, editor: User, desk: Client) -> None:
    hostile = "<script>alert(1)</script>{{ 7|add:7 }}"
    report = make_report(course, text=hostile)
    settle(report_ids=[report.pk], note=hostile, actor=editor, now=NOW)
    page = desk.get(f"{QUEUE}?state=all").content.decode()
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:7 }}") == 2
