"""What completing the course means in a cohort: versions of a rule, each made of criteria."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from openmuseums.trainers.models.cohorts import Cohort


class RuleVersion(models.Model):
    """A version of a cohort's rule. A landed one never changes: whoever completed by it has completed."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="rules")
    number = models.PositiveIntegerField(_("version"))
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("made by")
    )

    class Meta:
        verbose_name = _("version of a rule")
        verbose_name_plural = _("versions of rules")
        ordering = ["cohort", "number"]
        constraints = [models.UniqueConstraint(fields=["cohort", "number"], name="trainers_rule_version_unique")]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.number}"


class Criterion(models.Model):
    """One thing that a rule asks for.

    `key` names it in lists, the same in later versions that ask for the same thing. `pages` are the translation keys
    of the units, or of the quiz, that it is about; sessions are the cohort's. `needed`: how many units are to be read,
    questions answered right, sessions attended; of a quiz, the percentage to be reached, where 0 is the quiz's own.
    """

    class Kind(models.TextChoices):
        """What is asked for."""

        UNITS = "units", _("Units read")
        QUIZ = "quiz", _("A quiz passed")
        SELF_CHECKS = "self-checks", _("Self-checks answered right")
        SESSIONS = "sessions", _("Sessions attended")

    rule = models.ForeignKey(RuleVersion, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField(_("position"))
    key = models.SlugField(_("key"), max_length=80)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    pages = models.JSONField(_("translation keys of pages"), default=list)
    needed = models.PositiveIntegerField(_("needed"))

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["rule", "position"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "position"], name="trainers_criterion_position"),
            models.UniqueConstraint(fields=["rule", "key"], name="trainers_criterion_key"),
        ]

    def __str__(self) -> str:
        return self.key
