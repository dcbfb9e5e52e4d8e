"""More time than a quiz allows, which learners give themselves."""

from fractions import Fraction

from django.db import models
from django.utils.translation import gettext_lazy as _

from openmuseums.learners.models import Learner


class ExtraTime(models.Model):
    """How much more time a learner takes in quizzes with a time limit. They set it themselves and nobody asks why."""

    class Factor(models.TextChoices):
        """How many times as long; NO_LIMIT for as long as it takes."""

        QUARTER = "1.25", _("A quarter more")
        HALF = "1.5", _("Half as much again")
        DOUBLE = "2", _("Twice as much")
        NO_LIMIT = "none", _("No time limit")

    learner = models.OneToOneField(Learner, on_delete=models.CASCADE, primary_key=True, related_name="extra_time")
    factor = models.CharField(_("factor"), max_length=4, choices=Factor.choices)

    class Meta:
        verbose_name = _("extra time")
        verbose_name_plural = _("extra time")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(factor__in=["1.25", "1.5", "2", "none"]), name="quizzes_extra_time_factor_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.factor}"

    @property
    def times(self) -> Fraction | None:
        """Return how many times as long; None for no limit."""
        return None if self.factor == self.Factor.NO_LIMIT else Fraction(self.factor)
