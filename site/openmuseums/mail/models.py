"""Letters that wait to be sent."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters by what is to be done with them."""

    def waiting(self) -> "LetterQuerySet":
        """Return those that are neither sent nor given up."""
        return self.filter(sent_at=None, failed_at=None)

    def due(self, now: dt.datetime) -> "LetterQuerySet":
        """Return those that are to be tried now, and that nobody is trying."""
        return self.waiting().filter(next_try_at__lte=now)

    def given_up(self) -> "LetterQuerySet":
        """Return those that could not be sent and are not tried again."""
        return self.exclude(failed_at=None)


class Letter(models.Model):
    """A letter to one person, as it is to be sent. Its row goes when it is sent, but in the demo, which shows it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name=_("account"),
    )
    address = models.EmailField(_("e-mail address"))
    kind = models.CharField(_("kind"), max_length=40)
    language = models.CharField(_("language"), max_length=12)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    html = models.TextField(_("text as HTML"))
    stop_url = models.URLField(_("address that stops such letters"), max_length=500, blank=True)
    queued_at = models.DateTimeField(_("queued at"))
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(
        _("next try at"), help_text=_("Whoever tries sets it to when another may, should this one end without a word.")
    )
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    failed_at = models.DateTimeField(_("given up at"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=200, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        default_permissions = ("view",)
        ordering = ["-queued_at", "id"]
        indexes = [models.Index(fields=["next_try_at"], name="mail_letter_next_try")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sent_at=None) | models.Q(failed_at=None), name="mail_letter_sent_or_given_up"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Refusal(models.Model):
    """That an address is to get no more letters of a kind. What is kept of it is a digest, which tells no address."""

    kind = models.CharField(_("kind"), max_length=40)
    digest = models.CharField(_("digest of the address"), max_length=64)
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("refusal of letters")
        verbose_name_plural = _("refusals of letters")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["kind", "digest"], name="mail_refusal_unique")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
