"""What loads of the course pack leave behind."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadedField(models.Model):
    """What load_course last left in a field of a page or upload, so that a later load sees what was edited since."""

    object_key = models.UUIDField(_("translation key of the page, or key of the upload"))
    field = models.CharField(_("field"), max_length=64)
    digest = models.CharField(_("digest of the value as loaded"), max_length=64)
    loaded_at = models.DateTimeField(_("loaded at"))

    objects: ClassVar[models.Manager["LoadedField"]]

    class Meta:
        verbose_name = _("field loaded from the course pack")
        verbose_name_plural = _("fields loaded from the course pack")
        constraints = [models.UniqueConstraint(fields=["object_key", "field"], name="lessons_loaded_field_unique")]

    def __str__(self) -> str:
        return f"{self.object_key} {self.field}"
