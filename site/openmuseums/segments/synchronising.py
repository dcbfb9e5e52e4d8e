"""Brings what translators work on in line with what is published of a source; nothing is published by it."""

from difflib import SequenceMatcher

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import String, StringTranslation, TranslationContext, TranslationSource

from openmuseums.editorial.kinds import ChangeKind
from openmuseums.segments.models import SourceEdition
from openmuseums.segments.storing import submit

# Less alike than this, a text is another one and not the same in other words.
_ALIKE = 0.5


@transaction.atomic
def synchronise(*, page: Page, edition: SourceEdition) -> TranslationSource:
    """Have translators work on a source as it is published now, and return what they work on.

    Translations of texts that an editorial change put in other words are kept for the new words. Drafts, reviews and
    what is live stay as they are.
    """
    source, _changed = submit(page)
    if edition.kind == ChangeKind.EDITORIAL:
        before = SourceEdition.objects.filter(page_key=edition.page_key, number=edition.number - 1).first()
        if before is not None:
            for path, old, new in reworded(before.texts, edition.texts):
                _carry_over(source, path, old, new)
    return source


def reworded(old: list[list[str]], new: list[list[str]]) -> list[tuple[str, str, str]]:
    """Return the texts that took the place of others, as (content path, old text, new text), in the new order.

    One rich text holds many texts under one path: those that stay are matched first, the others by likeness.
    """
    before: dict[str, list[str]] = {}
    for path, text in old:
        before.setdefault(path, []).append(text)
    after: dict[str, list[str]] = {}
    for path, text in new:
        after.setdefault(path, []).append(text)
    found = []
    for path, texts in after.items():
        gone = [text for text in before.get(path, []) if text not in texts]
        for text in texts:
            if text in before.get(path, []) or not gone:
                continue
            likeness, best = max((SequenceMatcher(None, text, one).ratio(), one) for one in gone)
            if likeness >= _ALIKE or (len(gone) == 1 and len(texts) == len(before[path]) == 1):
                gone.remove(best)
                found.append((path, best, text))
    return found


def _carry_over(source: TranslationSource, path: str, old: str, new: str) -> None:
    """Keep for a new text, in every language that has none for it, the translation of the old one."""
    context = TranslationContext.objects.get(object_id=source.object_id, path=path)
    text = String.objects.get(locale_id=source.locale_id, data_hash=String._get_data_hash(new))
    there = StringTranslation.objects.filter(translation_of=text, context=context).values_list("locale_id", flat=True)
    rows = StringTranslation.objects.filter(
        translation_of__data_hash=String._get_data_hash(old), context=context, has_error=False
    )
    StringTranslation.objects.bulk_create(
        [
            StringTranslation(
                translation_of=text,
                context=context,
                locale_id=row.locale_id,
                data=row.data,
                translation_type=row.translation_type,
                tool_name=row.tool_name,
                last_translated_by_id=row.last_translated_by_id,
                updated_at=timezone.now(),
            )
            for row in rows.exclude(locale_id__in=list(there))
        ]
    )
