"""A person who has done everything there is on the site, and what a whole database says."""

import datetime as dt
import json
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session as BrowserSession
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.admin.models import EditingSession, FormState
from wagtail.log_actions import log
from wagtail.models import (
    Comment,
    CommentReply,
    GroupApprovalTask,
    Locale,
    Page,
    PageSubscription,
    TaskState,
    UploadedFile,
    Workflow,
    WorkflowState,
)
from wagtail.users.models import UserProfile
from wagtail_localize.models import SegmentOverride, String, StringTranslation
from wagtail_localize.strings import StringValue

from lessons.models import SourceCheck
from openmuseums.editorial.kinds import ChangeKind
from openmuseums.learners.models import Learner
from openmuseums.learners.recording import mark_read, record_answers
from openmuseums.mail.models import Letter
from openmuseums.organisations.models import Membership, Organisation
from openmuseums.people.models import Slip, User
from openmuseums.privacy.consents import give, register_purpose
from openmuseums.privacy.looks import note_look
from openmuseums.privacy.models import InactivityNotice
from openmuseums.trainers.joining.sharing import Shared
from openmuseums.trainers.models import (
    Announcement,
    AttendanceEntry,
    Export,
    Feed,
    Invitation,
    Participation,
    Session,
    SheetScan,
)
from openmuseums.translation.models import Seat
from quizzes.attempts.extra_time import set_extra_time
from quizzes.attempts.taking import save_answers, start_attempt, submit_attempt
from quizzes.models import Result
from tests.answers import whole
from tests.factories import NOW, FixtureCourse, make_user
from tests.files import make_document, make_picture
from tests.trainers.making import make_cohort, take_part

ADDRESS, OTHER_ADDRESS, USERNAME, NAME = (
    "Ariadne.K@museum.example", "ariadne.private@example.net", "ariadne.k", "Αριάδνη Κωνσταντίνου",
)  # fmt: skip
PURPOSE = "test-letters"


@dataclass
class Person:
    """Who did it all, what they are called, and another person whose things must stay."""

    account: User
    record_id: uuid.UUID
    other: User
    client: Client

    @property
    def traces(self) -> list[str]:
        """Return what must be found nowhere once they are erased."""
        return [ADDRESS, OTHER_ADDRESS, USERNAME, NAME, str(self.record_id), self.record_id.hex]


def make_person(course: FixtureCourse, **fields: Any) -> Person:
    """Make somebody who learns and edits, is signed in, gets letters, agreed to something and was looked at."""
    account = make_user(email=ADDRESS, username=USERNAME, name=NAME, **fields)
    other = make_user(email="curator@museum.example", name="Another Person", is_superuser=True)
    EmailAddress.objects.create(user=account, email=OTHER_ADDRESS, verified=True)
    Authenticator.objects.create(user=account, type="totp", data={"secret": f"of {USERNAME}"})
    client = _signed_in(account)
    learner = Learner.objects.get_or_create(account=account, defaults={"started_at": NOW})[0]
    _learn(learner, course)
    _edit(account, other, course.course)
    _translate_and_upload(account, course.course)
    _belong(account, other)
    _train(account, other)
    _write_letters(account)
    register_purpose(PURPOSE, "Letters for the tests.", 1)
    give(user=account, key=PURPOSE, language="en", now=NOW)
    InactivityNotice.objects.create(account=account, told_at=NOW)
    note_look(other, account.pk, "account", NOW)
    note_look(account, other.pk, "account", NOW)
    return Person(account=account, record_id=learner.pk, other=other, client=client)


def _signed_in(account: User) -> Client:
    client = Client()
    client.force_login(account)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": timezone.now().timestamp(), "username": USERNAME, "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    UserSession.objects.get_or_create(
        session_key=session.session_key, defaults={"user": account, "ip": "127.0.0.1", "user_agent": "Firefox"}
    )
    # A sign-in that was begun elsewhere and never ended.
    begun = Client().session
    begun["account_login_code"] = {"email": ADDRESS}
    begun.save()
    return client


