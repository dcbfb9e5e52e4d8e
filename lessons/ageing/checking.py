"""Checks of sources: entered by who opened them, valid as long as the same stands there."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from lessons.ageing.parts import AgeingPart, ageing_parts
from lessons.models import SourceCheck, UnitPage
from openmuseums.delivery.languages import source_language
from openmuseums.delivery.pages import remember_body, remembered_body
from openmuseums.delivery.versions import beside, renew, version_of
from openmuseums.segments.lagging import lag_of

# The day of a check by the ids of block and item.
Checked = Mapping[tuple[str, str], dt.date]


class HasChangedError(Exception):
    """Raised where something else stands by now than what somebody says that they checked."""


@transaction.atomic
def check_source(*, page: UnitPage, place: tuple[str, str], digest: str, by: Any, now: dt.datetime) -> AgeingPart:
    """Keep that somebody opened the sources of a part of the source's page and that it is still right; return the part.

    digest: of what they saw there. Whoever says it again on the same day, or at the same time, changes nothing. Raises
    HasChangedError where something else is published there by now, or nothing.
    """
    part = next((part for part in ageing_parts(page.body) if part.place == place), None)
    if part is None or part.digest != digest:
        raise HasChangedError
    block_id, item_id = place
    check = SourceCheck(
        page_key=page.translation_key,
        block_id=block_id,
        item_id=item_id,
        digest=digest,
        checked_on=timezone.localdate(now),
        by=by,
    )
    SourceCheck.objects.bulk_create([check], ignore_conflicts=True)
    renew(beside(page.translation_key))
    return part


def checks_of(page_keys: Iterable[UUID]) -> dict[tuple[UUID, str, str], list[SourceCheck]]:
    """Return all checks of some pages by page, block and item, the latest last: one query."""
    found: dict[tuple[UUID, str, str], list[SourceCheck]] = {}
    checks = SourceCheck.objects.filter(page_key__in=list(page_keys)).select_related("by")
    for check in checks.order_by("checked_on", "pk"):
        found.setdefault((check.page_key, check.block_id, check.item_id), []).append(check)
    return found


def checked_in(page: UnitPage) -> Checked:
    """Return what of a page was checked as it stands there, with the day.

    What was checked is the source. It holds for a translation as long as that says what its source says; one that is
    behind shows what was known when it was made. No query where the shared cache knows the checks; for a translation
    with checks two.
    """
    rows = _days_of(page.translation_key)
    source = _source_of(page) if rows else None
    if source is None:
        return {}
    now_there = {(*part.place, part.digest) for part in ageing_parts(source.body)}
    return {
        (block_id, item_id): dt.date.fromisoformat(day)
        for block_id, item_id, digest, day in rows
        if (block_id, item_id, digest) in now_there
    }


def _days_of(page_key: UUID) -> list[list[str]]:
    """Return the checks of a page, the latest last, each as block, item, digest and day: one query after each check."""
    key = f"checks:{page_key}:{version_of(beside(page_key))}"
    kept = remembered_body(key)
    if kept is None:
        days = SourceCheck.objects.filter(page_key=page_key).order_by("checked_on")
        kept = json.dumps(list(days.values_list("block_id", "item_id", "digest", "checked_on")), cls=DjangoJSONEncoder)
        remember_body(key, kept)
    found: list[list[str]] = json.loads(kept)
    return found


def _source_of(page: UnitPage) -> UnitPage | None:
    """Return the source's page where a page says the same, else None."""
    if page.content_language == source_language():
        return page
    lag = lag_of(page)
    if lag is None or lag.is_behind:
        return None
    found: UnitPage | None = UnitPage.objects.filter(
        translation_key=page.translation_key, locale__language_code=source_language(), alias_of=None
    ).first()
    return found
