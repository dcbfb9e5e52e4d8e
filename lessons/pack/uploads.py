"""The two kinds of upload that a pack holds, and what it says of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import slugify

from lessons.pack.introspection import shape_of_field
from lessons.pack.shapes import Shape
from openmuseums.uploads.models import MAX_DOCUMENT_BYTES, Attachment, Picture


@dataclass(frozen=True)
class UploadKind:
    """Pictures or documents. `name` is their folder and their list in the pack."""

    name: str
    model: type[Picture] | type[Attachment]
    extensions: tuple[str, ...]
    max_bytes: int

    @cached_property
    def fields(self) -> dict[str, Shape]:
        """Return what the pack says of an upload besides its file: the texts that its form asks for."""
        found: dict[str, Shape] = {}
        for name in self.model.admin_form_fields:
            try:
                field = self.model._meta.get_field(name)
            except FieldDoesNotExist:  # tags
                continue
            if isinstance(field, models.CharField):
                found[name] = shape_of_field(field)
        return found

    def name_of(self, upload: Any, taken: Iterable[str]) -> str:
        """Return what an upload is called in a pack: as it was when it was loaded, or else by its title."""
        fallback = f"{slugify(upload.title)[:60].strip('-') or self.name[:-1]}-{upload.key.hex[:8]}"
        return upload.pack_key if upload.pack_key and upload.pack_key not in taken else fallback


def upload_kinds() -> tuple[UploadKind, ...]:
    """Return both kinds."""
    return (
        UploadKind(
            "pictures", Picture, tuple(settings.WAGTAILIMAGES_EXTENSIONS), settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
        ),
        UploadKind("documents", Attachment, tuple(settings.WAGTAILDOCS_EXTENSIONS), MAX_DOCUMENT_BYTES),
    )
