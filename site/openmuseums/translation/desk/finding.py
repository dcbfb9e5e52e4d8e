"""Finds what is worked on at a desk: a page of the source, the language, and what there is of the page in it."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.models import SourceDeletedError, Translation, TranslationSource

from openmuseums.delivery.languages import source_language
from openmuseums.segments.storing import submit


class NothingToTranslateError(Exception):
    """Raised where a page cannot be worked on at a desk; says why, in words for translators.

    target: the page in the language, where there is one all the same.
    """

    def __init__(self, message: str, target: Page | None = None) -> None:
        self.target = target
        super().__init__(message)


@dataclass
class Work:
    """A page and a language.

    page: the page of the source with the texts that are translated. source: what wagtail-localize keeps of it; None
    until the first text is saved. target: the page in the language; None until a draft is kept.
    """

    page: Page
    locale: Locale
    source: TranslationSource | None
    translation: Translation | None
    target: Page | None

    @property
    def page_key(self) -> UUID:
        """Return the translation key of the page."""
        return UUID(str(self.page.translation_key))

    @property
    def language(self) -> str:
        """Return the code of the language."""
        return str(self.locale.language_code)


def find_work(page_key: UUID, language: str) -> Work:
    """Return what is worked on.

    Raises NothingToTranslateError where the page of the source is gone or was never published, or the page is kept by
    hand in the language.
    """
    locale = Locale.objects.get(language_code=language)
    target = Page.objects.filter(translation_key=page_key, locale=locale, alias_of=None).first()
    source = TranslationSource.objects.filter(
        object_id=page_key, locale__language_code=source_language()
    ).select_related("locale", "specific_content_type")
    found = source.first()
    translation = Translation.objects.filter(source=found, target_locale=locale).first() if found else None
    if translation is not None and not translation.enabled and target is not None:
        raise NothingToTranslateError(
            _("This page is kept by hand in this language: its texts no longer follow the source."), target
        )
    return Work(_page_of(page_key, found, target), locale, found, translation, target)


@transaction.atomic
def begin(work: Work) -> Translation:
    """Have the page be translated into the language from now on, where it is not yet; return its translation.

    The caller holds the lock of the page of the source.
    """
    if work.source is None:
        work.source, _changed = submit(work.page)
    if work.translation is None or not work.translation.enabled:
        work.translation, made = Translation.objects.get_or_create(source=work.source, target_locale=work.locale)
        if not made and not work.translation.enabled:
            work.translation.enabled = True
            work.translation.save(update_fields=["enabled"])
    return work.translation


def missing_parent(work: Work) -> Page | None:
    """Return the page of the source that has to be there in the language before this one can be; None where it is."""
    if work.target is not None:
        return None
    parent = work.page.get_parent()
    if parent is None or parent.is_root():
        return None
    there = Page.objects.filter(translation_key=parent.translation_key, locale=work.locale, alias_of=None)
    return None if there.exists() else parent


def _page_of(page_key: UUID, source: TranslationSource | None, target: Page | None) -> Page:
    gone = _("The page that this one is translated from has been deleted.")
    if source is not None:
        try:
            return source.as_instance()
        except (SourceDeletedError, ObjectDoesNotExist) as error:
            raise NothingToTranslateError(gone, target) from error
    page = Page.objects.filter(translation_key=page_key, locale__language_code=source_language(), alias_of=None).first()
    if page is None:
        raise NothingToTranslateError(gone, target)
    if not page.live:
        raise NothingToTranslateError(
            _("This page has not been published in the language that it is translated from."), target
        )
    return page.specific
