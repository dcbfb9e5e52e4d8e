"""The captions of a course's videos: handed out beside the texts, and taken back as documents of the language."""

import hashlib
import io
import json
import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.documents.permissions import permission_policy
from wagtail.models import Locale
from wagtail_localize.models import SegmentOverride, TranslationContext
from wagtail_localize.segments import OverridableSegmentValue
from wagtail_localize.segments.extract import extract_segments

from openmuseums.delivery.languages import source_language
from openmuseums.people.models import User
from openmuseums.segments.storing import submit
from openmuseums.translation.bundles.exporting import Offered
from openmuseums.translation.bundles.plans import CaptionsWrite, Finding, Plan, Reason
from openmuseums.translation.bundles.taking_in import lock
from openmuseums.translation.models import Team
from openmuseums.uploads.models import Attachment
from openmuseums.uploads.signatures import is_what_it_says

MAX_BYTES = 2 * 1024 * 1024
DIGESTS = "digests.txt"
_SUFFIX = ".vtt"
_FIELD = ".captions"
_TIMES = re.compile(r"^\s*[\d:.]+\s+-->\s+[\d:.]+", re.MULTILINE)


@dataclass(frozen=True)
class Captions:
    """The captions of a video. name: of their files, without language and suffix. translated: the language's own."""

    page_key: str
    path: str
    name: str
    source: Attachment
    translated: Attachment | None


def captions_of(offered: Offered) -> list[Captions]:
    """Return the captions of a course that are there to be translated."""
    found: list[tuple[str, str, str, int]] = []
    for key, page in offered.pages.items():
        where = next((unit.where for unit in offered.units.values() if str(unit.key) == key), key)
        for segment in extract_segments(page):
            is_document = isinstance(segment, OverridableSegmentValue) and isinstance(segment.data, int)
            if is_document and segment.path.endswith(_FIELD):
                block = segment.path.removesuffix(_FIELD).rpartition(".")[2]
                found.append((key, segment.path, f"{where}/{block}", segment.data))
    if not found:
        return []
    numbers = _numbers({key for key, _path, _name, _number in found}, offered.language)
    documents = Attachment.objects.in_bulk([*(number for *_rest, number in found), *numbers.values()])
    return [
        Captions(key, path, name, documents[number], documents.get(numbers.get((key, path), 0)))
        for key, path, name, number in found
        if number in documents and documents[number].file.name.lower().endswith(_SUFFIX)
    ]


def files_of(captions: list[Captions], language: str) -> dict[str, bytes]:
    """Return the files to hand out by their paths: of the source, of the language, and what these were."""
    files: dict[str, bytes] = {}
    digests = []
    for found in captions:
        source = _read(found.source)
        if source is None:
            continue
        files[f"{found.name}.{source_language()}{_SUFFIX}"] = source
        translated = _read(found.translated) if found.translated else None
        if translated is not None:
            name = f"{found.name}.{language}{_SUFFIX}"
            files[name] = translated
            digests.append(f"{_digest(translated)}  {name}\n")
    if digests:
        files[DIGESTS] = "".join(digests).encode()
    return files


def plan_captions(files: dict[str, bytes], offered: Offered, plan: Plan, *, user: User | None, force: bool) -> None:
    """Add to a plan what the files with captions would do."""
    ours = {f"{found.name}.{offered.language}{_SUFFIX}": found for found in captions_of(offered)} if files else {}
    then = _digests_in(files.get(DIGESTS, b""))
    for name, data in files.items():
        if name == DIGESTS or name.endswith(f".{source_language()}{_SUFFIX}"):
            continue
        captions = ours.get(name)
        fault = _fault(captions, data, offered.language, user)
        if captions is None or fault:
            plan.refused.append(Finding(1, Reason.CAPTIONS, f"{name}: {fault}"))
            continue
        here = _read(captions.translated) if captions.translated else None
        if here is not None and _tidy(here) == _tidy(data):
            plan.unchanged += 1
        elif here is not None and then.get(name) != _digest(here) and not force:
            message = _("Somebody has changed these captions since the file was written. Theirs stay.")
            plan.refused.append(Finding(1, Reason.CONFLICT, f"{name}: {message}"))
        else:
            before = captions.translated.pk if captions.translated else None
            plan.captions.append(CaptionsWrite(captions.page_key, captions.path, name, data, before))
            if len(_TIMES.findall(_text(data))) != len(_TIMES.findall(_text(_read(captions.source) or b""))):
                message = _("These captions have another number of lines with times than those of the source.")
                plan.remarks.append(Finding(1, Reason.CAPTIONS, f"{name}: {message}"))


