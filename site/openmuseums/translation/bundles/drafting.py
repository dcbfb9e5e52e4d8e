"""Makes drafts of the pages that are whole when a file was taken; nothing is published, and no review is disturbed."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation, TranslationSource

from openmuseums.editorial.recording import lock_languages_of
from openmuseums.people.models import User
from openmuseums.segments.producing import produce
from openmuseums.segments.states import PageState, states_of
from openmuseums.segments.storing import stored_texts
from openmuseums.translation.bundles.plans import Drafted, Plan
from openmuseums.translation.rights import may_translate


def make_drafts(plan: Plan, keys: Iterable[UUID], *, user: User | None, most: int | None = None) -> None:
    """Make a draft of every page that is wholly translated and has none of what is translated; `plan` says which.

    keys: translation keys of the pages, those above before those below. user: whose drafts they are; None is the
    system. most: how many drafts at most; how many more there are to make, `plan` says too. Each page is a transaction.
    Raises PermissionDenied.
    """
    if user is not None and not may_translate(user, plan.language):
        raise PermissionDenied
    locale = Locale.objects.filter(language_code=plan.language).first()
    if locale is None:
        return
    due = _due(locale, list(keys))
    taken = due if most is None else due[:most]
    plan.drafts = [drafted for drafted in (_draft(key, locale, user) for key in taken) if drafted is not None]
    plan.drafts_left = len(due) - len(taken)


def _due(locale: Locale, keys: list[UUID]) -> list[UUID]:
    """Return the pages that are whole and whose draft, if there is one, lacks something that was translated since."""
    changed = _changed(locale, keys)
    rows = Page.objects.filter(locale=locale, translation_key__in=keys, alias_of=None)
    made = dict(rows.values_list("translation_key", "latest_revision_created_at"))

    def is_due(state: PageState) -> bool:
        at, since = made.get(state.page_key), changed.get(state.page_key)
        is_old = at is None or (since is not None and since > at)
        return is_old or state.draft is None or state.draft.digest != state.edition.digest

    return [state.page_key for state in states_of([locale.language_code], keys) if state.is_complete and is_due(state)]


def _changed(locale: Locale, keys: list[UUID]) -> dict[UUID, dt.datetime]:
    """Return when something of each page was translated last."""
    found: dict[UUID, dt.datetime] = {}
    for model in (StringTranslation, SegmentOverride):
        rows = model.objects.filter(locale=locale, context__object_id__in=keys, has_error=False)
        for key, at in rows.values_list("context__object_id").annotate(at=Max("updated_at")).order_by():
            found[key] = max(at, found.get(key, at))
    return found


@transaction.atomic
def _draft(key: UUID, locale: Locale, user: User | None) -> Drafted | None:
    """Make the draft of a page; None where it is not whole any more."""
    lock_languages_of(key)
    page = Page.objects.filter(translation_key=key, locale=Locale.get_default(), live=True, alias_of=None).first()
    source = TranslationSource.objects.filter(object_id=key, locale=Locale.get_default()).first()
    if page is None or source is None or stored_texts(source, locale).missing:
        return None
    translation = Translation.objects.filter(source=source, target_locale=locale).first()
    why = _hindrance(page, locale, translation, user)
    if why:
        return Drafted(str(key), page.title, why)
    translation = translation or Translation.objects.create(source=source, target_locale=locale)
    try:
        with transaction.atomic():
            produce(translation, publish=False, user=user)
    except ValidationError as error:
        return Drafted(str(key), page.title, " ".join(error.messages))
    return Drafted(str(key), page.title)


def _hindrance(page: Page, locale: Locale, translation: Any, user: User | None) -> str:
    """Return why no draft of a page is made; an empty text where nothing is in its way."""
    target = Page.objects.filter(translation_key=page.translation_key, locale=locale, alias_of=None).first()
    if target is None:
        parent = page.get_parent()
        above = Page.objects.filter(translation_key=parent.translation_key, locale=locale, alias_of=None)
        if not parent.is_root() and not above.exists():
            return _("“%(title)s”, the page above this one, is not there in this language yet.") % {
                "title": parent.title
            }
        return ""
    if target.workflow_in_progress:
        return _("It was submitted, and its review goes on with what was submitted.")
    if translation is not None and not translation.enabled:
        return _("This page is kept by hand in this language: its texts no longer follow the source.")
    lock = target.specific.get_lock()
    if lock is not None and (user is None or lock.for_user(user)):
        return _("This page is locked, so its draft cannot be changed. The translations are kept.")
    return ""
