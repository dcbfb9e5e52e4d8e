"""Kinds of change: what a publication does to what readers and translators know of a page."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeKind(models.TextChoices):
    """What a publication changes, the gravest last."""

    EDITORIAL = "editorial", _("Editorial")
    MEANING = "meaning", _("Meaning")
    ANSWER_KEY = "answer-key", _("Answer key")

    @property
    def gravity(self) -> int:
        """Return how grave it is: a change of a higher number asks everything that one of a lower number asks."""
        return list(ChangeKind).index(self)


def gravest(kinds: Iterable[ChangeKind | None]) -> ChangeKind | None:
    """Return the gravest of some kinds; None stands for none, and is returned where there is no other."""
    return max((kind for kind in kinds if kind is not None), key=lambda kind: kind.gravity, default=None)
