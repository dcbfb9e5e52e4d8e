"""A trainer's term, with scripts off: a group, an invitation, a session, who is stuck, a letter, a list."""

import datetime as dt
import re
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import Browser, Page

from openmuseums.organisations.belonging import join as belong
from openmuseums.privacy.consents import give
from openmuseums.trainers.announcing.consenting import PURPOSE
from openmuseums.trainers.models import AttendanceEntry, Cohort, Export, Participation, Session
from tests.browser.harness import Record, recorded
from tests.factories import NOW, FixtureCourse, make_course_in, make_trainer, make_user
from tests.journeys.steps import expect_no_wide_page
from tests.journeys.test_second_factor import carry
from tests.trainers.making import make_museum, take_part

ZONE = "Europe/Athens"
ADDRESS = "maria@example.org"
TEN_MINUTES = dt.timedelta(minutes=10)


@pytest.fixture
def learners_page(browser: Browser, browser_context_args: dict, record: Record):
    context = browser.new_context(**{**browser_context_args, "java_script_enabled": False})
    yield recorded(context, record).new_page()
    context.close()


def press(page: Page, selector: str = "main form button[type=submit]") -> None:
    """Press a button, and see that the page that comes fits."""
    with page.expect_navigation():
        page.locator(selector).first.click()
    expect_no_wide_page(page)


def address(name: str, *arguments: object) -> str:
    return reverse(name, args=arguments)


def make_group(page: Page) -> Cohort:
    page.goto(address("trainers:new"))
    page.locator("[name=name]").fill("Museums of the coast")
    page.locator("[name=organisation]").select_option(index=1)
    page.locator("[name=starts_on]").fill("2026-10-01")
    page.locator("[name=ends_on]").fill("2026-12-18")
    page.locator("[name=time_zone]").select_option(ZONE)
    for language in ("en", "el"):
        page.locator(f"[name=languages][value={language}]").check()
    page.locator("[name=template][value=blended]").check()
    press(page)
    return Cohort.objects.get()


def invite(page: Page, cohort: Cohort) -> str:
    """Invite somebody by a file, looking first at what it would do; return the path that the letter leads to."""
    page.goto(address("trainers:invitations", cohort.key))
    table = f"email;name;museum;language\r\n{ADDRESS};Maria;;el\r\nno address;;;\r\n".encode("utf-8-sig")
    page.locator("[name=file]").set_input_files({"name": "people.csv", "mimeType": "text/csv", "buffer": table})
    press(page, "main form:has([name=file]) button[type=submit]")
    assert mail.outbox == []
    press(page)
    (letter,) = (message for message in mail.outbox if message.to == [ADDRESS])
    found = re.search(r"https?://\S+/groups/invitation/\S+", letter.body)
    assert found
    return urlsplit(found.group()).path


def arrange(page: Page, cohort: Cohort, *, title: str = "First session", ago: dt.timedelta = TEN_MINUTES) -> Session:
    """Arrange a session of two hours that began a while ago, by the clocks of the place."""
    page.goto(address("trainers:session-add", cohort.key))
    begins = (timezone.now() - ago).astimezone(ZoneInfo(ZONE))
    ends = begins + dt.timedelta(hours=2)
    page.locator("[name=title]").fill(title)
    page.locator("[name=kind][value=on-site]").check()
    page.locator("[name=place]").fill("In the reading room")
    page.locator("[name=starts_on]").fill(f"{begins:%Y-%m-%d}")
    page.locator("[name=starts_time]").fill(f"{begins:%H:%M}")
    page.locator("[name=ends_on]").fill(f"{ends:%Y-%m-%d}")
    page.locator("[name=ends_time]").fill(f"{ends:%H:%M}")
    page.locator("[name=time_zone]").select_option(ZONE)
    press(page)
    return Session.objects.get(title=title)


def fetch(page: Page, selector: str, to: Path) -> Path:
    """Fetch a file that a link leads to."""
    with page.expect_download() as download:
        page.locator(selector).click()
    download.value.save_as(to)
    return to


