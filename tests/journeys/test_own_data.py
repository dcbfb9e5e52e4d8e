"""One's own data: taken along, erased, and nothing of it left in the database, the uploads or the logs."""

import json
import logging
import zipfile

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import BrowserContext, Page, expect

from openmuseums.learners.models import Learner
from openmuseums.people.models import User
from tests.browser.harness import Record
from tests.factories import FixtureCourse
from tests.journeys.steps import expect_no_wide_page, expect_title
from tests.journeys.test_signing_in import code_by_mail
from tests.journeys.test_visitor import begin, begin_quiz, mark_read
from tests.privacy.people import everything_in_files, everything_in_the_database

ADDRESS, NAME = "ariadne.k@museum.example", "Αριάδνη Κωνσταντίνου"
COOKIES = {django_settings.SESSION_COOKIE_NAME, django_settings.RECORD_COOKIE_NAME}


def ids(context: BrowserContext) -> list[str]:
    """Return what the browser's cookies and its record are known by, as a database writes it."""
    cookies = [cookie["value"] for cookie in context.cookies() if cookie["name"] in COOKIES]
    return [*cookies, *(way for learner in Learner.objects.all() for way in (str(learner.pk), learner.pk.hex))]


def found(traces: list[str], text: str) -> list[str]:
    """Return which traces of somebody a text has."""
    return [trace for trace in traces if trace.casefold() in text.casefold()]


def said_by(caplog: pytest.LogCaptureFixture) -> str:
    """Return all that was logged. Queries are logged where somebody debugs the database, and nowhere else."""
    records = [record for record in caplog.records if not record.name.startswith("django.db")]
    return "\n".join(f"{record.getMessage()} {record.exc_text or ''}" for record in records)


def test_account_takes_its_data_along_and_leaves_no_trace(
    course: FixtureCourse, page: Page, record: Record, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    begin(page, "en", "digital-strategy")
    mark_read(page)
    begin_quiz(page, "en")
    device = ids(page.context)
    page.goto("/en/account/sign-in/?next=/en/account/")
    page.locator("#id_email").fill(ADDRESS)
    page.locator("main form button").first.click()
    page.locator("#id_code").fill(code_by_mail(ADDRESS))
    page.locator("main form button").first.click()
    page.get_by_role("button", name="Add it to my account").click()
    expect_title(page, "Your account")
    page.get_by_label("Your name").fill(NAME)
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_role("status")).to_be_visible()
    traces = sorted({ADDRESS, NAME, *device, *ids(page.context)})
    before = everything_in_the_database()
    assert {ADDRESS, NAME} <= set(found(traces, before))
    assert len(found(traces, before)) >= 4

    page.get_by_role("link", name="Your data: see it, take it along, erase it").click()
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Download my data").click()
    with zipfile.ZipFile(downloading.value.path()) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert sorted(name.rpartition(".")[2] for name in files) == ["html", "json"]
    assert [found([ADDRESS, NAME], text) for text in files.values()] == [[ADDRESS, NAME]] * 2
    kept = {part["model"]: part["rows"] for part in json.loads(files["data.json"])["kept"]}
    assert len(kept["quizzes.Attempt"]) == 1

    page.get_by_role("link", name="Erase my data").click()
    page.get_by_label("Your e-mail address or user name").fill(ADDRESS)
    page.get_by_role("button", name="Erase everything now").click()
    expect_title(page, "Your data is erased")
    assert (User.objects.count(), Learner.objects.count()) == (0, 0)
    assert COOKIES & {cookie["name"] for cookie in page.context.cookies()} == set()
    assert found(traces, everything_in_the_database()) == []
    assert found(traces, everything_in_files()) == []
    said = said_by(caplog)
    assert "An account was erased." in said
    assert found(traces, said) == []


def test_visitor_erases_the_record_of_a_device_and_leaves_no_trace(
    course: FixtureCourse, phone: Page, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    begin(phone, "en", "digital-strategy")
    mark_read(phone)
    traces = ids(phone.context)
    assert len(found(traces, everything_in_the_database())) == 1
    phone.goto("/en/my-data/")
    expect_no_wide_page(phone)
    phone.get_by_role("link", name="Erase my data").click()
    phone.get_by_label("Yes, erase what is kept on this device").check()
    phone.get_by_role("button", name="Erase everything now").click()
    expect_title(phone, "Your data is erased")
    assert COOKIES & {cookie["name"] for cookie in phone.context.cookies()} == set()
    assert found(traces, everything_in_the_database()) == []
    assert found(traces, said_by(caplog)) == []
