"""The matrix: every address, asked for by everybody, with one's own things and with other people's."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.urls.converters import IntConverter, UUIDConverter

from openmuseums.access import ADMIN_ROUTE, ROWS, WAGTAILS, Row, Who, Whose, row_of
from openmuseums.people.roles import ACCESS_ADMIN
from openmuseums.trainers.walls import MAKES_COHORTS
from tests.authorization.addresses import Address, addresses
from tests.authorization.people import Person, everybody
from tests.factories import FixtureCourse, make_user
from tests.files import make_document

METHODS = ("GET", "POST")
# Ways in which an answer refuses; whatever else it is, the person was let through to the view.
LET_THROUGH, SIGN_IN, BEGIN, FACTOR, FORBIDDEN, NO_METHOD, CLOSED = (
    "let through",
    "sign in",
    "begin",
    "factor",
    "forbidden",
    "method",
    "closed",
)


@dataclass
class Matrix:
    """Everybody, and what stands in addresses that need something to stand there."""

    people: list[Person]
    arguments: dict[str, list[Any]]

    def person(self, name: str) -> Person:
        """Return somebody by their name."""
        return next(person for person in self.people if person.name == name)


@pytest.fixture
def matrix(course: FixtureCourse) -> Matrix:
    unit = course.units["online-safety"]
    other = make_user()
    document = make_document("plan.csv")
    # An upload keeps these; Wagtail would note them when they are first asked for.
    document.get_file_size()
    document.get_file_hash()
    question = next(block for block in unit.body if block.block_type == "single_choice")
    activity = next(block for block in unit.body if block.block_type == "activity")
    path = unit.url.split("/", 2)[2].rstrip("/")
    return Matrix(
        people=everybody(course),
        arguments={
            "learners:mark-read": [unit.translation_key],
            "learners:mark-unread": [unit.translation_key],
            "lessons:self-check": [unit.translation_key, question.id],
            "lessons:sheet": [path, activity.id],
            "quizzes:start": [course.quizzes["marketing"].translation_key],
            "quizzes:time": [course.quizzes["marketing"].translation_key],
            "quizzes_admin:copy": [course.quizzes["marketing"].pk],
            "reports:write": [unit.translation_key],
            "reports:thanks": [unit.translation_key],
            "wagtail_serve": [path + "/"],
            "wagtaildocs_serve": [document.pk, document.filename],
            "upload": [document.file.name],
            "people_admin:slip": [other.pk],
            "people_admin:second-factor": [other.pk],
            "privacy_admin:account-data": [other.pk],
            "privacy_admin:account-export": [other.pk],
        },
    )


def path_of(address: Address, matrix: Matrix, person: Person) -> str | None:
    """Return a path that leads to an address, about the person's own things where it is about any; None without one."""
    if not address.name:
        return f"/{address.route}" if "^" not in address.route else None
    own = person.things.get(address.key)
    arguments = arguments_of(own) if own else matrix.arguments.get(address.key) or list(_plausible(address))
    try:
        return reverse(address.name, args=arguments)
    except NoReverseMatch:
        return None


def arguments_of(thing: Any) -> list[Any]:
    """Return what stands in the address of a thing: its key, or several where it belongs to another thing."""
    return list(thing) if isinstance(thing, tuple) else [thing]


def _nothing_like(thing: Any) -> Any:
    """Return the like of a thing that is not there."""
    return uuid.UUID(int=7) if isinstance(thing, uuid.UUID) else "not-there" if isinstance(thing, str) else 987_654


def _plausible(address: Address) -> Iterator[Any]:
    """Yield something that may stand in each place of a pattern."""
    for converter in getattr(address.pattern.pattern, "converters", {}).values():
        if isinstance(converter, IntConverter):
            yield 1
        elif isinstance(converter, UUIDConverter):
            yield uuid.UUID(int=1)
        else:
            yield "x"


