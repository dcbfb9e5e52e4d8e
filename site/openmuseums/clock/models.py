"""What the clock remembers of each duty."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _


class DutyRun(models.Model):
    """The last run of a duty, and when the next is due.

    Whoever does a duty holds it until `lease_until`. A lease that is over and was not given back is the trace of a
    clock that died.
    """

    class Outcome(models.TextChoices):
        """How a run ended."""

        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    name = models.CharField(_("duty"), max_length=60, unique=True)
    due_at = models.DateTimeField(_("due at"))
    lease_until = models.DateTimeField(_("held until"), null=True, blank=True)
    holder = models.UUIDField(_("held by"), null=True, blank=True)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("last ended at"), null=True, blank=True)
    outcome = models.CharField(_("last outcome"), max_length=12, choices=Outcome.choices, blank=True)
    sentence = models.CharField(_("what was done"), max_length=500, blank=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    died_at = models.DateTimeField(_("start of the last run that ended without a word"), null=True, blank=True)

    class Meta:
        verbose_name = _("background work")
        verbose_name_plural = _("background work")
        default_permissions = ("view",)
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lease_until=None, holder=None)
                | models.Q(lease_until__isnull=False, holder__isnull=False, started_at__isnull=False),
                name="clock_duty_run_lease_whole",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def has_died(self, now: dt.datetime) -> bool:
        """Return whether a run began that ended without a word."""
        return self.lease_until is not None and self.lease_until <= now

    def is_running(self, now: dt.datetime) -> bool:
        """Return whether somebody is doing it."""
        return self.lease_until is not None and self.lease_until > now
