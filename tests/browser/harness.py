"""How tests drive Chromium: Debian's own, at two widths, with every request and every breach of the policy recorded.

`tests/browser/conftest.py` and `tests/journeys/conftest.py` take their fixtures from here.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Playwright, Request
from pytest_django.live_server_helper import LiveServer

from openmuseums.people.models import User

CHROMIUM = os.environ.get("CHROME_PATH", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    # Chromium itself asks for nothing: what is recorded is what our pages ask for.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-first-run",
    "--no-pings",
]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
WIDTHS = {"phone": PHONE, "desktop": DESKTOP}


@dataclass
class Record:
    """What the pages of one test did: the addresses they asked for, and what they said to the console as an error."""

    own_host: str
    addresses: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    expected_errors: set[str] = field(default_factory=set)

    @property
    def foreign(self) -> list[str]:
        """Return the addresses asked of another host."""
        return [
            address
            for address in self.addresses
            if urlsplit(address).scheme not in {"data", "blob", "about"} and urlsplit(address).netloc != self.own_host
        ]

    @property
    def breaches(self) -> list[str]:
        """Return the errors that no test said it expects (those about a policy cannot be expected)."""
        return [
            error
            for error in self.errors
            if "Content Security Policy" in error or not any(known in error for known in self.expected_errors)
        ]


@pytest.fixture(scope="session")
def database_in_the_same_thread() -> Iterator[None]:
    """Let tests use the database: playwright's loop runs in their thread, and Django takes them for asynchronous."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session", autouse=True)
def database_beside_playwright(
    database_in_the_same_thread: None, playwright: Playwright, django_db_setup: str | None
) -> None:
    """Hand what migrations put into the database to the connection that tests have once playwright's loop runs."""
    # Connections belong to a thread and, in asynchronous code, to a context: from here on there is another one.
    connection._test_serialized_contents = django_db_setup


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the Chromium that is installed."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ARGUMENTS}


@pytest.fixture
def record(live_server: LiveServer) -> Iterator[Record]:
    """Return the record of this test's pages; it fails the test that asked another host, or broke the policy."""
    made = Record(own_host=urlsplit(live_server.url).netloc)
    yield made
    assert made.foreign == []
    assert made.breaches == []


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    """Have addresses be relative to the live server."""
    return str(live_server.url)


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Open pages at a desktop's width, in English."""
    return {**browser_context_args, "viewport": DESKTOP, "locale": "en-GB"}


@pytest.fixture
def context(context: BrowserContext, record: Record) -> BrowserContext:
    """Record what every page of the test's context does."""
    return recorded(context, record)


def recorded(context: BrowserContext, record: Record) -> BrowserContext:
    """Have a context write into a record, and stop what it asks of other hosts."""

    def note(request: Request) -> None:
        record.addresses.append(request.url)

    context.on("request", note)
    context.on("console", lambda message: record.errors.append(message.text) if message.type == "error" else None)
    context.on("weberror", lambda error: record.errors.append(str(error.error)))
    return context


@pytest.fixture
def phone(browser: Browser, browser_context_args: dict[str, Any], record: Record) -> Iterator[Page]:
    """Return a page at a phone's width."""
    context = browser.new_context(**{**browser_context_args, "viewport": PHONE, "has_touch": True, "is_mobile": True})
    yield recorded(context, record).new_page()
    context.close()


@pytest.fixture
def page_without_scripts(browser: Browser, browser_context_args: dict[str, Any], record: Record) -> Iterator[Page]:
    """Return a page whose scripts are off."""
    context = browser.new_context(**{**browser_context_args, "java_script_enabled": False})
    yield recorded(context, record).new_page()
    context.close()


class Passkeys:
    """What keeps the passkeys of a page, as a phone or a laptop would: it is touched, and knows its owner, at once."""

    def __init__(self, page: Page) -> None:
        self._devtools: CDPSession = page.context.new_cdp_session(page)
        self._devtools.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        made = self._devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self._id: str = made["authenticatorId"]

    @property
    def kept(self) -> list[dict[str, Any]]:
        """Return the passkeys it keeps, as DevTools tells of them: `rpId`, `userHandle`, `signCount` and more."""
        found: list[dict[str, Any]] = self._devtools.send("WebAuthn.getCredentials", {"authenticatorId": self._id})[
            "credentials"
        ]
        return found

    def know_the_owner(self, known: bool) -> None:
        """Have it recognise its owner or not from now on: a finger that is not theirs, a wrong PIN."""
        self._devtools.send("WebAuthn.setUserVerified", {"authenticatorId": self._id, "isUserVerified": known})

    def lose(self) -> None:
        """Lose all passkeys."""
        self._devtools.send("WebAuthn.clearCredentials", {"authenticatorId": self._id})


@pytest.fixture
def passkeys(page: Page, live_server: LiveServer) -> Passkeys:
    """Have the test's page keep passkeys. They need an address with a name: that of the live server is localhost."""
    assert urlsplit(live_server.url).hostname == "localhost"
    return Passkeys(page)


def sign_in(context: BrowserContext, live_server: LiveServer, user: User) -> None:
    """Give a browser the session of an account."""
    client = Client()
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
