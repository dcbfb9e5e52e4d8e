"""What readers say is wrong: a report names a page and a place on it by their keys, and nobody who wrote it."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_TEXT = 2000
LONGEST_NOTE = 500


class Report(models.Model):
    """Something that a reader says is wrong on a page, in whatever language; the keys are the same in all of them.

    `block_id` is empty where it is about the whole page. `language` is the one that the reader read in, `text_language`
    that of the page's words where they stood. `form_id` is that of the form it was sent with, which counts once.
    """

    class Kind(models.TextChoices):
        """What is wrong."""

        MISTAKE = "mistake", _("Something is not right: a fact, a word, a picture")
        DEAD_LINK = "dead-link", _("A link leads nowhere, or somewhere else")
        ACCESS = "access", _("I cannot use something: see, hear, read or operate it")
        OTHER = "other", _("Something else")

    form_id = models.UUIDField(_("form"), unique=True, default=uuid.uuid4, editable=False)
    page_key = models.UUIDField(_("page"))
    block_id = models.CharField(_("block"), max_length=64, blank=True)
    language = models.CharField(_("language of the reader"), max_length=12)
    text_language = models.CharField(_("language of the text"), max_length=12)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    text = models.TextField(_("what is wrong"), max_length=LONGEST_TEXT, blank=True)
    reported_at = models.DateTimeField(_("reported at"))
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    note = models.TextField(_("note"), max_length=LONGEST_NOTE, blank=True)

    class Meta:
        verbose_name = _("reader’s report")
        verbose_name_plural = _("readers’ reports")
        default_permissions = ("change",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["mistake", "dead-link", "access", "other"]), name="reports_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(settled_at=None) | models.Q(settled_at__gte=models.F("reported_at")),
                name="reports_settled_after_reported",
            ),
            # What is open was not answered yet.
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=False) | models.Q(note=""), name="reports_open_without_note"
            ),
        ]
        indexes = [
            models.Index(fields=["page_key", "block_id", "-reported_at"], name="reports_place"),
            models.Index(fields=["settled_at"], name="reports_settled"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
