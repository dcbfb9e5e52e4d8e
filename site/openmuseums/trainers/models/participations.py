"""Who takes part in a cohort, and what is known there of each, with all that it was before."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openmuseums.append_only import AppendOnly
from openmuseums.organisations.countries import COUNTRIES
from openmuseums.organisations.models import Membership
from openmuseums.trainers.models.cohorts import Cohort
from openmuseums.trainers.models.rules import RuleVersion


class State(models.Model):
    """What a cohort knows of somebody: what they share, no more. Empty is not shared, or not known.

    Museum and country are kept as they were called then: renaming one rewrites no list.
    """

    class Status(models.TextChoices):
        """How they are in the cohort."""

        PLACED = "placed", _("A place is kept")
        JOINED = "joined", _("Takes part")
        LEFT = "left", _("Has left")

    status = models.CharField(_("status"), max_length=8, choices=Status.choices)
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    museum = models.CharField(_("museum"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2, choices=COUNTRIES, blank=True)
    role = models.CharField(_("role"), max_length=12, choices=Membership.Role.choices, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    rule = models.ForeignKey(RuleVersion, on_delete=models.RESTRICT, related_name="+", verbose_name=_("rule"))

    # What makes up a state: its columns, and the fields that they belong to.
    STATE = ("status", "name", "email", "museum", "country", "role", "language", "rule_id")
    STATE_FIELDS = (*STATE[:-1], "rule")

    class Meta:
        abstract = True


class Participation(State):
    """That somebody takes part in a cohort, as it stands now; a place may be kept for somebody who has not come yet.

    `id` says nothing of anybody: lists are in its order, and it is what stands for a name in them. What follows from
    events is kept beside: how much is done in per cent, since when all of it, and when the last step was taken; and
    how far each criterion is, so that an act has no history to read (see `completing.keeping`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="participations")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="participations",
        verbose_name=_("account"),
    )
    claim_digest = models.CharField(_("digest of the code that claims the place"), max_length=64, blank=True)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("who kept the place"),
    )
    # Made by a trainer for who has no e-mail address, to come in with once and claim the place.
    made_account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("account made for the place"),
    )
    progress = models.PositiveSmallIntegerField(_("done, in per cent"), default=0)
    completed_at = models.DateTimeField(_("completed at"), null=True)
    last_step_at = models.DateTimeField(_("last step at"), null=True)
    measures = models.JSONField(_("how far each criterion is"), default=dict)

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        indexes = [
            models.Index(fields=["cohort", "id"], name="trainers_participation_order"),
            models.Index(fields=["cohort", "status", "last_step_at"], name="trainers_participation_idle"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "account"], name="trainers_participation_unique"),
            models.UniqueConstraint(
                fields=["claim_digest"], condition=~models.Q(claim_digest=""), name="trainers_participation_claim"
            ),
            models.CheckConstraint(condition=models.Q(progress__lte=100), name="trainers_participation_progress"),
            models.CheckConstraint(
                condition=models.Q(status="placed", account__isnull=True)
                | ~models.Q(status="placed") & models.Q(account__isnull=False, claim_digest=""),
                name="trainers_participation_place_or_person",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def pseudonym(self) -> str:
        """Return what stands for a name where none is shared: it says nothing of anybody, and stays."""
        return self.id.hex[:8].upper()

    @property
    def label(self) -> str:
        """Return the name, where it is shared, or the pseudonym."""
        return self.name or gettext("Participant %(pseudonym)s") % {"pseudonym": self.pseudonym}


class ParticipationEntry(AppendOnly, State):
    """What a participation was from a moment on: the whole of it, so that a list can be made as of any time."""

    class Change(models.TextChoices):
        """What made it so."""

        PLACED = "placed", _("A place was kept")
        JOINED = "joined", _("Joined")
        SHARED = "shared", _("Changed what is shared")
        LEFT = "left", _("Left")
        RULE = "rule", _("The rule of completion changed")

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="entries")
    change = models.CharField(_("change"), max_length=8, choices=Change.choices)
    occurred_at = models.DateTimeField(_("occurred at"))
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("entry about a participation")
        verbose_name_plural = _("entries about participations")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.participation_id} {self.change}"


class Removal(models.Model):
    """That somebody was taken out of a cohort's lists at their own request. It does not say who.

    A list as of a time that lies after `joined_recorded_at` had a row for them.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="removals")
    joined_recorded_at = models.DateTimeField(_("in lists since"))
    removed_at = models.DateTimeField(_("removed at"))

    class Meta:
        verbose_name = _("removal")
        verbose_name_plural = _("removals")

    def __str__(self) -> str:
        return str(self.removed_at)
