"""Everybody that the matrix knows: a browser for each, and things that belong to each."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openmuseums.learners.models import Learner
from openmuseums.organisations.belonging import join
from openmuseums.organisations.naming import find_or_add
from openmuseums.people.models import User
from openmuseums.trainers.attendance.scans import add_scan
from openmuseums.trainers.lists.exporting import ask_for
from openmuseums.trainers.lists.making import Asked, Format
from openmuseums.trainers.models import Cohort, Staff
from openmuseums.trainers.placing.views import Slips
from openmuseums.trainers.walls import MAKES_COHORTS
from openmuseums.uploads.waiting import WaitingFile, keep_file
from quizzes.attempts.taking import start_attempt, submit_attempt
from tests.factories import (
    NOW,
    FixtureCourse,
    make_administrator,
    make_editor,
    make_learner,
    make_trainer,
    make_user,
    with_second_factor,
)
from tests.files import DOCUMENTS
from tests.trainers.making import make_cohort, make_invitation, make_place, take_part
from tests.trainers.sessions.making import make_public_session, make_session

# Pages of a group that its key alone leads to.
COHORT_PAGES = tuple(
    f"trainers:{name}"
    for name in (
        "cohort",
        "change",
        "renew-code",
        "rule",
        "lists",
        "staff",
        "hand-over",
        "archive",
        "copy",
        "people",
        "invitations",
        "announcements",
        "announce",
        "places",
        "sessions",
        "session-add",
        "calendar",
    )
)
# Pages of a session that the key of its group and its own lead to.
SESSION_PAGES = tuple(
    f"trainers:{name}"
    for name in (
        "session",
        "session-change",
        "session-cancel",
        "attendance",
        "attendance-code",
        "attendance-sheet",
        "scans",
    )
)
PLACE_PAGES = tuple(f"trainers:places-{name}" for name in ("code", "account", "rename", "remove"))
INVITATION_PAGES = tuple(f"trainers:invitations-{name}" for name in ("withdraw", "renew"))


@dataclass
class Person:
    """Somebody with a browser. rights: what the account has by the table of roles."""

    name: str
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))
    account: User | None = None
    record: Learner | None = None
    gave_factor: bool = False
    rights: set[str] = field(default_factory=set)
    things: dict[str, Any] = field(default_factory=dict)

    @property
    def has_record(self) -> bool:
        """Return whether what they do is kept."""
        return self.account is not None or self.record is not None

    def ask(self, method: str, address: str) -> HttpResponse:
        """Send a request and undo all that it did."""
        cookies = self.client.cookies.copy()
        with undone():
            response = self.client.generic(method, address)
            if response.streaming:
                response.getvalue()  # a file is closed when it has been read
        self.client.cookies = cookies
        return response


@contextmanager
def undone() -> Iterator[None]:
    """Undo whatever is done to the database within."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def everybody(course: FixtureCourse) -> list[Person]:
    """Return one of each: nobody in particular, a visitor with a record, and the roles."""
    people = [
        Person("nobody"),
        _visitor(),
        _account("learner", make_user, course),
        _account("trainer", make_trainer, course, factor=True),
        _account("another trainer", make_trainer, course, factor=True),
        _account("trainer without a second factor", make_trainer, course),
        _account("editor", make_editor, course, factor=True),
        _account("editor without a second factor", make_editor, course),
        _account("administrator", make_administrator, course, factor=True),
    ]
    for person in people:
        if person.record:
            _give_things(person, course)
        if person.account:
            _give_group(person)
    return people


