"""Security headers by the rules of Mozilla's Observatory, over every kind of answer."""

import importlib
import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.http import HttpResponseBase
from django.test import Client
from pytest_django import Settings

from tests.factories import FixtureCourse

HOST = "museums.example.org"
YEAR = 31_536_000
STRICT = {
    "default-src": ["'none'"],
    "base-uri": ["'none'"],
    "connect-src": ["'self'"],
    "font-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "img-src": ["'self'"],
    "manifest-src": ["'self'"],
    "media-src": ["'self'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
}


@pytest.fixture
def _as_in_production(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Serve with production's settings of what protects."""
    monkeypatch.setenv("OPENMUSEUMS_SECRET_KEY", "x" * 60)
    monkeypatch.setenv("OPENMUSEUMS_HOSTS", HOST)
    production = importlib.import_module("openmuseums.settings.production")
    protecting = ("SECURE_", "SESSION_COOKIE_", "CSRF_COOKIE_", "X_FRAME_", "MIDDLEWARE", "ALLOWED_HOSTS")
    for name in dir(production):
        if name.startswith(protecting):
            setattr(settings, name, getattr(production, name))


@pytest.fixture
def client(_as_in_production: None) -> Client:
    return Client(headers={"host": HOST, "x-forwarded-proto": "https"})


@pytest.fixture
def answers(client: Client, course: FixtureCourse) -> Iterator[dict[str, HttpResponseBase]]:
    """Return an answer of each kind, by the address that was asked for."""
    client.raise_request_exception = False
    paths = ["/", "/en/", "/en/open-museums/", "/en/begin/", "/en/not-there/", "/api/not-there", "/livez", "/readyz"]
    paths += ["/static/not-there.css", "/media/images/not-there.png", "/admin/", "/admin/login/"]
    unit = next(iter(course.units.values()))
    return {path: client.get(path) for path in [*paths, unit.get_url()]}  # type: ignore[return-value]


def policy_of(response: HttpResponseBase) -> dict[str, list[str]]:
    return {
        name: sources for name, *sources in (part.split() for part in response["Content-Security-Policy"].split(";"))
    }


def test_every_answer_carries_the_headers(answers: dict[str, HttpResponseBase]) -> None:
    expected = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    }
    found = {path: {name: response.get(name) for name in expected} for path, response in answers.items()}
    assert found == dict.fromkeys(answers, expected)


def test_every_answer_asks_for_https_for_two_years(answers: dict[str, HttpResponseBase]) -> None:
    found = {path: response.get("Strict-Transport-Security") for path, response in answers.items()}
    assert found == dict.fromkeys(answers, f"max-age={2 * YEAR}; includeSubDomains; preload")


def test_policy_outside_the_admin_is_strict(answers: dict[str, HttpResponseBase]) -> None:
    found = {path: policy_of(response) for path, response in answers.items() if not path.startswith("/admin/")}
    assert found == dict.fromkeys(found, STRICT)


def test_policy_of_the_admin_names_no_other_host(answers: dict[str, HttpResponseBase]) -> None:
    sources = {source for values in policy_of(answers["/admin/login/"]).values() for source in values}
    assert sources == {"'none'", "'self'", "'unsafe-inline'", "blob:", "data:"}


def test_no_page_outside_the_admin_holds_what_the_policy_forbids(answers: dict[str, HttpResponseBase]) -> None:
    forbidden = re.compile(
        r"<script(?![^>]*\b(?:src=|type=\"application/ld\+json\"))|<style\b|\sstyle=|\son[a-z]+=|javascript:",
        re.IGNORECASE,
    )
    found = {
        path: forbidden.findall(response.content.decode())  # type: ignore[attr-defined]
        for path, response in answers.items()
        if not path.startswith("/admin/") and not response.streaming
    }
    assert found == {path: [] for path in found}


def test_cookies_are_for_this_host_over_https_alone(client: Client, course: FixtureCourse) -> None:
    client.get("/en/begin/")
    cookie = client.cookies["__Host-csrf"]
    assert (cookie["secure"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")
    assert settings.SESSION_COOKIE_NAME == "__Host-session"
    assert (settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY) == (True, True)


@pytest.mark.usefixtures("_as_in_production", "db")
def test_plain_http_is_sent_to_https_on_the_same_host() -> None:
    response = Client(headers={"host": HOST}).get("/en/open-museums/")
    assert (response.status_code, response["Location"]) == (301, f"https://{HOST}/en/open-museums/")


@pytest.mark.usefixtures("_as_in_production", "db")
def test_health_is_answered_over_plain_http() -> None:
    client = Client(headers={"host": HOST})
    assert [client.get(path).status_code for path in ("/livez", "/readyz")] == [200, 200]
