"""Sessions, and who was there."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from openmuseums.append_only import AppendOnly
from openmuseums.organisations.models import Organisation
from openmuseums.trainers.models.cohorts import Cohort
from openmuseums.trainers.models.participations import Participation


class Session(models.Model):
    """A meeting of a cohort, or, without one, something that an organisation offers to everybody.

    Times are moments; `time_zone` is that of the place, in which they are shown and written to calendars.
    """

    class Kind(models.TextChoices):
        """Where it is."""

        ON_SITE = "on-site", _("On site")
        ONLINE = "online", _("Online")

    class Audience(models.TextChoices):
        """For whom it is."""

        EVERYBODY = "everybody", _("Everybody")
        BOARD = "board", _("Members of boards")
        PROFESSIONAL = "professional", _("Professionals")
        VOLUNTEER = "volunteer", _("Volunteers")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(
        Cohort, on_delete=models.CASCADE, null=True, related_name="sessions", verbose_name=_("cohort")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("organisation")
    )
    title = models.CharField(_("title"), max_length=200)
    about = models.TextField(_("what it is about"), max_length=4000, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    place = models.CharField(_("place"), max_length=300, blank=True)
    address = models.URLField(_("address online"), max_length=500, blank=True)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    time_zone = models.CharField(_("time zone"), max_length=64)
    language = models.CharField(_("language"), max_length=12)
    audience = models.CharField(_("for whom"), max_length=12, choices=Audience.choices, default=Audience.EVERYBODY)
    is_public = models.BooleanField(_("in the public calendar"), default=False)
    code = models.CharField(_("code shown in the room"), max_length=12, editable=False)
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"), editable=False)
    changed_at = models.DateTimeField(_("changed at"), editable=False)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, editable=False)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["is_public", "starts_at"], name="trainers_session_public")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="trainers_session_ends_after_it_starts",
                violation_error_message=_("It ends before it starts."),
            ),
            models.UniqueConstraint(fields=["cohort", "code"], name="trainers_session_code"),
            models.CheckConstraint(
                condition=models.Q(cohort__isnull=False) | models.Q(is_public=True),
                name="trainers_session_of_a_cohort_or_public",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SessionTimes(AppendOnly):
    """When a session was to be, from a moment on: hours in a list as of an earlier time are those known then."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="times")
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("times of a session")
        verbose_name_plural = _("times of sessions")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.session_id} {self.starts_at} {self.ends_at}"


class AttendanceEntry(AppendOnly):
    """That somebody was there, or was not. What was noted stays; a correction is a further entry, with its reason."""

    class How(models.TextChoices):
        """How it came to be known."""

        CODE = "code", _("By the code shown in the room")
        LIST = "list", _("By the trainer’s list")
        SHEET = "sheet", _("By a signature on paper")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendance")
    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="attendance")
    is_present = models.BooleanField(_("present"))
    how = models.CharField(_("how it is known"), max_length=8, choices=How.choices)
    reason = models.CharField(_("reason of a correction"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("noted by")
    )
    occurred_at = models.DateTimeField(_("occurred at"))
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("entry about attendance")
        verbose_name_plural = _("entries about attendance")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.session_id} {self.participation_id} {self.is_present}"


class SheetScan(models.Model):
    """A picture of a sheet that was signed on paper, kept until its time is up."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="scans")
    name = models.CharField(_("name of the file"), max_length=200)
    path = models.CharField(_("path among the private files"), max_length=200)
    sha256 = models.CharField(_("digest"), max_length=64)
    added_at = models.DateTimeField(_("added at"))
    keep_until = models.DateField(_("kept until"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("added by")
    )

    class Meta:
        verbose_name = _("scan of a signed sheet")
        verbose_name_plural = _("scans of signed sheets")
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.name
