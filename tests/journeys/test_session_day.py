"""The day of a session, with scripts off: a sheet, a code in the room, one who is late, a list, and a correction."""

import datetime as dt
from collections.abc import Iterator

import icalendar
import pytest
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from playwright.sync_api import Browser, Page

from openmuseums.organisations.belonging import join as belong
from openmuseums.trainers.attendance.marking import takes_codes_until
from openmuseums.trainers.completing.drafting import sessions_asked
from openmuseums.trainers.joining.sharing import Shared
from openmuseums.trainers.models import AttendanceEntry, Cohort, Participation, Session
from openmuseums.trainers.sessions.moments import shown
from tests.browser.harness import Record, recorded
from tests.factories import NOW, FixtureCourse, make_course_in, make_trainer, make_user
from tests.journeys.steps import expect_no_wide_page
from tests.journeys.test_second_factor import carry
from tests.journeys.test_trainers_term import ZONE, address, arrange, press
from tests.trainers.making import make_cohort, make_museum, take_part

NARROW = {"width": 360, "height": 740}
TOO_LATE = (
    "It is too late for “%(title)s”: codes were taken until %(time)s. If you were there, ask your trainer to "
    "note you on the list."
)
REASON = "Nikos sat in the back row."


@pytest.fixture
def telephone(browser: Browser, browser_context_args: dict, record: Record) -> Iterator[Page]:
    """Return a page on a narrow telephone, without scripts."""
    args = {**browser_context_args, "viewport": NARROW, "is_mobile": True, "java_script_enabled": False}
    context = browser.new_context(**args)
    yield recorded(context, record).new_page()
    context.close()


def go(page: Page, *arguments: object) -> None:
    """Follow the link of a page that leads to an address."""
    with page.expect_navigation():
        page.locator(f'main a[href="{address(*arguments)}"]').first.click()
    expect_no_wide_page(page)


def type_code(page: Page, code: str) -> None:
    """Find the place for the code on one's own pages, and type it there."""
    page.goto(address("groups:mine"))
    go(page, "groups:calendar")
    go(page, "groups:attend")
    page.locator("[name=code]").fill(code.lower().replace("-", " "))
    press(page)


def code_in_the_room(page: Page, cohort: Cohort, session: Session) -> str:
    page.goto(address("trainers:session", cohort.key, session.pk))
    go(page, "trainers:attendance-code", cohort.key, session.pk)
    assert page.locator(".room-picture svg").is_visible()
    return page.locator(".room-code").inner_text()


def mark(page: Page, person: Participation, how: str, *, reason: str = "") -> None:
    page.locator(f'[name="mark-{person.pk}"][value={how}]').check()
    page.locator("[name=reason]").fill(reason)
    press(page, "main form[method=post] button:not([name])")


def line_of(page: Page, person: Participation) -> str:
    return " ".join(page.locator(f'li:has([name="mark-{person.pk}"])').inner_text().split())


def feed_of(page: Page) -> dict[str, str]:
    """Make an address for one's own calendar, and return what a calendar program finds there: titles and places."""
    page.goto(address("groups:calendar"))
    press(page, "main button[value=renew]")
    answer = page.request.get(str(page.locator('main a[href$="/sessions.ics"]').get_attribute("href")))
    calendar = icalendar.Calendar.from_ical(answer.body())
    return {str(event["SUMMARY"]): str(event["LOCATION"]) for event in calendar.walk("VEVENT")}


@pytest.mark.parametrize("language", ["en", "el"])
def test_day_of_a_session_from_the_sheet_to_what_counts(
    course: FixtureCourse,
    page_without_scripts: Page,
    telephone: Page,
    base_url: str,
    record: Record,
    language: str,
) -> None:
    # A code that is late, and a change without a reason, are refused.
    record.expected_errors.add("422")
    make_course_in(course, "el")
    trainer, museum, page = make_trainer(language=language), make_museum(), page_without_scripts
    belong(account=trainer, organisation=museum, role="trainer", now=NOW)
    cohort = make_cohort(trainer, organisation=museum, asked=[sessions_asked(1)], time_zone=ZONE)
    maria, nikos = (
        take_part(cohort, make_user(name=name, language=language), shared=Shared(name=True))
        for name in ("Maria", "Nikos")
    )
    assert maria.account is not None
    assert nikos.account is not None
    carry(page, base_url, trainer)
    carry(telephone, base_url, maria.account)
    with translation.override(language):
        yesterday = arrange(page, cohort, title="Yesterday's session", ago=dt.timedelta(days=1))
        session = arrange(page, cohort)

        go(page, "trainers:attendance-sheet", cohort.key, session.pk)
        page.emulate_media(media="print")
        lines = [text.strip() for text in page.locator("table.signatures tbody td:first-child").all_inner_texts()]
        assert lines == ["Maria", "Nikos", *[""] * 6]
        assert page.locator("h1").inner_text() == _("Attendance")
        for hidden in (".site-header", ".tabs", ".no-print"):
            assert not page.locator(hidden).first.is_visible(), hidden
        page.emulate_media(media="screen")

        type_code(telephone, code_in_the_room(page, cohort, yesterday))
        refused = telephone.locator(".error-summary").inner_text()
        until = date_format(shown(takes_codes_until(yesterday), ZONE), "DATETIME_FORMAT")
        assert refused.endswith(_(TOO_LATE) % {"title": yesterday.title, "time": until})
        assert not AttendanceEntry.objects.exists()

        type_code(telephone, code_in_the_room(page, cohort, session))
        assert telephone.get_by_role("status").inner_text() == _("You are noted as present: “%(title)s”.") % {
            "title": session.title
        }
        assert _("You are noted as present.") in telephone.locator("main li", has_text=session.title).inner_text()

        page.goto(address("trainers:attendance", cohort.key, session.pk))
        mark(page, nikos, "absent")
        mark(page, nikos, "present")
        assert page.locator("[name=reason]").get_attribute("aria-invalid") == "true"
        mark(page, nikos, "present", reason=REASON)
        assert line_of(page, nikos).endswith(f"{_('Reason:')} {REASON}")
        assert REASON not in line_of(page, maria)
        entries = AttendanceEntry.objects.order_by("id").values_list("participation", "is_present", "how", "reason")
        assert list(entries) == [
            (maria.pk, True, "code", ""),
            (nikos.pk, False, "list", ""),
            (nikos.pk, True, "list", REASON),
        ]

        for person, because in ((maria, _("Attendance was noted")), (nikos, _("Attendance was corrected"))):
            telephone.context.clear_cookies()
            assert person.account is not None
            carry(telephone, base_url, person.account)
            telephone.goto(address("groups:mine"))
            go(telephone, "groups:group", person.pk)
            for closed in telephone.locator("#standing ~ * summary").all():
                closed.click()
            standing = telephone.locator("section[aria-labelledby=standing]").inner_text()
            expect_no_wide_page(telephone)
            assert [told in standing for told in (session.title, because)] == [True, True]
        assert feed_of(telephone) == {row.title: "In the reading room" for row in (session, yesterday)}
