"""Pictures that come along with questions: named by their keys in files, by their numbers here."""

import hashlib
import uuid
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from wagtail import blocks
from wagtail.blocks.field_block import ChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.images.fields import WagtailImageField
from wagtail.images.permissions import permission_policy
from wagtail.models import Collection

from openmuseums.people.models import User
from openmuseums.uploads.models import Picture
from quizzes.exchanging.streams import Raw
from quizzes.formats.course_json import StoredPicture, picture_path
from quizzes.formats.items import FilePicture

# What is known of a picture besides its file.
FACTS = ("title", "description", "credit", "licence", "source")


def choosers_in(block: blocks.Block, value: Any) -> Iterator[tuple[ChooserBlock, Raw, str]]:
    """Yield each chooser in a stored value with what holds its choice, and the choice's name there."""
    for holder, name, child in _children(block, value):
        if isinstance(child, ChooserBlock):
            yield child, holder, name
        else:
            yield from choosers_in(child, holder.get(name))


def _children(block: blocks.Block, value: Any) -> Iterator[tuple[Raw, str, blocks.Block]]:
    if isinstance(block, blocks.StructBlock) and isinstance(value, dict):
        yield from ((value, name, child) for name, child in block.child_blocks.items())
    elif isinstance(block, blocks.ListBlock) and isinstance(value, list):
        yield from ((item, "value", block.child_block) for item in value)
    elif isinstance(block, blocks.StreamBlock) and isinstance(value, list):
        known = block.child_blocks
        yield from ((item, "value", known[item["type"]]) for item in value if item["type"] in known)


def name_by_key(block: blocks.Block, value: Raw) -> tuple[list[Picture], list[str]]:
    """Have a stored value name its pictures by their keys; return them, and the labels of what else it names."""
    found: list[Picture] = []
    lost: list[str] = []
    for chooser, holder, name in choosers_in(block, value):
        if holder.get(name) is None:
            continue
        picture = None
        if isinstance(chooser, ImageChooserBlock):
            picture = Picture.objects.filter(pk=holder[name]).first()
        if picture is None:
            lost.append(str(chooser.label))
            holder[name] = None
        else:
            holder[name] = str(picture.key)
            found.append(picture)
    return found, lost


def stored_picture(picture: Picture) -> StoredPicture | None:
    """Return a picture as a file holds it, or None where its own file is lost."""
    try:
        with picture.file.storage.open(picture.file.name) as file:
            data = file.read()
    except OSError:
        return None
    extension = PurePosixPath(picture.file.name).suffix.lower()
    facts = {name: str(getattr(picture, name)) for name in FACTS}
    name = f"{slugify(picture.title)[:40] or 'picture'}-{picture.key.hex[:8]}{extension}"
    return StoredPicture(str(picture.key), picture_path(name), facts, data)


def from_file(picture: FilePicture) -> StoredPicture:
    """Return a picture of another program's file; the same bytes always have the same key."""
    key = str(uuid.uuid5(uuid.NAMESPACE_OID, hashlib.sha256(picture.data).hexdigest()))
    name = PurePosixPath(picture.name)
    title = picture.alt[:255] or name.stem
    return StoredPicture(
        key, picture_path(f"{slugify(name.stem)[:60] or 'picture'}{name.suffix}"), {"title": title}, picture.data
    )


def faults_of(picture: StoredPicture) -> list[str]:
    """Return what speaks against a picture in a file: the checks of an upload, and what is said of it."""
    messages: list[str] = []
    try:
        WagtailImageField().clean(SimpleUploadedFile(PurePosixPath(picture.file).name, picture.data))
    except ValidationError as error:
        messages += error.messages
    for name in FACTS:
        field: Any = Picture._meta.get_field(name)
        try:
            field.clean(picture.facts.get(name, ""), None)
        except ValidationError as error:
            messages += [f"{field.verbose_name}: {message}" for message in error.messages]
    return messages


def known_picture(picture: StoredPicture) -> Picture | None:
    """Return the picture that is here already: by its key, else by its bytes."""
    here = Picture.objects.filter(key=picture.key).first()
    return here or Picture.objects.filter(file_hash=_hash(picture.data)).order_by("pk").first()


def _hash(data: bytes) -> str:
    """Return what Wagtail knows a file by."""
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()


def collection_for(user: User | None) -> Collection | None:
    """Return where pictures that somebody brings along are put, or None where that person may add none."""
    if user is None or user.is_superuser:
        return Collection.get_first_root_node()
    return permission_policy.collections_user_has_permission_for(user, "add").first()


def keep_pictures(
    pictures: Mapping[str, StoredPicture], *, user: User | None, written: list[tuple[Any, str]]
) -> dict[str, int]:
    """Make the pictures that are not here; return the numbers of all by their keys.

    written: takes note of files that were written, for no transaction holds them.
    """
    found: dict[str, int] = {}
    for key, stored in pictures.items():
        picture = known_picture(stored) or _make(stored, user, written)
        found[key] = picture.pk
    return found


def _make(stored: StoredPicture, user: User | None, written: list[tuple[Any, str]]) -> Picture:
    facts = {name: stored.facts.get(name, "") for name in FACTS}
    picture = Picture(key=stored.key, uploaded_by_user=user, collection=collection_for(user), **facts)
    name = PurePosixPath(stored.file).name
    picture.file.save(name, ImageFile(BytesIO(stored.data), name=name), save=False)
    written.append((picture.file.storage, picture.file.name))
    picture.file_size, picture.file_hash = len(stored.data), _hash(stored.data)
    try:
        with transaction.atomic():
            picture.save()
    except IntegrityError:
        # Somebody else brought it along at this moment.
        storage, file_name = written.pop()
        storage.delete(file_name)
        return Picture.objects.get(key=stored.key)
    return picture
