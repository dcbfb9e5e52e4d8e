"""The four facets: four questions that the guide asks about each digital activity."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Facet(models.TextChoices):
    """What somebody uses, manages, makes and understands (the "One by One" mapping)."""

    USE = "use", _("Use")
    MANAGE = "manage", _("Manage")
    MAKE = "make", _("Make")
    UNDERSTAND = "understand", _("Understand")

    @property
    def question(self) -> str:
        """Return the facet's question, in the reader's language."""
        return str(_QUESTIONS[self])


_QUESTIONS = {
    Facet.USE: _("What do we need to use?"),
    Facet.MANAGE: _("What do we need to manage?"),
    Facet.MAKE: _("What do we need to make?"),
    Facet.UNDERSTAND: _("What do we need to understand?"),
}
