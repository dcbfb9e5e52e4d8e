"""Completion lists that were made, and the keys that they are signed with."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from openmuseums.trainers.models.cohorts import Cohort


class SigningKey(models.Model):
    """The public half of a key that lists were signed with. Old ones stay, so that old files can be verified."""

    key_id = models.CharField(_("id of the key"), max_length=32, primary_key=True)
    public = models.CharField(_("public key"), max_length=64, help_text=_("32 bytes, in base64."))
    is_current = models.BooleanField(_("in use"))
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("key for signing")
        verbose_name_plural = _("keys for signing")
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=models.Q(is_current=True), name="trainers_key_one_in_use"
            )
        ]

    def __str__(self) -> str:
        return self.key_id


class Export(models.Model):
    """A completion list that was asked for, and what became of it. Learners see the exports that they are in."""

    class Progress(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("Waits for its turn")
        RUNNING = "running", _("Is being written")
        DONE = "done", _("Ready")
        FAILED = "failed", _("Could not be written")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="exports")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    as_of = models.DateTimeField(_("as of"))
    preset = models.CharField(_("preset"), max_length=16)
    columns = models.JSONField(_("columns"), default=list)
    conditions = models.JSONField(_("filter"), default=dict)
    file_format = models.CharField(_("format"), max_length=8)
    locale = models.CharField(_("language of the headings"), max_length=12)
    state = models.CharField(_("state"), max_length=8, choices=Progress.choices, default=Progress.WAITING)
    rows_done = models.PositiveIntegerField(_("rows written"), default=0)
    rows_total = models.PositiveIntegerField(_("rows in all"), null=True)
    error = models.CharField(_("error"), max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    heard_of_at = models.DateTimeField(_("last sign of life"), null=True)
    removed = models.PositiveIntegerField(_("rows removed before"), default=0)
    size = models.PositiveBigIntegerField(_("bytes"), null=True)
    sha256 = models.CharField(_("digest"), max_length=64, blank=True)
    asked_at = models.DateTimeField(_("asked for at"))
    finished_at = models.DateTimeField(_("finished at"), null=True)
    expires_at = models.DateTimeField(_("file kept until"), null=True)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-asked_at", "pk"]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.as_of} {self.file_format}"
