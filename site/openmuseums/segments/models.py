"""What is kept of sources and translations: each edition of a source, and which edition a translation was made from."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from openmuseums.append_only import AppendOnly, AppendOnlyQuerySet
from openmuseums.editorial.kinds import ChangeKind


class EditionQuerySet(AppendOnlyQuerySet["SourceEdition"]):
    """Editions of sources."""

    def newest(self, page_key: UUID) -> "SourceEdition | None":
        """Return the edition of a page that is public, or was last; None where it never was."""
        return self.filter(page_key=page_key).order_by("number").last()


class SourceEdition(AppendOnly):
    """A page of the source as it was published, whenever that changed what its translations are made from.

    Two editions with one digest are the same in all that readers see. Two with one `sense` say the same: between them
    lie editorial changes, which leave translations current. Texts and answer keys are kept, so that old and new can
    stand side by side when the source has long gone on.
    """

    page_key = models.UUIDField(_("translation key of the page"))
    number = models.PositiveIntegerField(_("number, from 1"))
    digest = models.CharField(_("digest of the content"), max_length=64)
    sense = models.PositiveIntegerField(_("number of its sense"))
    kind = models.CharField(
        _("kind of change"),
        max_length=16,
        choices=ChangeKind.choices,
        blank=True,
        help_text=_("Empty for a first edition."),
    )
    texts = models.JSONField(_("texts to translate"), help_text=_("Pairs of content path and text, in their order."))
    text_count = models.PositiveIntegerField(_("number of texts to translate, addresses left out"))
    words = models.PositiveIntegerField(_("number of words in them"))
    answer_keys = models.JSONField(_("answer keys"), help_text=_("Digests by the ids of questions."))
    keys_digest = models.CharField(_("digest of all answer keys"), max_length=64)
    published_at = models.DateTimeField(_("published at"))

    objects = EditionQuerySet.as_manager()  # type: ignore[misc]  # the one of AppendOnly is told as a ClassVar

    class Meta:
        verbose_name = _("edition of a source")
        verbose_name_plural = _("editions of sources")
        constraints = [
            models.UniqueConstraint(fields=["page_key", "number"], name="segments_edition_number"),
            models.CheckConstraint(condition=models.Q(kind__in=["", *ChangeKind.values]), name="segments_edition_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.page_key} {self.number}"


class TranslationStamp(AppendOnly):
    """Which edition of its source a revision of a translation was made from."""

    revision = models.OneToOneField(
        "wagtailcore.Revision", on_delete=models.CASCADE, related_name="stamp", verbose_name=_("revision")
    )
    edition = models.ForeignKey(
        SourceEdition, on_delete=models.PROTECT, related_name="stamps", verbose_name=_("edition of the source")
    )

    class Meta:
        verbose_name = _("stamp of a translation")
        verbose_name_plural = _("stamps of translations")

    def __str__(self) -> str:
        return f"{self.revision_id} {self.edition_id}"