def _give_group(person: Person) -> None:
    """Give somebody a group that they take part in; to who trains and gave a second factor, one that they run too."""
    assert person.account is not None
    own = take_part(make_cohort(make_trainer()), person.account)
    person.things |= dict.fromkeys(("groups:group", "groups:share", "groups:leave"), own.pk)
    if MAKES_COHORTS in person.rights and person.gave_factor:
        cohort = make_cohort(person.account)
        person.things |= dict.fromkeys(COHORT_PAGES, cohort.key)
        helper = Staff.objects.create(cohort=cohort, account=make_trainer(), role="co-trainer", since=NOW)
        person.things["trainers:take-off"] = (cohort.key, helper.pk)
        place = make_place(cohort, person.account)
        person.things |= dict.fromkeys(PLACE_PAGES, (cohort.key, place.pk))
        slips = Slips(name="slips", data=b"", told=())
        kept = keep_file(slips, place=f"trainers/{cohort.pk}/places", person_id=person.account.pk)
        person.things["trainers:places-slips"] = (cohort.key, kept)
        invited = make_invitation(cohort)
        person.things["trainers:invitations-file"] = cohort.key
        waiting = keep_file(
            WaitingFile("people.csv", b"ann@example.org"),
            place=f"trainers/{cohort.pk}/invitations",
            person_id=person.account.pk,
        )
        person.things["trainers:invitations-accept"] = (cohort.key, waiting)
        person.things |= dict.fromkeys(INVITATION_PAGES, (cohort.key, invited.pk))
        _give_list(person, cohort)
        person.things["trainers:person"] = (cohort.key, take_part(cohort).pk)
        _give_sessions(person, cohort)


def _give_sessions(person: Person, cohort: Cohort) -> None:
    """Give somebody a session of their group with a scan of its sheet, and one for everybody."""
    assert person.account is not None
    session = make_session(cohort, person.account)
    person.things |= dict.fromkeys(SESSION_PAGES, (cohort.key, session.pk))
    file = BytesIO(DOCUMENTS["pdf"])
    day = NOW.date() + dt.timedelta(days=90)
    scan = add_scan(session=session, file=file, name="a.pdf", keep_until=day, by=person.account, now=NOW)
    person.things |= dict.fromkeys(("trainers:scan", "trainers:scan-delete"), (cohort.key, session.pk, scan.pk))
    public = make_public_session(by=person.account)
    person.things |= dict.fromkeys(("trainers:public-session", "trainers:public-session-cancel"), public.pk)


def _give_list(person: Person, cohort: Cohort) -> None:
    """Give somebody a completion list of their group."""
    assert person.account is not None
    earlier = timezone.now() - dt.timedelta(hours=1)
    wanted = Asked(cohort, earlier, ("status",), Format.CSV, "en", "statistics")
    export = ask_for(asked=wanted, by=person.account, now=timezone.now())
    lists = ("list", "list-file", "list-manifest")
    person.things |= {f"trainers:{name}": (cohort.key, export.pk) for name in lists}


def _visitor() -> Person:
    person = Person("visitor")
    person.client.post(reverse("learners:begin"))
    person.record = Learner.objects.get()
    return person


def _account(name: str, make: Callable[[], User], course: FixtureCourse, *, factor: bool = False) -> Person:
    account = make()
    person = Person(name, account=account, record=make_learner(account), gave_factor=factor)
    person.client.force_login(account)
    if factor:
        with_second_factor(person.client)
    person.rights = User.objects.get(pk=account.pk).get_all_permissions()
    return person


def _give_things(person: Person, course: FixtureCourse) -> None:
    """Give somebody an open attempt, a finished one, a membership and a passkey, each theirs alone."""
    assert person.record is not None
    quizzes = list(course.quizzes.values())
    begun = start_attempt(learner=person.record, quiz_key=quizzes[0].translation_key, now=NOW)
    done = start_attempt(learner=person.record, quiz_key=quizzes[1].translation_key, now=NOW)
    submit_attempt(attempt_id=done.pk, learner=person.record, now=NOW)
    person.things = {"quizzes:attempt": begun.pk, "quizzes:review": begun.pk, "quizzes:result": done.pk}
    if person.account:
        museum = find_or_add(name=f"Museum of the {person.name}", country="NL", kind="museum", now=NOW)
        member = join(account=person.account, organisation=museum, role="other", now=NOW)
        person.things["organisations:leave"] = member.pk
        if person.name == "learner":
            kind = Authenticator.Type.WEBAUTHN
            key = Authenticator.objects.create(user=person.account, type=kind, data={"name": "A key"})
            person.things["mfa_remove_webauthn"] = key.pk