def outcome(response: HttpResponse) -> str:
    """Return whether an answer let somebody through, or how it refused."""
    if response.status_code == 405:
        return NO_METHOD
    if response.status_code == 403:
        return FORBIDDEN
    if response.status_code >= 500:
        return f"failure {response.status_code}"
    to = urlsplit(response.headers.get("Location", "")).path
    if response.status_code == 302 and to in {reverse("account_login"), reverse("learners:begin")}:
        return SIGN_IN if to == reverse("account_login") else BEGIN
    factors = {reverse(name) for name in ("people:second-factor", "mfa_reauthenticate_webauthn", "mfa_reauthenticate")}
    if response.status_code == 302 and to in factors:
        return FACTOR
    return LET_THROUGH


def expected(row: Row, person: Person, method: str, *, is_admin: bool) -> str:  # noqa: C901, PLR0911 - a rule each
    """Return what the table and the door say of somebody who asks for an address by a method."""
    opens_admin = ACCESS_ADMIN in person.rights
    if is_admin and row.who in {Who.ADMIN, Who.NOBODY}:
        # The door stands before everything.
        if person.account is None:
            return SIGN_IN
        if not opens_admin:
            return FORBIDDEN
        if not person.gave_factor:
            return FACTOR
    if row.who == Who.NOBODY:
        return CLOSED
    if method not in row.methods:
        return NO_METHOD
    if row.who == Who.RECORD and not person.has_record:
        return BEGIN
    if row.who in {Who.ACCOUNT, Who.ADMIN, Who.TRAINER} and person.account is None:
        return SIGN_IN
    if row.who == Who.TRAINER and MAKES_COHORTS not in person.rights:
        return FORBIDDEN
    if row.who == Who.TRAINER and not person.gave_factor:
        return FACTOR
    if row.who == Who.ADMIN and not opens_admin:
        return FORBIDDEN
    if row.permission and row.permission not in person.rights:
        return FORBIDDEN
    return LET_THROUGH


_STEP = "a step of signing in: without the one before it, it leads back to the first"
_NO_RECORD = "it is about the record of the device, which an account's browser has not got"
# Where the view itself answers those whom the table lets through like a refusal, and why.
LED_ON = {
    "people:sign-out": "it ends where one signs in or begins",
    "account_confirm_login_code": _STEP,
    "account_confirm_password_reset_code": _STEP,
    "account_email_verification_sent": _STEP,
    "account_passkey_question": _STEP,
    "account_password_reset_completed": _STEP,
    "account_reset_password_done": _STEP,
    "account_signup": "there is no other way to sign up than to sign in",
    "mfa_authenticate": _STEP,
    "mfa_login_webauthn": _STEP,
    "mfa_reauthenticate_webauthn": _STEP,
    "socialaccount_signup": _STEP,
    "learners:renew": _NO_RECORD,
    "learners:start-afresh": _NO_RECORD,
    "wagtailcore_login": "it leads to our page for signing in; who is signed in and may not read the page is told so",
    "wagtailadmin_login": "it leads to our page for signing in; who is signed in and may not come in is told so",
}


def _answers_as_expected(
    matrix: Matrix, address: Address, row: Row, person: Person, method: str
) -> tuple[str, str] | None:
    """Return what was expected and what came instead, or None where they are the same."""
    path = path_of(address, matrix, person)
    if path is None:
        return None
    wanted = expected(row, person, method, is_admin=address.route.startswith(ADMIN_ROUTE))
    response = person.ask(method, path)
    got = CLOSED if wanted == CLOSED and response.status_code == 404 else outcome(response)
    if got == wanted or (wanted == LET_THROUGH and address.key in LED_ON and not got.startswith("failure")):
        return None
    # The door, and a page's own guard, may refuse before it is known that the method would not do.
    if wanted == NO_METHOD and got in {SIGN_IN, FACTOR, FORBIDDEN}:
        return None
    # Programs that ask are told no; a page would be an answer to them.
    if got == FORBIDDEN and wanted in {SIGN_IN, FACTOR} and "/api/" in path:
        return None
    return wanted, f"{got} ({response.status_code} {response.headers.get('Location', '')})"


