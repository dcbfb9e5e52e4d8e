"""What trainers' work keeps of people, told to the registry of privacy."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from openmuseums.people.models import User
from openmuseums.privacy.registry import Basis, Declaration, Subject, declare
from openmuseums.trainers.cohorts.staffing import leave_all_staff
from openmuseums.trainers.joining.removing import remove_account
from openmuseums.trainers.models import (
    Announcement,
    Cohort,
    Export,
    Feed,
    Invitation,
    Participation,
    RuleVersion,
    Session,
    SheetScan,
    Staff,
)

# What a funder may still ask for five years after a project has ended; then the cohort goes with all that is in it.
KEPT_AFTER_ARCHIVING = dt.timedelta(days=5 * 365)
# An invitation that nobody followed.
INVITATION_KEPT = dt.timedelta(days=180)


def _participations(subject: Subject) -> Iterable[Mapping[str, Any]]:
    if subject.account is None:
        return
    rows = Participation.objects.filter(account=subject.account.pk).select_related("cohort__organisation")
    for row in rows.prefetch_related("entries", "attendance__session", "addressed__announcement__texts").order_by(
        "cohort__starts_on", "pk"
    ):
        yield {
            "cohort": row.cohort.name,
            "organisation": row.cohort.organisation.name,
            "status": str(row.get_status_display()),
            "name": row.name,
            "email": row.email,
            "museum": row.museum,
            "country": str(row.get_country_display()),
            "role": str(row.get_role_display()),
            "language": row.language,
            "progress": row.progress,
            "completed_at": row.completed_at,
            "changes": [
                {"change": str(entry.get_change_display()), "recorded_at": entry.recorded_at}
                for entry in row.entries.all()
            ],
            "attendance": [
                {
                    "session": entry.session.title,
                    "is_present": entry.is_present,
                    "how": str(entry.get_how_display()),
                    "recorded_at": entry.recorded_at,
                }
                for entry in row.attendance.all()
            ],
            "announcements": [
                {
                    "sent_at": addressed.announcement.sent_at,
                    "texts": [
                        {"language": text.language, "subject": text.subject, "text": text.text}
                        for text in addressed.announcement.texts.all()
                    ],
                }
                for addressed in row.addressed.all()
            ],
        }


def _erase_participations(subject: Subject, now: dt.datetime) -> None:
    if isinstance(subject.account, User):
        remove_account(account=subject.account, now=now)


def _expire_cohorts(now: dt.datetime, write: bool) -> int:
    due = Participation.objects.filter(cohort__archived_at__lt=now - KEPT_AFTER_ARCHIVING)
    count = due.count()
    if write:
        Cohort.objects.filter(archived_at__lt=now - KEPT_AFTER_ARCHIVING).delete()
    return count


def _staff(subject: Subject) -> Iterable[Mapping[str, Any]]:
    rows = Staff.objects.filter(account=subject.account.pk) if subject.account else Staff.objects.none()
    return rows.order_by("pk").values("cohort__name", "role", "since")


def _erase_staff(subject: Subject, now: dt.datetime) -> None:
    if isinstance(subject.account, User):
        leave_all_staff(account=subject.account)


def _invitations(subject: Subject) -> Iterable[Mapping[str, Any]]:
    return _invited(subject).order_by("pk").values("cohort__name", "email", "name", "museum", "language", "invited_at")


def _erase_invitations(subject: Subject, now: dt.datetime) -> None:
    _invited(subject).delete()


def _invited(subject: Subject) -> Any:
    address = getattr(subject.account, "email", None)
    return Invitation.objects.filter(email__iexact=address) if address else Invitation.objects.none()


def _expire_invitations(now: dt.datetime, write: bool) -> int:
    due = Invitation.objects.filter(invited_at__lt=now - INVITATION_KEPT)
    count = due.count()
    if write:
        due.delete()
    return count


def _feed(subject: Subject) -> Iterable[Mapping[str, Any]]:
    # Without its secret: whoever gets hold of a copy of somebody's data does not read their calendar from then on.
    rows = Feed.objects.filter(account=subject.account.pk) if subject.account else Feed.objects.none()
    return rows.values("renewed_at")


def _erase_feed(subject: Subject, now: dt.datetime) -> None:
    if subject.account is not None:
        Feed.objects.filter(account=subject.account.pk).delete()


def declare_holdings() -> None:
    """Declare who takes part in cohorts, who runs them, who was invited, and who did what for them."""
    declare(
        Declaration(
            model="trainers.Participation",
            title=_("Groups that you take part in"),
            purpose=_(
                "Shows your trainer how far you are, and to whoever pays for the course that you completed it. You "
                "joined the group yourself, and decide whether your name and address are shown."
            ),
            basis=Basis.CONSENT,
            retention=_(
                "Until you have yourself taken out of the group’s lists or erase your account; at most five years "
                "after the group was closed. The scan of a sheet that you signed is kept until a day that your trainer "
                "chose, for five years at most; when you are taken out of the lists, your trainer is asked to make "
                "your signature unreadable."
            ),
            export=_participations,
            erase=_erase_participations,
            expire=_expire_cohorts,
            order=40,
            parts=(
                "trainers.ParticipationEntry",
                "trainers.CriterionEntry",
                "trainers.CompletionEntry",
                "trainers.AttendanceEntry",
                "trainers.Addressed",
            ),
            labels={
                "cohort": _("Group"),
                "organisation": _("Organisation"),
                "changes": _("Changes"),
                "attendance": _("Attendance"),
                "announcements": _("Announcements"),
            },
        )
    )
    declare(
        Declaration(
            model="trainers.Staff",
            title=_("Groups that you run"),
            purpose=_("Says who runs a group or looks on, and may see who takes part in it."),
            basis=Basis.LEGITIMATE_INTERESTS,
            retention=_("Until you hand the group over, or erase your account."),
            export=_staff,
            erase=_erase_staff,
            labels={"cohort__name": _("Group")},
        )
    )
    declare(
        Declaration(
            model="trainers.Invitation",
            title=_("Invitations to groups"),
            purpose=_("Lets a trainer invite you by letter, once."),
            basis=Basis.LEGITIMATE_INTERESTS,
            retention=_("Half a year."),
            export=_invitations,
            erase=_erase_invitations,
            expire=_expire_invitations,
            labels={"cohort__name": _("Group")},
        )
    )
    declare(
        Declaration(
            model="trainers.Feed",
            title=_("Address of your calendar"),
            purpose=_("Lets your own calendar show the sessions of your groups. You make the address yourself."),
            basis=Basis.CONTRACT,
            retention=_("Until you end it, or erase your account."),
            export=_feed,
            erase=_erase_feed,
        )
    )
    mentions: list[tuple[type[Model], str, tuple[str, ...]]] = [
        (RuleVersion, "made_by", ("cohort__name", "number", "made_at")),
        (Session, "made_by", ("title", "starts_at", "made_at")),
        (SheetScan, "added_by", ("name", "added_at")),
        (Announcement, "by", ("cohort__name", "sent_at", "recipients")),
        (Export, "by", ("cohort__name", "as_of", "preset", "asked_at")),
    ]
    for model, field, told in mentions:
        declare(
            Declaration(
                model=model._meta.label,
                title=_("Work with groups"),
                purpose=_("Says who did what for a group, so that those who run it can work together."),
                basis=Basis.LEGITIMATE_INTERESTS,
                retention=_("As long as the group. When you erase your account your work stays, without your name."),
                export=_mentions(model, field, told),
                erase=_take_out(model, field),
                is_mention=True,
                labels={"cohort__name": _("Group")},
            )
        )


def _mentions(
    model: type[Model], field: str, told: tuple[str, ...]
) -> Callable[[Subject], Iterable[Mapping[str, Any]]]:
    def export(subject: Subject) -> Iterable[Mapping[str, Any]]:
        if subject.account is None:
            return []
        return model._default_manager.filter(**{field: subject.account.pk}).order_by("pk").values(*told)

    return export


def _take_out(model: type[Model], field: str) -> Callable[[Subject, dt.datetime], None]:
    def take_out(subject: Subject, now: dt.datetime) -> None:
        if subject.account is not None:
            model._default_manager.filter(**{field: subject.account.pk}).update(**{field: None})

    return take_out
