"""The sizes in which pages show pictures. They are made when a page is published; showing a page makes none."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import Filter, SourceImageIOError

from openmuseums.uploads.models import Picture

logger = logging.getLogger(__name__)

SMALL = "width-480|format-webp"
LARGE = "width-960|format-webp"
SHOWN_SIZES = (SMALL, LARGE)


@dataclass(frozen=True)
class ShownPicture:
    """What an `img` element needs. srcset is empty where only the original is there."""

    url: str
    srcset: str
    width: int
    height: int


def shown_picture(picture: Picture) -> ShownPicture:
    """Return how a page shows a picture, from what has been made: at worst the original."""
    found = picture.find_existing_renditions(*[Filter(spec=spec) for spec in SHOWN_SIZES])
    made = sorted(found.values(), key=lambda rendition: rendition.width)
    if not made:
        return ShownPicture(picture.file.url, "", picture.width, picture.height)
    srcset = ", ".join(f"{rendition.url} {rendition.width}w" for rendition in made)
    largest = made[-1]
    return ShownPicture(largest.url, srcset if len(made) > 1 else "", largest.width, largest.height)


def pictures_to_show(ids: Iterable[int]) -> dict[int, Picture]:
    """Return the pictures that are still there, by key, with the sizes that pages show: two queries or none."""
    wanted = set(ids)
    if not wanted:
        return {}
    found = Picture.objects.filter(pk__in=wanted).prefetch_renditions(*SHOWN_SIZES)
    return {picture.pk: picture for picture in found}


def make_renditions(pictures: Iterable[Picture]) -> None:
    """Make the sizes that are not there yet. A picture whose file cannot be read is logged and shown as it is."""
    for picture in pictures:
        try:
            picture.get_renditions(*SHOWN_SIZES)
        except (SourceImageIOError, InvalidFilterSpecError, OSError, ValueError) as error:
            logger.warning("No smaller sizes of picture %s could be made: %s", picture.pk, error)


def pictures_in(instance: models.Model) -> list[Picture]:
    """Return the pictures that an object's fields, its streams among them, refer to."""
    ids: set[Any] = set()
    for field in instance._meta.concrete_fields:
        if hasattr(field, "extract_references"):
            value = field.value_from_object(instance)
            ids |= {pk for model, pk, *_ in field.extract_references(value) if issubclass(model, Picture)}
        elif field.related_model is Picture:
            ids |= {field.value_from_object(instance)} - {None}
    return list(Picture.objects.filter(pk__in=ids).order_by("pk")) if ids else []
