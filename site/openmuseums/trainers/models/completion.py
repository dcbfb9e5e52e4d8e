"""What became of each criterion, and of completion, with all that it was before: what follows from events."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from openmuseums.append_only import AppendOnly
from openmuseums.trainers.models.participations import Participation
from openmuseums.trainers.models.rules import Criterion, RuleVersion


class Because(models.TextChoices):
    """Why something became otherwise."""

    ACT = "act", _("The learner did something")
    TAKEN_BACK = "taken-back", _("The learner took something back")
    REGRADED = "regraded", _("A quiz was graded again")
    ATTENDANCE = "attendance", _("Attendance was noted")
    CORRECTION = "correction", _("Attendance was corrected")
    JOINED = "joined", _("The learner joined, and had done it before")
    RULE = "rule", _("The rule changed")
    CHECKED = "checked", _("It was reckoned anew")


class CriterionEntry(AppendOnly):
    """What a criterion was from a moment on. `done` counts as the criterion's `needed` does."""

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="criterion_entries", db_index=False
    )
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="+")
    is_met = models.BooleanField(_("met"))
    done = models.DecimalField(_("done"), max_digits=9, decimal_places=4)
    because = models.CharField(_("because"), max_length=12, choices=Because.choices)
    occurred_at = models.DateTimeField(_("occurred at"))
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("entry about a criterion")
        verbose_name_plural = _("entries about criteria")
        ordering = ["id"]
        # A list asks for the last entry of each about each criterion, of those recorded by a time: this has it all.
        indexes = [
            models.Index(fields=["participation", "criterion", "recorded_at", "id"], name="trainers_criterion_last")
        ]

    def __str__(self) -> str:
        return f"{self.participation_id} {self.criterion_id} {self.done}"


class CompletionEntry(AppendOnly):
    """That somebody had completed from a moment on, or had not any longer, by which version of the rule."""

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="completion_entries")
    rule = models.ForeignKey(RuleVersion, on_delete=models.CASCADE, related_name="+")
    is_complete = models.BooleanField(_("complete"))
    because = models.CharField(_("because"), max_length=12, choices=Because.choices)
    occurred_at = models.DateTimeField(_("occurred at"))
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("entry about completion")
        verbose_name_plural = _("entries about completion")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.participation_id} {self.is_complete}"
