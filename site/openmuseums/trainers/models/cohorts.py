"""Cohorts, and who runs them."""

import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from openmuseums.organisations.models import Organisation
from openmuseums.people.models import User

if TYPE_CHECKING:
    from openmuseums.trainers.models.rules import RuleVersion


class CohortQuerySet(models.QuerySet["Cohort"]):
    """Cohorts, through the walls between trainers."""

    def run_by(self, user: User | AnonymousUser) -> "CohortQuerySet":
        """Return the cohorts that somebody may look into: those on whose staff they are, and no others."""
        return self.filter(staff__account_id=user.pk) if user.is_authenticated else self.none()

    def changed_by(self, user: User | AnonymousUser) -> "CohortQuerySet":
        """Return the cohorts that somebody may change: an observer looks on."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(staff__account_id=user.pk, staff__role__in=Staff.MAY_CHANGE)

    def owned_by(self, user: User | AnonymousUser) -> "CohortQuerySet":
        """Return the cohorts that somebody answers for: they alone say who else runs them."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(staff__account_id=user.pk, staff__role=Staff.Role.TRAINER)


class Cohort(models.Model):
    """A group of people who take the course together, with a trainer. It belongs to an organisation.

    `key` names it in addresses and on the command line and never changes; `id` is the same in files of calendars.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.SlugField(_("key"), max_length=64, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="cohorts", verbose_name=_("organisation")
    )
    course_key = models.UUIDField(_("translation key of the course"), editable=False)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    time_zone = models.CharField(_("time zone"), max_length=64)
    languages = models.JSONField(_("languages"), default=list)
    join_code = models.CharField(_("code to join by"), max_length=16, unique=True, editable=False)
    is_open = models.BooleanField(_("can be joined by the code"), default=True)
    made_at = models.DateTimeField(_("made at"), editable=False)
    archived_at = models.DateTimeField(_("archived at"), null=True, editable=False)
    copied_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, editable=False, related_name="copies", verbose_name=_("copy of")
    )

    objects = CohortQuerySet.as_manager()

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        ordering = ["-starts_on", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="trainers_cohort_ends_after_it_starts",
                violation_error_message=_("The last day comes before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_archived(self) -> bool:
        """Return whether nothing about it changes any longer."""
        return self.archived_at is not None

    def rule_in_force(self) -> "RuleVersion":
        """Return the latest version of its rule; it has one from the start."""
        return self.rules.latest("number")


class Staff(models.Model):
    """That somebody runs a cohort, and as what: one answers for it, others help, observers look on."""

    class Role(models.TextChoices):
        """As what."""

        TRAINER = "trainer", _("Trainer")
        CO_TRAINER = "co-trainer", _("Co-trainer")
        OBSERVER = "observer", _("Observer")

    MAY_CHANGE: Any = (Role.TRAINER, Role.CO_TRAINER)

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="staff", verbose_name=_("cohort"))
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="runs", verbose_name=_("account")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("member of the staff")
        verbose_name_plural = _("staff")
        constraints = [
            models.UniqueConstraint(fields=["cohort", "account"], name="trainers_staff_unique"),
            models.UniqueConstraint(
                fields=["cohort"], condition=models.Q(role="trainer"), name="trainers_staff_one_answers"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.role} {self.cohort_id}"
