"""The kind of a change from choice to publication: chosen for a revision, and settled when that is published."""

import datetime as dt
from typing import Any
from uuid import UUID

from wagtail.log_actions import log
from wagtail.models import Locale, Page, Revision

from openmuseums.editorial.changes import floor_of, says_the_same
from openmuseums.editorial.kinds import ChangeKind, gravest
from openmuseums.editorial.publications import KindChoice, Publication

KIND_OF_CHANGE = "openmuseums.publish.kind"


def choose_kind(*, revision: Revision, kind: ChangeKind, user: Any, now: dt.datetime) -> KindChoice:
    """Keep what somebody says a revision changes; a later choice for the same revision takes its place."""
    return KindChoice.objects.update_or_create(
        revision=revision, defaults={"kind": kind, "chosen_by": user, "chosen_at": now}
    )[0]


def chosen_kind(revision_id: int | None) -> ChangeKind | None:
    """Return what was chosen for a revision, or None."""
    kind = KindChoice.objects.filter(revision=revision_id).values_list("kind", flat=True).first()
    return ChangeKind(kind) if kind else None


def kind_in_force(page: Page) -> ChangeKind | None:
    """Return the kind of the latest publication of a page, or of the source that it translates.

    None where the source was published once, or before kinds were kept.
    """
    newest = Publication.objects.newest((page.alias_of or page).translation_key)
    return ChangeKind(newest.kind) if newest and newest.kind else None


def has_kind(page: Page) -> bool:
    """Return whether publications of a page have a kind of their own: it is a source, and shows no other page."""
    is_native = getattr(page, "is_native", False)
    return not is_native and page.locale_id == Locale.get_default().pk and page.alias_of_id is None


def published_last(page: Page) -> Page | None:
    """Return a page as it was published last, also where it is not public now; None where it never was.

    A draft of a page that is not public overwrites its row, so its last publication is asked for its revision.
    """
    row = type(page).objects.filter(pk=page.pk).first()
    if row is None or row.live:
        return row
    newest = Publication.objects.newest(row.translation_key)
    revision = Revision.objects.filter(pk=newest.revision_id).first() if newest else None
    if revision is not None:
        return revision.as_object()
    return row if row.first_published_at else None


def settled_kind(*, old: Page | None, new: Page, chosen: ChangeKind | None) -> ChangeKind | None:
    """Return what a publication counts as: what was chosen, but never less than what changed asks for.

    Where nobody chose, a change is one of meaning; where nothing changed there is nothing to look at again.
    None for a first publication.
    """
    if old is None:
        return None
    if chosen is None:
        chosen = ChangeKind.EDITORIAL if says_the_same(old, new) else ChangeKind.MEANING
    return gravest([chosen, floor_of(old, new)])


def record_publication(*, old: Page | None, new: Page, now: dt.datetime) -> Publication:
    """Keep that a source page comes before the public, in the caller's transaction, and what kind of change it is.

    old: the page as it was published last, or None. new: the page with its `live_revision`. The caller holds the lock
    of the page.
    """
    chosen = chosen_kind(new.live_revision_id)
    kind = settled_kind(old=old, new=new, chosen=chosen)
    return Publication.objects.create(
        page_key=new.translation_key,
        revision_id=new.live_revision_id,
        kind=kind or "",
        chosen=(chosen or "") if kind else "",
        published_at=now,
    )


def log_kind(*, page: Page, publication: Publication) -> None:
    """Have the history of a page say what kind of change a publication was; a first one is none."""
    if publication.kind:
        data = {"kind": str(publication.kind), "chosen": str(publication.chosen)}
        log(instance=page, action=KIND_OF_CHANGE, revision=page.live_revision, data=data)


def lock_with_translations(page: Page) -> None:
    """Take the locks of a page and its translations in the caller's transaction, in the order of their keys.

    Two publications of one page, in whatever languages, take their turns: each is compared with what is public.
    """
    lock_languages_of(page.translation_key)


def lock_languages_of(page_key: UUID) -> None:
    """Take the locks of a page in all languages, by its translation key, as `lock_with_translations` does."""
    rows = Page.objects.select_for_update(no_key=True).filter(translation_key=page_key)
    list(rows.order_by("pk").values_list("pk", flat=True))
