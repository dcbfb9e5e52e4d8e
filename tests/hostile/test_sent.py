"""Signs that no database stores, and texts that are far too long, sent to every address in every field: never a 500."""

import itertools
import re
import time
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern
from django.urls.converters import IntConverter, UUIDConverter

from openmuseums.access import ROWS, Who
from openmuseums.learners.recording import learner_of
from openmuseums.people.models import User
from quizzes.attempts.taking import start_attempt
from tests.authorization.addresses import Address, addresses
from tests.editing import FIT, unit_form
from tests.factories import NOW, FixtureCourse, make_user
from tests.hostile.payloads import CONTROLS

BAD = {**CONTROLS, "too long": "x" * 20_000}
# What views read that stands in no form of the page.
UNSEEN = ("next", "language", "q", "page", "block", "id", "credential", "code", "p", "state")
ADMIN_FORMS = (
    "/admin/users/new/",
    "/admin/users/edit/{user}/",
    "/admin/settings/home/operator/",
    "/admin/organisations/new/",
)


@pytest.fixture
def somebody(course: FixtureCourse, settings: LazySettings) -> User:
    settings.SECOND_FACTOR_REQUIRED = False
    return make_user(is_superuser=True, name="Eleni")


def browser_of(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
        session = client.session
        method = {"method": "password", "at": time.time(), "username": user.username}
        session["account_authentication_methods"] = [method]
        session.save()
    return client


def send(client: Client, address: str, fields: dict[str, str]) -> int:
    """Send a form as bytes, which may be no text at all; return the status. What fails in a view is raised."""
    body = "&".join(
        f"{quote_from_bytes(name.encode())}={quote_from_bytes(value.encode(errors='surrogatepass'))}"
        for name, value in fields.items()
    )
    return client.post(address, body, content_type="application/x-www-form-urlencoded").status_code


def fields_in(page: str) -> dict[str, str]:
    """Return the fields of a page's forms with what they hold."""
    found = {}
    for tag in re.findall(r"<(?:input|textarea|select)\b[^>]*>", page):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if attributes.get("name"):
            found[attributes["name"]] = unescape(attributes.get("value", ""))
    return found


def filled_in(found: Address, values: dict[str, Any]) -> str:
    """Return an address of a pattern, in English, with something in each of its places."""
    pattern = found.pattern
    assert isinstance(pattern, URLPattern)
    path = found.route
    for name, converter in pattern.pattern.converters.items():
        kind = UUIDConverter if isinstance(converter, UUIDConverter) else type(converter)
        other = {UUIDConverter: values["page_key"], IntConverter: 1}.get(kind, "x")
        path = re.sub(rf"<(\w+:)?{name}>", str(values.get(name, other)), path)
    return f"/{path}"


@pytest.fixture
def places(course: FixtureCourse, somebody: User) -> dict[str, Any]:
    learner = learner_of(user=somebody, now=NOW)
    unit, quiz = course.units["digital-strategy"], course.quizzes["marketing"]
    attempt = start_attempt(learner=learner, quiz_key=quiz.translation_key, now=NOW)
    return {
        "page_key": unit.translation_key,
        "block_id": unit.body[3].id,
        "quiz_key": quiz.translation_key,
        "attempt_id": attempt.pk,
        "purpose": "reminders",
    }


def taking(method: str) -> Iterator[tuple[Address, Who]]:
    """Yield the addresses of ours that take a method, each once."""
    seen = set()
    for found in addresses():
        row = ROWS.get(found.key)
        if row and method in row.methods and not row.debug and found.route not in seen and "^" not in found.route:
            seen.add(found.route)
            yield found, row.who


def test_no_form_fails_on_what_cannot_be_stored(somebody: User, places: dict[str, Any]) -> None:
    sent = {}
    for (found, who), user in itertools.product(list(taking("POST")), (None, somebody)):
        if (user is None) != (who == Who.EVERYBODY) and found.name not in {"people:slip", "account_login"}:
            continue
        address = filled_in(found, places)
        with transaction.atomic():
            client = browser_of(user)
            own = fields_in(client.get(address).content.decode())
            fields = dict.fromkeys(UNSEEN, "") | own
            for bad in BAD.values():
                sent[address, "all", bad[:8]] = send(client, address, dict.fromkeys(fields, bad))
            for name in own:
                sent[address, name, ""] = send(client, address, {**fields, name: BAD["null"]})
            transaction.set_rollback(True)
    assert {key: status for key, status in sent.items() if status >= 500} == {}
    assert len(sent) > 300


def test_no_page_fails_on_an_address_that_cannot_be_stored(somebody: User, places: dict[str, Any]) -> None:
    bad = "".join(f"&{name}=%00{quote_from_bytes(CONTROLS['controls'].encode())}" for name in UNSEEN)
    asked = {}
    for found, _who in taking("GET"):
        address = filled_in(found, places)
        with transaction.atomic():
            asked[address] = browser_of(somebody).get(f"{address}?{bad}").status_code
            transaction.set_rollback(True)
    assert {address: status for address, status in asked.items() if status >= 500} == {}
    for address in ("/%00", "/en/%00/", "/en/open-museums/%00/", "/en/open-museums/\x07/", "/media/%00", "/%ED%A0%80/"):
        assert Client().get(address).status_code in {400, 404}, address


def test_no_form_of_the_admin_fails_on_what_cannot_be_stored(course: FixtureCourse, somebody: User) -> None:
    client = browser_of(somebody)
    for form in ADMIN_FORMS:
        address = client.get(form.format(user=somebody.pk), follow=True).request["PATH_INFO"]
        fields = fields_in(client.get(address).content.decode())
        assert len(fields) > 3, address
        for bad in BAD.values():
            assert send(client, address, dict.fromkeys(fields, bad)) < 500, (address, bad[:8])
        for name in fields:
            assert send(client, address, {**fields, name: BAD["null"]}) < 500, (address, name)
    address = f"/admin/pages/{course.units['digital-strategy'].pk}/edit/"
    for name in ("title", "slug", "lead", "body-0-value-text", "outcomes-0-text"):
        assert client.post(address, unit_form(FIT) | {name: BAD["null"]}).status_code < 500, name
    for bad in (BAD["controls"], BAD["too long"]):
        data = unit_form(FIT) | dict.fromkeys(("title", "slug", "lead", "body-0-value-text", "outcomes-0-text"), bad)
        assert client.post(address, data).status_code < 500, bad[:8]
