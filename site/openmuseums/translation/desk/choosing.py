"""Another picture or document for a language, in place of that of the source."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.images import get_image_model
from wagtail.images.permissions import permission_policy as picture_policy
from wagtail_localize.models import SegmentOverride, TranslationContext
from wagtail_localize.segments import OverridableSegmentValue
from wagtail_localize.segments.extract import extract_segments

from openmuseums.people.models import User
from openmuseums.segments.units import anchor_of
from openmuseums.translation.desk.finding import Work, begin, find_work
from openmuseums.translation.desk.labels import PICTURE, Spot, spots_of
from openmuseums.translation.desk.reading import overrides_of
from openmuseums.translation.desk.saving import lock
from openmuseums.translation.models import Seat
from openmuseums.translation.working import take_seat


class NotChosenError(Exception):
    """Raised where a choice is not kept; says why, in words for translators."""


@dataclass(frozen=True)
class Choosable:
    """A picture or document of a page. chosen: what stands in its place in the language; None for the source's own."""

    path: str
    spot: Spot
    own: Any
    chosen: Any = None

    @property
    def name(self) -> str:
        """Return its id on the page."""
        return anchor_of(self.path, "")

    @property
    def version(self) -> str:
        """Return which choice was seen."""
        return str(self.chosen.pk) if self.chosen else ""


def choosables_of(work: Work) -> list[Choosable]:
    """Return the pictures and documents of a page, in its order."""
    spots = spots_of(work.page)
    found = {
        segment.path: segment.data
        for segment in extract_segments(work.page)
        if isinstance(segment, OverridableSegmentValue) and spots.of(segment.path).chooses and segment.data
    }
    if not found:
        return []
    overrides = {path: row.data for path, row in overrides_of(work, found).items() if not row.has_error}
    things = _things(spots, found, overrides)
    return [
        Choosable(
            path,
            spots.of(path),
            things.get((spots.of(path).chooses, own)),
            things.get((spots.of(path).chooses, overrides.get(path))),
        )
        for path, own in found.items()
    ]


def has_choosables(work: Work) -> bool:
    """Return whether a page has pictures or documents that a language may have others of."""
    spots = spots_of(work.page)
    return any(
        isinstance(segment, OverridableSegmentValue) and segment.data and spots.of(segment.path).chooses
        for segment in extract_segments(work.page)
    )


@transaction.atomic
def choose(*, page_key: UUID, language: str, name: str, seen: str, chosen: Any, person: User, now: dt.datetime) -> None:  # noqa: PLR0913 - a choice is made by all of these
    """Have another picture or document stand in a language; None is the source's own.

    seen: the version of the choice that was seen. Raises NotChosenError, PermissionDenied where somebody may not
    choose it, and NothingToTranslateError.
    """
    lock(page_key)
    work = find_work(page_key, language)
    there = next((one for one in choosables_of(work) if one.name == name), None)
    if there is None:
        raise NotChosenError(_("This picture or document is no longer on the page."))
    if chosen is not None and not _may_choose(person, there.spot.chooses, chosen):
        raise PermissionDenied
    seat = take_seat(page_key=page_key, locale=work.locale, person=person, now=now)
    if seat.person_id != person.pk:
        raise NotChosenError(said_of(seat))
    if there.version != seen:
        raise NotChosenError(_("Somebody else has chosen another one meanwhile. Look at it, and choose again."))
    begin(work)
    context = TranslationContext.objects.get(object_id=page_key, path=there.path)
    if chosen is None or (there.own is not None and chosen.pk == there.own.pk):
        SegmentOverride.objects.filter(locale=work.locale, context=context).delete()
        return
    SegmentOverride.objects.update_or_create(
        locale=work.locale,
        context=context,
        defaults={
            "data_json": json.dumps(chosen.pk),
            "last_translated_by": person,
            "has_error": False,
            "field_error": "",
        },
    )


def said_of(seat: Seat) -> str:
    """Return who works on a page, and what to do."""
    return _("%(name)s is working on this page. Take it over first.") % {"name": seat.person.get_full_name()}


def _things(spots: Any, found: dict[str, Any], overrides: dict[str, Any]) -> dict[tuple[str, Any], Any]:
    """Return pictures and documents by their kind and primary key."""
    wanted: dict[str, set[Any]] = {}
    for path, own in found.items():
        wanted.setdefault(spots.of(path).chooses, set()).update({own, overrides.get(path)} - {None})
    things = {}
    for kind, keys in wanted.items():
        model = get_image_model() if kind == PICTURE else get_document_model()
        things.update({(kind, thing.pk): thing for thing in model.objects.filter(pk__in=keys)})
    return things


def _may_choose(person: User, kind: str, thing: Any) -> bool:
    policy = picture_policy if kind == PICTURE else document_policy
    return bool(policy.user_has_any_permission_for_instance(person, ["choose"], thing))
