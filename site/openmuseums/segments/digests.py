"""The digest of what a translation is made from: it tells a change of meaning from a publication without one."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from wagtail.fields import StreamField
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments


def digest_of(instance: Any) -> str:
    """Return the SHA-256 of a page's segments and of the values that its translations take over."""
    content = {"segments": [_segment(segment) for segment in extract_segments(instance)], "values": _values(instance)}
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


def _segment(segment: Any) -> list[Any]:
    if isinstance(segment, StringSegmentValue):
        return ["text", segment.path, segment.string.data, segment.attrs]
    if isinstance(segment, TemplateSegmentValue):
        return ["template", segment.path, segment.template]
    if isinstance(segment, OverridableSegmentValue):
        return ["value", segment.path, segment.data]
    return ["object", segment.path, str(segment.translation_key)]


def _values(instance: Any) -> dict[str, Any]:
    """Return what is not translated but taken over: codes, numbers, the structure of streams, child objects."""
    found: dict[str, Any] = {}
    for translatable in get_translatable_fields(type(instance)):
        if not translatable.is_synchronized(instance):
            continue
        field = translatable.get_field(type(instance))
        if isinstance(field, models.ManyToOneRel):
            children = getattr(instance, field.get_accessor_name()).all()
            found[field.name] = [[str(getattr(child, "translation_key", "")), _values(child)] for child in children]
        elif isinstance(field, StreamField):
            found[field.name] = field.get_prep_value(field.value_from_object(instance))
        else:
            found[field.name] = field.value_from_object(instance)
    return found
