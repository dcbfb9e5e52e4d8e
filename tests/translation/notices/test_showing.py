import datetime as dt
import re
from collections.abc import Callable
from io import StringIO
from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from wagtail.models import Page

from lessons.models import UnitPage
from openmuseums.delivery.versions import OUTLINE, version_of
from openmuseums.editorial.kinds import ChangeKind
from openmuseums.editorial.recording import choose_kind
from openmuseums.formats.lists import in_words
from openmuseums.people.models import User
from openmuseums.translation.notices.changes import Aspect
from tests.factories import NOW, FixtureCourse, make_bank, make_course_in, make_translation

LATER = NOW + dt.timedelta(days=3)


@pytest.fixture
def dutch(course: FixtureCourse) -> FixtureCourse:
    """Return the course, which is there in Dutch as well."""
    make_course_in(course, "nl")
    return course


def edit(page: Page, *, at: dt.datetime = LATER, kind: ChangeKind | None = None, **fields: Any) -> None:
    """Publish a page of the source with other contents."""
    with patch("django.utils.timezone.now", return_value=at):
        changed = type(page).objects.get(pk=page.pk)
        for name, value in fields.items():
            setattr(changed, name, value)
        revision = changed.save_revision()
        if kind is not None:
            choose_kind(revision=revision, kind=kind, user=None, now=at)
        revision.publish()


def in_dutch(page: Page) -> str:
    return f"/nl{page.url.removeprefix('/en')}"


def notice_in(client: Client, page: Page) -> Any:
    return client.get(in_dutch(page)).context["behind"]


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


CHANGES: list[tuple[str, Callable[[FixtureCourse], Page], dict[str, Any]]] = [
    ("home", lambda course: course.home, {"tagline": "Another course."}),
    ("course", lambda course: course.course, {"introduction": "<p>Another course.</p>"}),
    ("part", lambda course: course.part, {"opening": "<p>Another beginning.</p>"}),
    ("lesson", lambda course: course.lessons[0], {"message": "Another message."}),
    ("unit", lambda course: course.units["digital-strategy"], {"lead": "Another lead."}),
    ("quiz", lambda course: course.quizzes["marketing"], {"introduction": "<p>Another quiz.</p>"}),
]


@pytest.mark.parametrize(("page_of", "fields"), [each[1:] for each in CHANGES], ids=[each[0] for each in CHANGES])
def test_every_kind_of_page_that_is_behind_says_so(
    dutch: FixtureCourse, client: Client, page_of: Callable[[FixtureCourse], Page], fields: dict[str, Any]
) -> None:
    page = page_of(dutch)
    assert notice_in(client, page) is None
    edit(page, kind=ChangeKind.MEANING, **fields)
    notice = notice_in(client, page)
    (text,) = fields.values()
    shown = re.sub("<[^>]+>", "", text)
    assert (notice.since, notice.now, notice.language, notice.url) == (LATER, (shown,), "en", page.url)
    html = client.get(in_dutch(page)).content.decode()
    assert re.findall(r'<div class="changed" lang="(\w+)"><p>([^<]+)</p></div>', html) == [("en", shown)]
    assert client.get(page.url).context["behind"] is None, "the original itself"


def test_notice_tells_what_changed_and_since_when_in_one_sentence(dutch: FixtureCourse, client: Client) -> None:
    unit = dutch.units["digital-strategy"]
    edit(unit, lead="What you get from it in 2 hours.", kind=ChangeKind.MEANING)
    notice = notice_in(client, unit)
    with translation.override("nl"):
        what = in_words([str(Aspect.WORDS.label), str(Aspect.NUMBERS.label)])
    assert (notice.what, notice.now, notice.gone, notice.is_cut) == (
        what,
        ("What you get from it in 2 hours.",),
        (),
        False,
    )
    edit(unit, lead="What you get from it in 3 hours.", at=LATER + dt.timedelta(days=1), kind=ChangeKind.MEANING)
    assert notice_in(client, unit).since == LATER, "it has been behind without a break"


def test_notice_goes_with_the_next_publication(dutch: FixtureCourse, client: Client) -> None:
    unit = dutch.units["digital-strategy"]
    edit(unit, lead="Another lead.", kind=ChangeKind.MEANING)
    assert notice_in(client, unit) is not None
    make_translation(unit, "nl")
    assert notice_in(client, unit) is None


def test_older_draft_that_is_published_late_leaves_the_notice(dutch: FixtureCourse, client: Client) -> None:
    unit = dutch.units["digital-strategy"]
    draft = UnitPage.objects.get(translation_key=unit.translation_key, locale__language_code="nl").save_revision()
    edit(unit, lead="Another lead.", kind=ChangeKind.MEANING)
    draft.publish()
    assert notice_in(client, unit) is not None


def test_change_that_is_taken_back_takes_the_notice_along(dutch: FixtureCourse, client: Client) -> None:
    unit = dutch.units["digital-strategy"]
    before = unit.lead
    edit(unit, lead="Another lead.", kind=ChangeKind.MEANING)
    edit(unit, lead=before, kind=ChangeKind.MEANING)
    assert notice_in(client, unit) is None
    # It counts from the change that was not taken back.
    again = LATER + dt.timedelta(days=9)
    edit(unit, lead="A third lead.", at=again, kind=ChangeKind.MEANING)
    assert notice_in(client, unit).since == again


