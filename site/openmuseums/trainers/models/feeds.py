"""Secret addresses under which calendar programs read somebody's sessions, or those of a cohort."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from openmuseums.trainers.models.cohorts import Cohort


class Feed(models.Model):
    """The address of a calendar: of an account, or of a cohort. Who knows it reads the calendar."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="session_feed",
        verbose_name=_("account"),
    )
    cohort = models.OneToOneField(
        Cohort, on_delete=models.CASCADE, null=True, related_name="feed", verbose_name=_("cohort")
    )
    # Kept as it is and not as a digest: its owner is shown it whenever they add the calendar to a further device.
    token = models.CharField(_("what its address ends with"), max_length=64, unique=True)
    renewed_at = models.DateTimeField(_("renewed at"))

    class Meta:
        verbose_name = _("address of a calendar")
        verbose_name_plural = _("addresses of calendars")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(account__isnull=True, cohort__isnull=False)
                | models.Q(account__isnull=False, cohort__isnull=True),
                name="trainers_feed_of_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id or self.cohort_id}"
