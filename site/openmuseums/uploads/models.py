"""Pictures and documents: each knows its maker, licence and source."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition

from openmuseums.uploads.signatures import is_what_it_says

MAX_DOCUMENT_BYTES = 200 * 1024 * 1024


class Licence(models.TextChoices):
    """The licences that the course works with, by their SPDX names where they have one."""

    CC0 = "CC0-1.0", _("CC0 1.0 (no rights reserved)")
    CC_BY = "CC-BY-4.0", _("CC BY 4.0")
    CC_BY_SA = "CC-BY-SA-4.0", _("CC BY-SA 4.0")
    PUBLIC_DOMAIN = "PUBLIC-DOMAIN", _("Public domain")
    ALL_RIGHTS = "ALL-RIGHTS-RESERVED", _("All rights reserved, used with permission")


LICENCE_ADDRESSES = {
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.PUBLIC_DOMAIN: "https://creativecommons.org/publicdomain/mark/1.0/",
}


class SourceField(models.URLField):  # type: ignore[type-arg]
    """An address that is taken to be https where somebody leaves its beginning out."""

    def formfield(self, **kwargs: Any) -> Any:
        """Return the form's field."""
        return super().formfield(assume_scheme="https", **kwargs)


class Attributed(models.Model):
    """Where an upload comes from. A page that shows it cannot be published until maker and licence are known."""

    key = models.UUIDField(_("stable key"), default=uuid.uuid4, unique=True, editable=False)
    pack_key = models.SlugField(
        _("name in the course pack"), max_length=100, blank=True, editable=False, help_text=_("Set by load_course.")
    )
    credit = models.CharField(
        _("credit"), max_length=255, blank=True, help_text=_("Who made it, as the credit line is to read.")
    )
    licence = models.CharField(_("licence"), max_length=32, choices=Licence.choices, blank=True)
    source = SourceField(
        _("source"), max_length=500, blank=True, help_text=_("The address it was taken from; empty for our own work.")
    )

    class Meta:
        abstract = True

    @property
    def is_attributed(self) -> bool:
        """Return whether credit and licence are known."""
        return bool(self.credit and self.licence)

    @property
    def licence_address(self) -> str:
        """Return the address of the licence's text, or an empty string where there is none."""
        return LICENCE_ADDRESSES.get(Licence(self.licence), "") if self.licence else ""


class Picture(Attributed, AbstractImage):  # type: ignore[django-manager-missing]  # noqa: DJ008 - Wagtail's own says it
    """A photograph or drawing."""

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "licence",
        "source",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_image", "Can choose picture")]

    def generate_rendition_file(self, filter: Any, *, source: Any = None) -> "ContentFile[bytes]":  # noqa: A002 - Wagtail’s
        """Return the picture at one size. Wagtail leaves the file that it was made in open; it is closed here."""
        with super().generate_rendition_file(filter, source=source) as made:
            made.seek(0)
            return ContentFile(made.read(), name=made.name)


class Rendition(AbstractRendition):
    """A picture at one size."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="uploads_rendition_unique")
        ]


class Attachment(Attributed, AbstractDocument):  # type: ignore[django-manager-missing]  # noqa: DJ008 - Wagtail's own says it
    """A file to download: a printable sheet, captions, a recording."""

    admin_form_fields = ("title", "file", "credit", "licence", "source", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]

    def clean(self) -> None:
        """Refuse a new file that is too large, or is not what its name says."""
        super().clean()
        # A file that is stored has been looked at.
        if not self.file or self.file._committed:
            return
        if self.file.size > MAX_DOCUMENT_BYTES:
            raise ValidationError(
                {
                    "file": _("This file is too large: %(size)s. The most is %(most)s.")
                    % {"size": filesizeformat(self.file.size), "most": filesizeformat(MAX_DOCUMENT_BYTES)}
                }
            )
        if not is_what_it_says(self.file, self.file_extension):
            raise ValidationError(
                {
                    "file": _("This file is not what its name says. Save it as .%(extension)s with a program that can.")
                    % {"extension": self.file_extension}
                }
            )
