"""Keeps translations where wagtail-localize keeps them, so that translators can work on in the CMS; many at once."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    SegmentOverride,
    String,
    StringSegment,
    StringTranslation,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import StringValue

from openmuseums.editorial.recording import lock_languages_of
from openmuseums.segments.digests import digest_of
from openmuseums.segments.units import Unit, places_of, units_of

_BATCH = 500
# A path and a source text: what names a unit inside one page.
Name = tuple[str, str]


@dataclass
class StoredTexts:
    """What is kept of one page, by its source, in one language.

    texts: translations without a fault. rows: the row of each, and of those with a fault. missing: texts of the source
    that have no translation. addresses: addresses of the source, which need none.
    """

    source: TranslationSource
    locale: Locale
    texts: dict[Name, str] = field(default_factory=dict)
    rows: dict[Name, Any] = field(default_factory=dict)
    required: list[Name] = field(default_factory=list)
    addresses: list[Name] = field(default_factory=list)

    @property
    def names(self) -> list[Name]:
        """Return all that may be translated."""
        return [*self.required, *self.addresses]

    @property
    def missing(self) -> list[Name]:
        """Return the texts of the source that have no translation."""
        return [name for name in self.required if name not in self.texts]


@transaction.atomic
def submit(page: Page) -> tuple[TranslationSource, bool]:
    """Have a page's texts as they are now be what is translated; return its source and whether that was changed.

    page: the published page in the language that is translated from. wagtail-localize compares what it keeps with
    dates and numbers of revisions in it; here a page that only was published again is not submitted again. Nobody
    publishes the page, or makes a translation of it, meanwhile.
    """
    lock_languages_of(page.translation_key)
    made_from, _made = TranslatableObject.objects.get_or_create_from_instance(page)
    source = TranslationSource.objects.filter(object=made_from, locale=page.locale).first()
    if source and digest_of(source.as_instance()) == digest_of(page):
        return source, False
    _prepare(page, made_from)
    source, _made = TranslationSource.update_or_create_from_instance(page)
    return source, True


def _prepare(page: Page, made_from: TranslatableObject) -> None:
    """Make the rows that wagtail-localize would otherwise make one by one."""
    segments = extract_segments(page)
    texts = {segment.string.data for segment in segments if isinstance(segment, StringSegmentValue)}
    hashes = {String._get_data_hash(text): text for text in texts}
    known = set(
        String.objects.filter(locale_id=page.locale_id, data_hash__in=hashes).values_list("data_hash", flat=True)
    )
    String.objects.bulk_create(
        [
            String(locale_id=page.locale_id, data_hash=data_hash, data=text)
            for data_hash, text in hashes.items()
            if data_hash not in known
        ],
        batch_size=_BATCH,
    )
    places = places_of(page)
    paths = dict.fromkeys(segment.path for segment in segments)
    there = set(TranslationContext.objects.filter(object=made_from).values_list("path", flat=True))
    TranslationContext.objects.bulk_create(
        [
            TranslationContext(
                object=made_from,
                path=path,
                path_id=TranslationContext._get_path_id(path),
                field_path=places.of(path).field_path,
            )
            for path in paths
            if path not in there
        ],
        batch_size=_BATCH,
    )


def stored_texts(source: TranslationSource, locale: Locale) -> StoredTexts:
    """Return what is kept of a page in a language."""
    found = StoredTexts(source, locale)
    found.required = list(
        dict.fromkeys(
            StringSegment.objects.filter(source=source).order_by("order").values_list("context__path", "string__data")
        )
    )
    for segment in source.overridablesegment_set.order_by("order").select_related("context"):
        if isinstance(segment.data, str):  # others are numbers of pictures and documents
            found.addresses.append((segment.context.path, segment.data))
    _read_rows(found)
    return found


def _read_rows(found: StoredTexts) -> None:
    """Read what is kept of the page in the language."""
    source, locale = found.source, found.locale
    for row in StringTranslation.objects.filter(locale=locale, context__object_id=source.object_id).select_related(
        "context", "translation_of"
    ):
        name = (row.context.path, row.translation_of.data)
        found.rows[name] = row
        if not row.has_error:
            found.texts[name] = row.data
    overrides = {
        row.context.path: row
        for row in SegmentOverride.objects.filter(locale=locale, context__object_id=source.object_id).select_related(
            "context"
        )
    }
    for name in found.addresses:
        override = overrides.get(name[0])
        if override is not None:
            found.rows[name] = override
            if not override.has_error and isinstance(override.data, str):
                found.texts[name] = override.data


@transaction.atomic
def store_texts(stored: StoredTexts, texts: Mapping[Name, str], *, tool: str, by: Any = None) -> None:
    """Keep translations of a page, over those that are there; an empty address is the source's own again.

    texts: by name, checked. tool: where they come from, which the CMS shows to translators. by: who wrote them, where
    that is known. `stored` is brought up to date.
    """
    if not texts:
        return
    contexts = dict(TranslationContext.objects.filter(object_id=stored.source.object_id).values_list("path", "pk"))
    addresses = {name: texts[name] for name in stored.addresses if name in texts}
    _store_addresses(stored, addresses, contexts, by)
    _store_strings(stored, {name: text for name, text in texts.items() if name not in addresses}, contexts, tool, by)
    stored.texts |= {name: text for name, text in texts.items() if text}
    _name_draft(stored, next((text for (path, _source), text in texts.items() if path == "title"), ""))


@transaction.atomic
def keep_texts(page: Page, locale: Locale, texts: Mapping[Name, str], *, tool: str) -> None:
    """Keep translations of a page that was only saved: they are there when it is published and submitted.

    texts: by path and text of the source, checked. What is there already and says the same is left as it is.
    """
    made_from, _made = TranslatableObject.objects.get_or_create_from_instance(page)
    _prepare(page, made_from)
    # Never saved: it says whose texts they are. The one that pages are made from keeps to what is published.
    stored = StoredTexts(TranslationSource(object=made_from, locale=page.locale), locale)
    stored.addresses = [(unit.path, unit.source) for unit in units_of(page) if unit.is_address]
    _read_rows(stored)
    new = {name: text for name, text in texts.items() if stored.texts.get(name) != text}
    addresses = {name: new[name] for name in stored.addresses if name in new}
    contexts = dict(TranslationContext.objects.filter(object=made_from).values_list("path", "pk"))
    _store_addresses(stored, addresses, contexts, None)
    _store_strings(stored, {name: text for name, text in new.items() if name not in addresses}, contexts, tool, None)


def _name_draft(stored: StoredTexts, title: str) -> None:
    """Have the page be listed by its new title, as wagtail-localize does where a translation is saved by itself."""
    shown = StringValue(title).render_text()
    limit = Page._meta.get_field("draft_title").max_length
    if shown and len(shown) <= limit:  # a longer one is refused when the page is made, with words
        Page.objects.filter(translation_key=stored.source.object_id, locale=stored.locale).update(draft_title=shown)


def _store_strings(
    stored: StoredTexts, texts: Mapping[Name, str], contexts: Mapping[str, int], tool: str, by: Any
) -> None:
    source, locale = stored.source, stored.locale
    hashes = {String._get_data_hash(text): text for _path, text in texts}
    strings = {
        hashes[data_hash]: pk
        for data_hash, pk in String.objects.filter(locale_id=source.locale_id, data_hash__in=hashes).values_list(
            "data_hash", "pk"
        )
    }
    new: list[Any] = []
    old: list[Any] = []
    for name, text in texts.items():
        row = stored.rows.get(name) or StringTranslation(
            locale=locale, context_id=contexts[name[0]], translation_of_id=strings[name[1]]
        )
        row.data, row.tool_name, row.last_translated_by = text, tool, by
        row.translation_type = StringTranslation.TRANSLATION_TYPE_MANUAL
        row.has_error, row.field_error = False, ""
        row.updated_at = timezone.now()
        (old if row.pk else new).append(row)
        stored.rows[name] = row
    StringTranslation.objects.bulk_create(new, batch_size=_BATCH)
    StringTranslation.objects.bulk_update(
        old,
        ["data", "tool_name", "last_translated_by", "translation_type", "has_error", "field_error", "updated_at"],
        batch_size=_BATCH,
    )


def _store_addresses(stored: StoredTexts, texts: Mapping[Name, str], contexts: Mapping[str, int], by: Any) -> None:
    new: list[Any] = []
    old: list[Any] = []
    for name, address in texts.items():
        row = stored.rows.get(name)
        if not address:
            if row is not None:
                row.delete()
                del stored.rows[name]
            stored.texts.pop(name, None)
            continue
        row = row or SegmentOverride(locale=stored.locale, context_id=contexts[name[0]])
        row.data_json, row.last_translated_by = json.dumps(address), by
        row.has_error, row.field_error, row.updated_at = False, "", timezone.now()
        (old if row.pk else new).append(row)
        stored.rows[name] = row
    SegmentOverride.objects.bulk_create(new, batch_size=_BATCH)
    SegmentOverride.objects.bulk_update(
        old, ["data_json", "last_translated_by", "has_error", "field_error", "updated_at"], batch_size=_BATCH
    )


def translated_texts(units: Iterable[Unit], language: str) -> dict[tuple[str, str], str]:
    """Return what is translated of units into a language, by (context, source)."""
    units = list(units)
    keys = {unit.key for unit in units}
    strings = StringTranslation.objects.filter(
        locale__language_code=language, has_error=False, context__object_id__in=keys
    ).values_list("context__object_id", "context__path", "translation_of__data", "data")
    texts = {(f"{key}:{path}", source): text for key, path, source, text in strings}
    overrides = SegmentOverride.objects.filter(
        locale__language_code=language, has_error=False, context__object_id__in=keys
    ).values_list("context__object_id", "context__path", "data_json")
    addresses = {f"{key}:{path}": json.loads(data_json) for key, path, data_json in overrides}
    found = {}
    for unit in units:
        name = (unit.context, unit.source)
        text = addresses.get(unit.context) if unit.is_address else texts.get(name)
        if isinstance(text, str):
            found[name] = text
    return found
