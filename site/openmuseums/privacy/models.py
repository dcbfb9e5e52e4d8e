"""What privacy itself keeps: consents and their words, looks at people's data, and totals that name nobody."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PurposeText(models.Model):
    """The words that somebody agreed to: a version of a purpose's text in one language, as it was shown."""

    purpose = models.SlugField(_("purpose"), max_length=64)
    version = models.PositiveSmallIntegerField(_("version"))
    language = models.CharField(_("language"), max_length=12)
    digest = models.CharField(_("digest of the text"), max_length=64)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("text of a consent")
        verbose_name_plural = _("texts of consents")
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "version", "language", "digest"], name="privacy_purpose_text_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version} {self.language}"


class Consent(models.Model):
    """That a person agreed to something, to which words and when, and when they changed their mind."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents", verbose_name=_("account")
    )
    purpose = models.SlugField(_("purpose"), max_length=64)
    text = models.ForeignKey(PurposeText, on_delete=models.PROTECT, related_name="+", verbose_name=_("text"))
    given_at = models.DateTimeField(_("given at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "purpose"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="privacy_consent_one_stands",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | models.Q(withdrawn_at__gte=models.F("given_at")),
                name="privacy_consent_withdrawn_after_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.account_id}"


class Look(models.Model):
    """That somebody looked at or exported another person's data, or opened a way into their account.

    Rows are added; their subject sees them.
    """

    class What(models.TextChoices):
        """What can be done with somebody's data or account."""

        ACCOUNT = "account", _("Opened the account")
        DATA = "data", _("Opened the page about the data")
        EXPORT = "export", _("Downloaded a copy of the data")
        SLIP = "slip", _("A slip to sign in with was made")
        FACTOR = "second-factor", _("A lost second factor was taken away")

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="looks_at_others",
        verbose_name=_("who"),
    )
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="looks", verbose_name=_("at whose data")
    )
    what = models.CharField(_("what"), max_length=24, choices=What.choices)
    looked_at = models.DateTimeField(_("when"), db_index=True)

    class Meta:
        verbose_name = _("look at somebody’s data")
        verbose_name_plural = _("looks at people’s data")
        ordering = ["-looked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.what} {self.subject_id}"


class Total(models.Model):
    """How often something happened at a page in a month, in records that have been erased since. It names nobody."""

    kind = models.CharField(_("kind"), max_length=24)
    page_key = models.UUIDField(_("translation key of the page"))
    month = models.DateField(_("month"), help_text=_("Its first day."))
    count = models.PositiveIntegerField(_("count"))

    class Meta:
        verbose_name = _("total of erased records")
        verbose_name_plural = _("totals of erased records")
        constraints = [
            models.UniqueConstraint(fields=["kind", "page_key", "month"], name="privacy_total_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.page_key} {self.month}"


class InactivityNotice(models.Model):
    """That the owner of an account that nobody uses was told that it will be erased."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="inactivity_notice",
        verbose_name=_("account"),
    )
    told_at = models.DateTimeField(_("told at"))

    class Meta:
        verbose_name = _("notice of erasure")
        verbose_name_plural = _("notices of erasure")

    def __str__(self) -> str:
        return f"{self.account_id} {self.told_at}"
