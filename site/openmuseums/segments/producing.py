"""Makes the page of a language from its source and the translations that are kept."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationLog, TranslationSource

from openmuseums.editorial.recording import lock_languages_of
from openmuseums.segments.editions import making_from_source


@transaction.atomic
@making_from_source()
def produce(translation: Translation, *, publish: bool, user: Any = None) -> Page:
    """Make or update a page in another language, as a draft or published at once; return it.

    The parent must be there in that language: wagtail-localize would put an alias in its place, which shows the source.
    wagtail-localize itself publishes when the transaction ends, where a refusal comes too late, and lets a draft of a
    published page be seen: so both are done here. Raises ValidationError or what the page's `publish` raises.
    While the source is being published this waits, and is made from what it says then: otherwise a page of the old
    texts would count as one of the new.
    """
    source, locale = translation.source, translation.target_locale
    lock_languages_of(source.object_id)
    source.refresh_from_db()
    there = Page.objects.filter(translation_key=source.object_id, locale=locale).first()
    if there is None or there.alias_of_id or not there.live:
        _in_line(source, lambda: _save_draft(translation, user))
        page = source.get_translated_instance(locale)
        if publish:
            page.get_latest_revision().publish(user=user)
    else:
        page = _in_line(source, lambda: source.get_ephemeral_translated_instance(locale, fallback=True))
        revision = page.save_revision(user=user, log_action=True)
        source.update_target_view_restrictions(locale)
        TranslationLog.objects.create(source=source, locale=locale, revision=revision)
        if publish:
            revision.publish(user=user)
    return source.get_translated_instance(locale)


def _in_line(source: TranslationSource, make: Callable[[], Any]) -> Any:
    """Make something of a source; where it holds texts of blocks that an update took out, these are left out first."""
    try:
        return make()
    except (AttributeError, KeyError):
        source.refresh_segments()
        return make()


def _save_draft(translation: Translation, user: Any) -> None:
    try:
        translation.save_target(user=user, publish=False)
    except AttributeError as error:
        # wagtail-localize expects every refusal to name its fields; that of an over-long title does not.
        if isinstance(error.__context__, ValidationError):
            raise error.__context__ from None
        raise
