"""What becomes of translations when their source is moved, gets another address, is unpublished or is deleted."""

import logging
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from wagtail.log_actions import log
from wagtail.models import Locale, Page

logger = logging.getLogger(__name__)

FOLLOWED = "openmuseums.translation.followed"


def followers_of(page: Page) -> QuerySet[Page]:
    """Return the translations of a page of the source; nothing follows a translation, or what shows another page."""
    if page.alias_of_id is not None or page.locale_id != Locale.get_default().pk:
        return Page.objects.none()
    rows = Page.objects.filter(translation_key=page.translation_key, alias_of=None)
    return rows.exclude(locale=page.locale_id).order_by("path")


@transaction.atomic
def follow_move(*, source: Page) -> None:
    """Have translations stand below the translated parent, at the place that their source has there now."""
    followers = list(followers_of(source))
    if not followers:
        return
    parent = source.get_parent()
    before = list(parent.get_children().filter(path__lt=source.path).values_list("translation_key", flat=True))
    siblings = list(parent.get_children().values_list("translation_key", flat=True))
    for page in followers:
        there = Page.objects.filter(translation_key=parent.translation_key, locale=page.locale_id).first()
        if there is None or not Page._slug_is_available(page.slug, there, page=page):
            logger.warning("Page %s did not follow its source: there is no place for it.", page.pk)
            continue
        _place(page, there, before, siblings)


def _place(page: Page, parent: Page, before: list[UUID], siblings: list[UUID]) -> None:
    """Put a translation behind the last one there that stands before its source; native pages are no measure."""
    here = list(parent.get_children().filter(translation_key__in=siblings).values_list("translation_key", "pk"))
    wanted = next((pk for key, pk in reversed(here) if key in before and pk != page.pk), None)
    keys = [pk for _key, pk in here]
    if page.pk in keys:
        place = keys.index(page.pk)
        if (keys[place - 1] if place else None) == wanted:
            return
    if wanted is not None:
        page.specific.move(Page.objects.get(pk=wanted), pos="right")
        return
    first = next((pk for pk in keys if pk != page.pk), None)
    if first is not None:
        page.specific.move(Page.objects.get(pk=first), pos="left")
    else:
        page.specific.move(parent, pos="first-child")


@transaction.atomic
def follow_slug(*, source: Page, old_slug: str) -> None:
    """Give translations that had the slug of their source the new one, in what is live and in their drafts."""
    for page in followers_of(source).filter(slug=old_slug):
        if not Page._slug_is_available(source.slug, page.get_parent(), page=page):
            logger.warning("Page %s did not follow its source: its slug is taken there.", page.pk)
            continue
        page.slug = source.slug
        page.save()
        if page.latest_revision is not None:
            page.latest_revision.content["slug"] = source.slug
            page.latest_revision.save(update_fields=["content"])


@transaction.atomic
def follow_unpublication(*, source: Page) -> None:
    """Take the translations of a page that is no longer public from the public, and say so in their history."""
    for page in followers_of(source).filter(live=True):
        _unpublish(page)


@transaction.atomic
def follow_deletion(*, source: Page) -> None:
    """Delete the translations of a page that is being deleted. What translators wrote is kept.

    Where a page of the country's own stands below one, that is only unpublished: nobody asked to delete the other.
    """
    keys = set(Page.objects.descendant_of(source, inclusive=True).values_list("translation_key", flat=True))
    for page in followers_of(source):
        below = set(Page.objects.descendant_of(page, inclusive=True).values_list("translation_key", flat=True))
        if below <= keys:
            page.specific.delete()
        elif page.live:
            _unpublish(page)


def _unpublish(page: Page) -> None:
    specific: Any = page.specific
    specific.unpublish()
    log(instance=specific, action=FOLLOWED)
