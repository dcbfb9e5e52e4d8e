"""Brings editions, what translators work on, and stamps in line with the pages: after a deploy that changed blocks."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, TranslationLog, TranslationSource

from openmuseums.editorial.kinds import ChangeKind
from openmuseums.editorial.models import GuardedPage
from openmuseums.editorial.recording import has_kind, lock_languages_of
from openmuseums.segments.editions import record_edition, stamp
from openmuseums.segments.models import SourceEdition
from openmuseums.segments.storing import submit
from openmuseums.segments.units import units_of


@dataclass
class Aligned:
    """What was done: titles of pages; of stamps, with the language. unknown: live, and nobody knows made from what."""

    recorded: list[str] = field(default_factory=list)
    synchronised: list[str] = field(default_factory=list)
    stamped: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def align_all(*, now: dt.datetime, write: bool = True) -> Aligned:
    """Bring every public page of the source, and its translations, in line; doing it again does nothing more.

    write: whether to keep it, or only to find out what would be done.
    """
    done = Aligned()
    sources = Page.objects.filter(locale=Locale.get_default(), live=True, alias_of=None).order_by("path")
    for page in sources.values_list("pk", flat=True):
        with transaction.atomic():
            _align(page, done, now)
            if not write:
                transaction.set_rollback(True)
    return done


def _align(pk: int, done: Aligned, now: dt.datetime) -> None:
    key = Page.objects.values_list("translation_key", flat=True).get(pk=pk)
    lock_languages_of(key)
    page = Page.objects.get(pk=pk).specific
    if not page.live or not isinstance(page, GuardedPage) or not has_kind(page):
        return
    source = TranslationSource.objects.filter(object_id=key, locale=page.locale_id).first()
    if source is not None and SourceEdition.objects.newest(key) is None:
        # What translators worked on until now: the live pages that are there were made from it.
        record_edition(page=source.as_instance(), kind=None, now=source.last_updated_at)
    # What a deploy took out of the source it took out of the translations as well, so they stay current.
    _edition, is_new = record_edition(page=page, kind=_kind(page), now=now)
    if is_new:
        done.recorded.append(page.title)
    if source is None:
        return
    _stamp(page, source, done)
    _source, is_changed = submit(page)
    if not is_changed and _is_stale(source, page):
        source.update_from_db()
        is_changed = True
    if is_changed:
        done.synchronised.append(page.title)


def _kind(page: Page) -> ChangeKind:
    """Return what a change that was never published counts as: editorial, where blocks changed and no text is new."""
    newest = SourceEdition.objects.newest(page.translation_key)
    known = {tuple(text) for text in newest.texts} if newest else set()
    is_new = any((unit.path, unit.source) not in known for unit in units_of(page))
    return ChangeKind.MEANING if is_new else ChangeKind.EDITORIAL


def _is_stale(source: TranslationSource, page: Page) -> bool:
    """Return whether translators are given other texts than the page has: kinds of blocks come and go by deploys."""
    given = Counter(StringSegment.objects.filter(source=source).values_list("context__path", "string__data").distinct())
    return given != Counter((unit.path, unit.source) for unit in units_of(page) if not unit.is_address)


def _stamp(page: Page, source: TranslationSource, done: Aligned) -> None:
    """Stamp the live and the latest revisions that are older than stamps."""
    editions = list(SourceEdition.objects.filter(page_key=page.translation_key).order_by("number"))
    rows = Page.objects.filter(translation_key=page.translation_key, alias_of=None).exclude(locale=page.locale_id)
    unstamped = Q(live_revision__isnull=False, live_revision__stamp=None) | Q(
        latest_revision__isnull=False, latest_revision__stamp=None
    )
    for row in rows.filter(unstamped).select_related("locale", "live_revision", "latest_revision"):
        for revision in dict.fromkeys([row.live_revision, row.latest_revision]):
            if revision is None or hasattr(revision, "stamp"):
                continue
            made = TranslationLog.objects.filter(revision=revision).values_list("created_at", flat=True).first()
            is_current = (made or revision.created_at) >= source.last_updated_at
            # The newest edition that was there when translators were given what they made it from.
            then = [edition for edition in editions if edition.published_at <= source.last_updated_at] or editions[:1]
            found = then[-1] if is_current else (then[-2] if len(then) > 1 else None)
            title = f"{row.title} ({row.locale.language_code})"
            if found is None:
                done.unknown.append(title)
            else:
                stamp(revision, found)
                done.stamped.append(title)