def take_captions(plan: Plan, *, user: User | None) -> None:
    """Keep the captions of a plan as documents; pages show them once they are made and published anew."""
    if not plan.captions:
        return
    locale = Locale.objects.get_or_create(language_code=plan.language)[0]
    done = []
    for write in plan.captions:
        if _take(write, locale, user):
            done.append(write)
        else:
            message = _("Somebody has changed these captions since the file was written. Theirs stay.")
            plan.refused.append(Finding(1, Reason.CONFLICT, f"{write.file}: {message}"))
    plan.captions = done


@transaction.atomic
def _take(write: CaptionsWrite, locale: Locale, user: User | None) -> bool:
    key = UUID(write.page_key)
    page = lock(key, locale)
    if page is None:
        return False
    segments = {segment.path: getattr(segment, "data", None) for segment in extract_segments(page)}
    source = Attachment.objects.filter(pk=segments.get(write.path) or 0).first()
    if (
        source is None
        or _numbers({write.page_key}, locale.language_code).get((write.page_key, write.path)) != write.before
    ):
        return False
    submit(page)
    document = Attachment(
        title=f"{source.title} ({locale.language_code})",
        credit=source.credit,
        licence=source.licence,
        source=source.source,
        uploaded_by_user=user,
        collection=_collection(source, locale.language_code),
    )
    document.file.save(f"{key.hex[:8]}-{locale.language_code}{_SUFFIX}", ContentFile(write.data), save=False)
    document.save()
    SegmentOverride.objects.update_or_create(
        locale=locale,
        context=TranslationContext.objects.get(object_id=key, path=write.path),
        defaults={"data_json": json.dumps(document.pk), "last_translated_by": user, "has_error": False},
    )
    return True


def _fault(captions: Captions | None, data: bytes, language: str, user: User | None) -> str:
    """Return what is wrong with a file with captions, or an empty text."""
    if captions is None:
        return _("The course has no captions of this name.")
    if len(data) > MAX_BYTES:
        return _("This file is too long (over %(size)s bytes).") % {"size": MAX_BYTES}
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _("This file is not written in UTF-8.")
    if not is_what_it_says(io.BytesIO(data), _SUFFIX.removeprefix(".")):
        return _("These are no captions: a file with captions begins with WEBVTT.")
    if user is not None:
        allowed = permission_policy.collections_user_has_permission_for(user, "add")
        if not allowed.filter(pk=_collection(captions.source, language).pk).exists():
            return _("You may not add documents, which captions are.")
    return ""


def _collection(source: Attachment, language: str) -> Any:
    team = Team.objects.filter(locale__language_code=language).select_related("collection").first()
    return team.collection if team else source.collection


def _numbers(keys: set[str], language: str) -> dict[tuple[str, str], int]:
    """Return the numbers of the documents that a language has in the place of the source's."""
    rows = SegmentOverride.objects.filter(
        locale__language_code=language, context__object_id__in=keys, context__path__endswith=_FIELD, has_error=False
    ).select_related("context")
    return {(str(row.context.object_id), row.context.path): row.data for row in rows if isinstance(row.data, int)}


def _read(document: Attachment) -> bytes | None:
    try:
        with document.file.storage.open(document.file.name) as file:
            return bytes(file.read())
    except FileNotFoundError:
        return None


def _digest(data: bytes) -> str:
    return hashlib.sha256(_tidy(data)).hexdigest()


def _tidy(data: bytes) -> bytes:
    return data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").strip()


def _text(data: bytes) -> str:
    return data.decode("utf-8", errors="replace")


def _digests_in(data: bytes) -> dict[str, str]:
    lines = [line.split("  ", 1) for line in _text(data).splitlines()]
    return {line[1].strip(): line[0] for line in lines if len(line) == 2}
