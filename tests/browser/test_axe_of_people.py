"""axe finds nothing on the pages of signing in, of one's own account and data, and of readers' reports.

One language, width and theme a page, taken in turn.
"""

import itertools
import time

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import LazySettings
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from openmuseums.home.models import Operator
from openmuseums.people.models import User
from tests.browser.examining import SHOWINGS, faults_of
from tests.browser.harness import WIDTHS, Record
from tests.factories import FixtureCourse, make_translation, make_user
from tests.journeys.test_second_factor import carry

LANGUAGES = [code for code, _name in django_settings.LANGUAGES]
PUBLIC = (
    "begin/",
    "account/sign-in/",
    "account/sign-in/password/",
    "account/sign-in/passkey/",
    "account/password/forgotten/",
    "slip/",
    "my-data/",
    "report/{unit}/",
    "report/{unit}/thanks/",
)
OWN = (
    "account/",
    "account/sessions/",
    "account/museum/",
    "account/address/",
    "account/password/",
    "account/passkeys/new/",
    "account/app/new/",
    "account/second-factor/",
    "account/again/password/",
    "my-data/",
    "my-data/erase/",
)


def sign_in_just_now(context: BrowserContext, live_server: LiveServer, user: User, method: str = "password") -> None:
    """Give a browser the session of an account that has just been signed in to."""
    client = Client()
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": method, "at": time.time()}]
    session.save()
    name = django_settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])


def test_axe_finds_nothing_on_the_pages_of_people(  # noqa: PLR0915 - one browser for all
    course: FixtureCourse,
    settings: LazySettings,
    context: BrowserContext,
    page: Page,
    live_server: LiveServer,
    record: Record,
) -> None:
    Operator.objects.create(organisation="The museum", email="hello@museum.example")
    for language in LANGUAGES[1:]:
        make_translation(course.course, language)
    record.expected_errors = {"422 (Unprocessable Entity)"}
    turns = itertools.count()
    faults, found = {}, {}

    def look(path: str) -> None:
        turn = next(turns)
        language, (width, theme) = LANGUAGES[turn % len(LANGUAGES)], SHOWINGS[turn % len(SHOWINGS)]
        address = f"/{language}/{path.format(unit=course.units['digital-strategy'].translation_key)}"
        page.set_viewport_size(WIDTHS[width])
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        answer = page.goto(address)
        found[path] = answer.status if answer else None
        examine(f"{address} {width} {theme}")

    def examine(what: str) -> None:
        if seen := faults_of(page):
            faults[what] = seen

    for path in PUBLIC:
        look(path)
    # What is wrong with a form, and the page of a code.
    page.goto(f"/en/report/{course.units['digital-strategy'].translation_key}/")
    page.locator("main form button[type=submit]").click()
    page.locator(".error-summary").wait_for()
    examine("report with errors")
    page.goto("/el/account/sign-in/")
    page.locator("main form input[type=email], main form input[type=text]").first.fill("nobody@example.org")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/code/**")
    examine("code")
    # Somebody learns on this device, signs in there, and has a second factor.
    unit = course.units["digital-strategy"].full_url.partition("/en/")[2]
    page.goto("/en/begin/")
    page.locator("main form button[type=submit]").click()
    page.goto(f"/en/{unit}")
    with page.expect_navigation():
        page.locator('form[action$="/read/"] button').click()
    look(unit)
    look("learning/start-afresh/")
    user = make_user(name="Eleni")
    sign_in_just_now(context, live_server, user)
    look("learning/join/")
    for path in OWN:
        look(path)
    RecoveryCodes.activate(user)
    look("account/recovery-codes/")
    # Somebody without a mailbox gets a slip, and sets a first password.
    helped = make_user(email=None, username="anna", password=None)
    context.clear_cookies()
    sign_in_just_now(context, live_server, helped, "slip")
    look("account/password/first/")
    carry(page, live_server.url, make_user(username="admin", is_superuser=True))
    page.goto(reverse("people_admin:slip", args=[helped.pk]))
    page.locator("form[method=post] button.button").last.click()
    page.locator(".paper-sheet").wait_for()
    examine("the sheet of a slip")
    assert [f"{where}: {fault}" for where, seen in faults.items() for fault in seen] == []
    assert {path: status for path, status in found.items() if status != 200} == {}
