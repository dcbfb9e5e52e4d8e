"""The teams of the languages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Team(models.Model):
    """Who translates the course into one language: a partner's two groups, and what was set up for them.

    The groups alone decide what somebody may do. `told` is the digest of what the last letter to the team said, so that
    nobody is told the same twice.
    """

    locale = models.OneToOneField(
        "wagtailcore.Locale", on_delete=models.PROTECT, related_name="team", verbose_name=_("language")
    )
    name = models.CharField(_("name of the partner"), max_length=255)
    country = models.CharField(_("country"), max_length=2, help_text=_("Two letters, as ISO 3166-1 writes it."))
    translators = models.OneToOneField(
        "auth.Group", on_delete=models.PROTECT, related_name="translates", verbose_name=_("translators")
    )
    reviewers = models.OneToOneField(
        "auth.Group", on_delete=models.PROTECT, related_name="reviews", verbose_name=_("reviewers")
    )
    collection = models.OneToOneField(
        "wagtailcore.Collection", on_delete=models.PROTECT, related_name="team", verbose_name=_("collection")
    )
    workflow = models.OneToOneField(
        "wagtailcore.Workflow", on_delete=models.PROTECT, related_name="team", verbose_name=_("review")
    )
    told = models.CharField(_("digest of what was told last"), max_length=64, blank=True)
    told_at = models.DateTimeField(_("told last at"), null=True, blank=True)

    class Meta:
        verbose_name = _("team of a language")
        verbose_name_plural = _("teams of languages")

    def __str__(self) -> str:
        return self.name