@pytest.mark.parametrize("language", ["en", "el"])
def test_a_term_from_the_first_invitation_to_a_list_that_anybody_verifies(
    course: FixtureCourse,
    page_without_scripts: Page,
    learners_page: Page,
    base_url: str,
    record: Record,
    tmp_path: Path,
    language: str,
) -> None:
    make_course_in(course, "el")
    trainer, maria = make_trainer(language=language), make_user(email=ADDRESS, name="Maria", language="el")
    belong(account=trainer, organisation=make_museum(), role="trainer", now=NOW)
    page = page_without_scripts
    carry(page, base_url, trainer)
    carry(learners_page, base_url, maria)
    with translation.override(language):
        cohort = make_group(page)
        # Somebody joined at the beginning, and has not taken a step since.
        stuck = take_part(cohort, make_user(language="en"), now=NOW)
        assert stuck.account is not None
        EmailAddress.objects.update_or_create(
            user=stuck.account, email=stuck.account.email, defaults={"verified": True, "primary": True}
        )
        give(user=stuck.account, key=PURPOSE, language="en", now=NOW)
        invitation = invite(page, cohort)
        learners_page.goto(invitation)
        learners_page.locator("[name=name]").check()
        press(learners_page)
        joined = Participation.objects.get(account=maria)
        assert (joined.name, learners_page.url) == ("Maria", base_url + _in("el", "groups:group", joined.pk))

        session = arrange(page, cohort)
        page.goto(address("trainers:attendance-code", cohort.key, session.pk))
        code = page.locator(".room-code").inner_text()
        learners_page.goto(_in("el", "groups:attend"))
        learners_page.locator("[name=code]").fill(code)
        press(learners_page)
        assert list(AttendanceEntry.objects.values_list("participation", "how")) == [(joined.pk, "code")]

        page.goto(address("trainers:people", cohort.key) + "?is_idle=on")
        people = page.locator("table.people tbody tr:not(.totals) th a")
        assert [people.nth(place).inner_text() for place in range(people.count())] == [stuck.label]
        with page.expect_navigation():
            page.locator('main a[href*="/announcements/new/"]').click()
        page.locator("[name=subject_en]").fill("Shall we help?")
        page.locator("[name=text_en]").fill("The second unit takes ten minutes.")
        press(page)
        press(page, "main button[value=send]")
        told = [message.subject for message in mail.outbox if message.to == [stuck.account.email]]
        assert told == ["Museums of the coast: Shall we help?"]

        page.goto(address("trainers:lists", cohort.key))
        page.locator("[name=file_format]").select_option("csv")
        press(page)
        press(page, "main form[method=post] button[type=submit]")
        export = Export.objects.get()
        page.goto(address("trainers:list", cohort.key, export.pk))
        file = fetch(page, f'a[href="{address("trainers:list-file", cohort.key, export.pk)}"]', tmp_path / "list.csv")
        manifest = fetch(
            page, f'a[href="{address("trainers:list-manifest", cohort.key, export.pk)}"]', tmp_path / "list.json"
        )
        assert (export.state, verify(learners_page, file, manifest)) == ("done", "valid")
        file.write_bytes(file.read_bytes().replace(b"2026", b"2025", 1))
        assert verify(learners_page, file, manifest) == "altered"


def verify(page: Page, file: Path, manifest: Path) -> str:
    """Hand in a list with its manifest, as somebody who needs no account, and return what was found."""
    page.context.clear_cookies()
    page.goto(_in("el", "verify:list"))
    page.locator("[name=file]").set_input_files(file)
    page.locator("[name=manifest]").set_input_files(manifest)
    press(page)
    return str(page.locator("#finding").get_attribute("data-verdict"))


def _in(language: str, name: str, *arguments: object) -> str:
    with translation.override(language):
        return reverse(name, args=arguments)
