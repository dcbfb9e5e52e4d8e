"""What goes out to people: invitations and announcements."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from openmuseums.trainers.models.cohorts import Cohort
from openmuseums.trainers.models.participations import Participation


class Invitation(models.Model):
    """That an address was invited to a cohort. Once: a second file with the same address invites nobody twice.

    What the file said of the person is offered to them when they come, and is theirs to change.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=200, blank=True)
    museum = models.CharField(_("museum"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=12)
    token = models.CharField(_("what its link ends with"), max_length=64, unique=True)
    invited_at = models.DateTimeField(_("invited at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    sent_at = models.DateTimeField(_("letter queued at"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    used_at = models.DateTimeField(_("used at"), null=True)
    participation = models.OneToOneField(
        Participation, on_delete=models.SET_NULL, null=True, related_name="invitation", verbose_name=_("participation")
    )

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["email", "pk"]
        indexes = [
            models.Index(
                fields=["id"],
                condition=models.Q(sent_at=None, withdrawn_at=None),
                name="trainers_invitation_waiting",
            )
        ]
        constraints = [models.UniqueConstraint(fields=["cohort", "email"], name="trainers_invitation_unique")]

    def __str__(self) -> str:
        return self.email


class Announcement(models.Model):
    """Something that a trainer told a cohort, or those in it whom a filter found."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="announcements")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    sent_at = models.DateTimeField(_("sent at"))
    recipients = models.PositiveIntegerField(_("to how many"))
    letters = models.PositiveIntegerField(_("to how many by letter"), default=0)
    token = models.CharField(_("token of the form that it was sent by"), max_length=64)

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["-sent_at", "-pk"]
        # Pressing a button twice sends once.
        constraints = [models.UniqueConstraint(fields=["cohort", "token"], name="trainers_announcement_once")]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.sent_at}"


class AnnouncementText(models.Model):
    """What an announcement says in a language."""

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=12)
    subject = models.CharField(_("subject"), max_length=150)
    text = models.TextField(_("text"), max_length=5000)

    class Meta:
        verbose_name = _("text of an announcement")
        verbose_name_plural = _("texts of announcements")
        constraints = [
            models.UniqueConstraint(fields=["announcement", "language"], name="trainers_announcement_text_unique")
        ]

    def __str__(self) -> str:
        return self.subject


class Addressed(models.Model):
    """That an announcement is for somebody, who finds it on the page of their group; and whether a letter is written.

    waits_since: since when a letter is to be written; None where there is none to write, or it is written.
    """

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="addressed")
    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="addressed")
    waits_since = models.DateTimeField(_("a letter waits to be written since"), null=True)

    class Meta:
        verbose_name = _("addressee of an announcement")
        verbose_name_plural = _("addressees of announcements")
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(waits_since__isnull=False), name="trainers_addressed_waiting"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["announcement", "participation"], name="trainers_addressed_unique")
        ]

    def __str__(self) -> str:
        return f"{self.announcement_id} {self.participation_id}"