def _learn(learner: Learner, course: FixtureCourse) -> None:
    unit = course.units["online-safety"]
    mark_read(learner=learner, page_key=unit.translation_key, now=NOW)
    record_answers(learner=learner, page_key=unit.translation_key, answers={"q": True}, chosen={"q": ["a"]}, now=NOW)
    attempt = start_attempt(learner=learner, quiz_key=course.quizzes["marketing"].quiz_key, now=NOW)
    question = attempt.version.questions[0]
    choice = sorted(question.choice_ids)[0]
    save_answers(attempt=attempt, responses={question.id: whole(choice)}, language="en", now=NOW)
    submit_attempt(attempt_id=attempt.pk, learner=learner, now=NOW)
    Result._base_manager.filter(attempt=attempt).update(by=learner.account)  # as if they had it graded again
    start_attempt(learner=learner, quiz_key=course.quizzes["marketing"].quiz_key, now=NOW)
    set_extra_time(learner=learner, factor="1.5", now=NOW)


def _edit(account: User, other: User, page: Page) -> None:
    SourceCheck.objects.create(page_key=page.translation_key, block_id="b", digest="d", checked_on=NOW, by=account)
    Page.objects.filter(pk=page.pk).update(owner=account)
    page.refresh_from_db()
    comment = Comment.objects.create(page=page, user=account, text="Is this right?", contentpath="title")
    CommentReply.objects.create(comment=comment, user=other, text="It is.")
    theirs = Comment.objects.create(page=page, user=other, text="And this?", contentpath="title", resolved_by=account)
    CommentReply.objects.create(comment=theirs, user=account, text="That too.")
    page = type(page).objects.get(pk=page.pk)
    page.locked, page.locked_by, page.locked_at = True, account, NOW
    page.chosen_kind = ChangeKind.EDITORIAL
    page.save_revision(user=account, log_action=True)
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=account, locked_at=NOW)
    PageSubscription.objects.create(user=account, page=page, comment_notifications=True)
    EditingSession.objects.create(
        user=account,
        content_type=ContentType.objects.get_for_model(page),
        object_id=str(page.pk),
        last_seen_at=NOW,
    )
    FormState.objects.create(
        user=account,
        content_type=ContentType.objects.get_for_model(page),
        object_id=str(page.pk),
        data=f"title={USERNAME}",
        last_updated_at=NOW,
    )
    UserProfile.get_for_user(account)
    log(instance=account, action="wagtail.edit", user=other)
    log(instance=account, action="wagtail.edit", user=account, data={"email": [OTHER_ADDRESS, ADDRESS]})
    log(instance=page, action="wagtail.edit", user=other, title=f"Written by {ADDRESS}")


def _translate_and_upload(account: User, page: Page) -> None:
    for upload in (make_picture(), make_document("plan.txt")):
        type(upload).objects.filter(pk=upload.pk).update(uploaded_by_user=account)
    UploadedFile.objects.create(file=ContentFile(USERNAME.encode(), name="unfinished.txt"), uploaded_by_user=account)
    locale = Locale.objects.get_or_create(language_code="nl")[0]
    string = String.from_value(page.locale, StringValue.from_plaintext("The course"))
    by_account = {"locale": locale, "last_translated_by": account}
    # Past the signals, which would look for the text on its page.
    StringTranslation.objects.bulk_create(
        [StringTranslation(translation_of=string, data="De cursus", translation_type="manual", **by_account)]
    )
    SegmentOverride.objects.create(data_json='"x"', **by_account)
    Seat.objects.create(page_key=page.translation_key, locale=locale, person=account, since=NOW, seen_at=NOW)
    content_type = ContentType.objects.get_for_model(page)
    workflow = Workflow.objects.create(name="Second pair of eyes")
    task = GroupApprovalTask.objects.create(name="Read")
    state = WorkflowState.objects.create(
        content_type=content_type,
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=str(page.pk),
        workflow=workflow,
        requested_by=account,
    )
    TaskState.objects.create(workflow_state=state, revision=page.latest_revision, task=task, finished_by=account)


