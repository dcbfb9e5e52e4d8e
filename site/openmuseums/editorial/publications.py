"""What is kept of kinds of change: what was chosen for a revision, and what each publication of a source counted as."""

from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from openmuseums.append_only import AppendOnly, AppendOnlyQuerySet
from openmuseums.editorial.kinds import ChangeKind


class KindChoice(models.Model):
    """What kind of change somebody said a revision is. It goes with the revision."""

    revision = models.OneToOneField(
        "wagtailcore.Revision", on_delete=models.CASCADE, related_name="+", verbose_name=_("revision")
    )
    kind = models.CharField(_("kind of change"), max_length=16, choices=ChangeKind.choices)
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("chosen by"),
    )
    chosen_at = models.DateTimeField(_("chosen at"))

    class Meta:
        verbose_name = _("chosen kind of change")
        verbose_name_plural = _("chosen kinds of change")
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=ChangeKind.values), name="editorial_choice_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.revision_id} {self.kind}"


class PublicationQuerySet(AppendOnlyQuerySet["Publication"]):
    """Publications, the newest among them."""

    def newest(self, page_key: UUID) -> "Publication | None":
        """Return the latest publication of a source page, or None where there is none."""
        return self.filter(page_key=page_key).order_by("id").last()


class Publication(AppendOnly):
    """That a page of the source was published, and what kind of change it was.

    They hold the keys of pages and revisions and no references, so that they stay when those are gone.
    """

    page_key = models.UUIDField(_("translation key of the page"))
    revision_id = models.PositiveBigIntegerField(_("number of the revision"))
    kind = models.CharField(
        _("kind of change"),
        max_length=16,
        choices=ChangeKind.choices,
        blank=True,
        help_text=_("Empty for a first publication."),
    )
    chosen = models.CharField(
        _("chosen kind of change"),
        max_length=16,
        choices=ChangeKind.choices,
        blank=True,
        help_text=_("Empty where nobody chose one."),
    )
    published_at = models.DateTimeField(_("published at"))

    objects = PublicationQuerySet.as_manager()  # type: ignore[misc]  # the one of AppendOnly is told as a ClassVar

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        indexes = [models.Index(fields=["page_key", "id"], name="editorial_publication_page")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["", *ChangeKind.values], chosen__in=["", *ChangeKind.values]),
                name="editorial_publication_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_key} {self.kind}"