def test_editorial_change_shows_learners_nothing(dutch: FixtureCourse, client: Client) -> None:
    unit = dutch.units["digital-strategy"]
    edit(unit, lead="What one gets from it.", kind=ChangeKind.EDITORIAL)
    assert notice_in(client, unit) is None


def test_change_of_a_quiz_shows_none_of_its_questions(dutch: FixtureCourse, client: Client) -> None:
    quiz = dutch.quizzes["marketing"]
    questions = [dict(raw) for raw in quiz.questions.get_prep_value()]
    questions[0]["value"] |= {"prompt": "What do you use at first?"}
    edit(quiz, questions=questions, kind=ChangeKind.MEANING)
    notice = notice_in(client, quiz)
    assert (notice.now, notice.gone) == ((), ())
    assert "at first" not in client.get(in_dutch(quiz)).content.decode()


def test_page_that_a_language_lacks_has_no_notice(course: FixtureCourse, client: Client) -> None:
    unit = course.units["digital-strategy"]
    make_course_in(course, "nl", without=(unit,))
    edit(unit, lead="Another lead.", kind=ChangeKind.MEANING)
    assert notice_in(client, unit) is None


def test_hostile_words_of_a_change_are_shown_as_words(dutch: FixtureCourse, client: Client) -> None:
    unit = dutch.units["digital-strategy"]
    edit(unit, lead="A <script>alert(1)</script> lead & more", kind=ChangeKind.MEANING)
    html = client.get(in_dutch(unit)).content.decode()
    assert "<script>alert" not in html


def test_change_is_seen_at_the_next_view_through_a_cache_that_asks_again(
    dutch: FixtureCourse, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    unit = dutch.units["digital-strategy"]
    address = in_dutch(unit)
    seen = client.get(address)
    etag = seen.headers["ETag"]
    assert seen.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    with django_capture_on_commit_callbacks(execute=True):
        edit(unit, lead="Another lead.", kind=ChangeKind.MEANING)
    behind = client.get(address, headers={"If-None-Match": etag})
    assert (behind.status_code, behind.context["behind"] is None) == (200, False)
    with django_capture_on_commit_callbacks(execute=True):
        make_translation(unit, "nl")
    current = client.get(address, headers={"If-None-Match": behind.headers["ETag"]})
    assert (current.status_code, current.context["behind"]) == (200, None)


def test_source_that_is_saved_without_being_published_is_seen_as_well(dutch: FixtureCourse, client: Client) -> None:
    unit = UnitPage.objects.get(pk=dutch.units["digital-strategy"].pk)
    before = version_of(OUTLINE)
    unit.lead = "Another lead."
    unit.save()
    assert version_of(OUTLINE) != before
    assert notice_in(client, unit).now == ("Another lead.",)


def test_change_that_was_scheduled_is_told_once_its_time_has_come(dutch: FixtureCourse, client: Client) -> None:
    unit = UnitPage.objects.get(pk=dutch.units["digital-strategy"].pk)
    now = timezone.now()
    unit.lead, unit.go_live_at = "Another lead.", now + dt.timedelta(hours=1)
    revision = unit.save_revision()
    choose_kind(revision=revision, kind=ChangeKind.MEANING, user=None, now=now)
    revision.publish()
    current = client.get(in_dutch(unit))
    call_command("publish_scheduled", stdout=StringIO())
    asked = {"If-None-Match": current.headers["ETag"]}
    assert (current.context["behind"], client.get(in_dutch(unit), headers=asked).status_code) == (None, 304)
    with patch("django.utils.timezone.now", return_value=now + dt.timedelta(hours=2)):
        call_command("publish_scheduled", stdout=StringIO())
    later = client.get(in_dutch(unit), headers=asked)
    assert (later.status_code, later.context["behind"].now) == (200, ("Another lead.",))
    assert later.context["behind"].since == now + dt.timedelta(hours=2)


def test_page_that_is_behind_asks_little_more(dutch: FixtureCourse, client: Client) -> None:
    unit = dutch.units["digital-strategy"]
    client.get(in_dutch(unit))
    caches["default"].clear()
    with CaptureQueriesContext(connection) as current:
        client.get(in_dutch(unit))
    edit(unit, lead="Another lead.", kind=ChangeKind.MEANING)
    client.get(in_dutch(unit))
    caches["default"].clear()
    with CaptureQueriesContext(connection) as behind:
        client.get(in_dutch(unit))
    # Their texts, and since when.
    assert len(behind) == len(current) + 2


def test_preview_has_no_notice(dutch: FixtureCourse, user: User) -> None:
    unit = dutch.units["digital-strategy"]
    edit(unit, lead="Another lead.", kind=ChangeKind.MEANING)
    page = UnitPage.objects.get(translation_key=unit.translation_key, locale__language_code="nl")
    response = page.make_preview_request()
    assert "notice--behind" not in response.content.decode()


def test_bank_has_no_page_and_its_change_no_notice(dutch: FixtureCourse, client: Client) -> None:
    bank = make_bank(dutch.lessons[0])
    edit(bank, title="Another bank", kind=ChangeKind.MEANING)
    assert notice_in(client, dutch.quizzes["marketing"]) is None