def failures(matrix: Matrix, chosen: list[tuple[Address, Row]], people: list[Person], methods: tuple[str, ...]) -> str:
    """Return a line for every answer that is not what the table says."""
    found = []
    for address, row in chosen:
        for person in people:
            for method in methods:
                difference = _answers_as_expected(matrix, address, row, person, method)
                if difference:
                    found.append(
                        f"{method} {address.key} as {person.name}: {difference[0]} expected, {difference[1]} came"
                    )
    return "\n".join(found)


def rows(*, wagtails: bool) -> list[tuple[Address, Row]]:
    """Return every address once, with its row: Wagtail's own, or all others."""
    seen = {}
    for address in addresses():
        row = row_of(address.key, address.route)
        if row is not None and (row is WAGTAILS) is wagtails:
            seen.setdefault(address.key, (address, row))
    return list(seen.values())


def test_every_address_answers_everybody_as_the_table_says(matrix):
    told = failures(matrix, rows(wagtails=False), matrix.people, METHODS)
    told += failures(matrix, rows(wagtails=False), [matrix.person("administrator")], ("PUT", "DELETE"))
    assert not told, told


def test_wagtails_own_addresses_are_closed_to_who_may_not_open_the_admin(matrix):
    outside = [matrix.person(name) for name in ("nobody", "trainer", "editor without a second factor")]
    chosen = rows(wagtails=True)
    assert len(chosen) > 100
    told = failures(matrix, chosen, outside, ("GET",))
    assert not told, told


def test_the_matrix_reaches_every_address_of_ours(matrix):
    learner = matrix.person("learner")
    unreached = {address.key for address, _ in rows(wagtails=False) if path_of(address, matrix, learner) is None}
    # These are for places of sign-in that are configured, of which there is none.
    assert unreached == {"openid_connect_login", "openid_connect_callback"}


@pytest.mark.parametrize("name", sorted(name for name, row in ROWS.items() if row.whose == Whose.NAMED))
def test_other_peoples_things_are_answered_as_if_there_were_none(matrix, name):
    owners = [person for person in matrix.people if name in person.things]
    assert owners != []
    for asking in matrix.people:
        for owner in owners:
            if asking is owner or not asking.has_record or not _may_ask(ROWS[name], asking):
                continue
            thing = arguments_of(owner.things[name])
            nothing = [_nothing_like(each) for each in thing]
            for method in ROWS[name].methods:
                theirs, none = (asking.ask(method, reverse(name, args=found)) for found in (thing, nothing))
                assert (theirs.status_code, _bare(theirs)) == (none.status_code, _bare(none)), (asking.name, owner.name)
                assert theirs.status_code in {302, 404}, (asking.name, method)
                if theirs.status_code == 302:
                    assert "again" in theirs["Location"], "only proving who one is comes before the answer"


def _may_ask(row: Row, person: Person) -> bool:
    """Return whether the table lets somebody ask for an address at all: others are tested by the matrix."""
    if row.who == Who.TRAINER:
        return MAKES_COHORTS in person.rights and person.gave_factor
    return row.who != Who.ACCOUNT or person.account is not None


def _bare(response: HttpResponse) -> str:
    """Return what an answer says, without what differs from one answer to the next or repeats its address."""
    text = response.content.decode() + urlsplit(response.headers.get("Location", "")).path
    request_path = response.wsgi_request.path
    kept = [line for line in text.splitlines() if "csrfmiddlewaretoken" not in line]
    return "\n".join(kept).replace(request_path, "").replace(request_path.split("/", 2)[2], "")


def test_ones_own_things_are_there(matrix):
    for person in matrix.people:
        for name, thing in person.things.items():
            method = "GET" if "GET" in ROWS[name].methods else "POST"
            assert person.ask(method, reverse(name, args=arguments_of(thing))).status_code in {200, 302, 422}, (
                person.name,
                name,
            )