def _train(account: User, other: User) -> None:
    """Take part in a group, run another one, and do there all that its staff does."""
    shared = Shared(name=True, email=True, membership=None)
    learnt = take_part(make_cohort(other), account, shared=shared)
    Invitation.objects.create(
        cohort=learnt.cohort, email=ADDRESS, name=NAME, language="en", token="t", invited_at=NOW, participation=learnt
    )
    kept = make_cohort(other)
    Participation.objects.create(
        cohort=kept, status="placed", name=NAME, made_account=account, rule=kept.rules.get(), claim_digest="d"
    )
    led = make_cohort(account)
    there = take_part(led, other)
    session = Session.objects.create(
        cohort=led, organisation=led.organisation, title="A session", kind="on-site", starts_at=NOW, code="CDFG",
        ends_at=NOW + dt.timedelta(hours=2), time_zone="Europe/Athens", language="en", made_at=NOW, changed_at=NOW,
        made_by=account,
    )  # fmt: skip
    AttendanceEntry.objects.create(
        session=session, participation=there, is_present=True, how="list", by=account, occurred_at=NOW, recorded_at=NOW
    )
    SheetScan.objects.create(
        session=session,
        name="sheet.pdf",
        path="sheet",
        sha256="0",
        added_at=NOW,
        keep_until=NOW.date(),
        added_by=account,
    )
    Announcement.objects.create(cohort=led, by=account, sent_at=NOW, recipients=1)
    Invitation.objects.create(
        cohort=led, email="guest@example.org", language="en", token="u", invited_at=NOW, by=account
    )
    Participation.objects.create(
        cohort=led, status="placed", name="Guest", rule=led.rules.get(), claim_digest="e", placed_by=account
    )
    Export.objects.create(
        cohort=led, by=account, as_of=NOW, preset="auditor", file_format="csv", locale="en", asked_at=NOW
    )
    Feed.objects.create(account=account, token="feed", renewed_at=NOW)


def _belong(account: User, other: User) -> None:
    account.groups.add(Group.objects.create(name="A group of the tests"))
    account.user_permissions.add(Permission.objects.latest("pk"))
    SocialAccount.objects.create(user=account, provider="openid_connect", uid=USERNAME, extra_data={"name": NAME})
    museum = Organisation.objects.create(name="A museum", country="GR", added_at=NOW)
    membership = Membership.objects.create(account=account, organisation=museum, role="board", joined_at=NOW)
    log(instance=membership, action="wagtail.create", user=other, title=f"{NAME}: A museum", data={"who": USERNAME})
    for maker, owner in ((other, account), (account, other)):
        Slip.objects.create(
            account=owner, digest="x", made_by=maker, made_at=NOW, expires_at=NOW + dt.timedelta(days=14)
        )


def _write_letters(account: User) -> None:
    shared = {"kind": "sign-in", "language": "en", "html": "", "queued_at": NOW, "next_try_at": NOW}
    Letter.objects.create(account=account, address=ADDRESS, subject=f"For {NAME}", text=f"Dear {NAME}", **shared)
    Letter.objects.create(address=OTHER_ADDRESS, subject="A code", text="123456", **shared)
    DBTaskResult.objects.create(
        args_kwargs={"args": [ADDRESS], "kwargs": {}},
        task_path="a.task",
        backend_name="default",
        run_after=NOW,
        exception_class_path="",
        traceback=f"SMTPRecipientsRefused: {OTHER_ADDRESS}",
        status="FAILED",
        finished_at=NOW,
    )


def everything_in_the_database() -> str:
    """Return all tables and columns as text; what sessions hold is read, and letters beyond ASCII are as they are."""
    said = []
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - the database's own names
            said += [f"{table}: " + " | ".join(map(_readable, row)) for row in cursor.fetchall()]
    said += [
        json.dumps(session.get_decoded(), ensure_ascii=False, default=str) for session in BrowserSession.objects.all()
    ]
    return "\n".join(said)


def _readable(value: Any) -> str:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes | memoryview) else str(value)
    return text + text.encode().decode("unicode_escape", "replace") if "\\u" in text else text


def everything_in_files() -> str:
    """Return the names of all uploads and what is in them."""
    root = Path(settings.MEDIA_ROOT)
    return "\n".join(
        f"{path.name} {path.read_bytes().decode('utf-8', 'replace')}" for path in root.rglob("*") if path.is_file()
    )


def links() -> dict[str, Any]:
    """Return all columns that link an account, whether or not the database watches over it."""
    return {
        f"{model._meta.label}.{field.name}": field
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if field.remote_field and field.remote_field.model is User
    }


def links_to(account_pk: int) -> set[str]:
    """Return the columns that link this account."""
    return {
        name
        for name, field in links().items()
        if field.model._base_manager.filter(**{field.attname: account_pk}).exists()
    }
