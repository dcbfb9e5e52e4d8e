"""Keeping the words of a page as it is published."""

import re
from collections import Counter

from django.db import transaction
from wagtail.models import Page

from openmuseums.search.folding import stems_of
from openmuseums.search.models import Entry
from openmuseums.search.sources import TITLE, Passage, passages_of

# After a full stop, a question mark (the Greek one too) or an exclamation mark, where something like a sentence begins.
_SENTENCE_END = re.compile(r"(?:(?<=[.!?;…])|(?<=[.!?;…][”»’)]))\s+(?=[^\W\d_]|[«“‘¿¡(])")
# However often a page repeats a word, it is not about it without end.
MOST_BY_TEXT = 6


@transaction.atomic
def index_page(page: Page) -> Entry | None:
    """Keep the words of a page, and return them; None for a page that is not to be found.

    A page is indexed as it stands in the database, in the language of its locale.
    """
    passages = None if page.alias_of_id else passages_of(page)
    if passages is None:
        Entry.objects.filter(page_id=page.pk).delete()
        return None
    language = page.locale.language_code
    entry, _made = Entry.objects.update_or_create(
        page_id=page.pk,
        defaults={"weights": _weights(passages, language), "passages": _sentences(passages, language)},
    )
    return entry


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [sentence for sentence in (part.strip() for part in _SENTENCE_END.split(text)) if sentence]


def _weights(passages: list[Passage], language: str) -> dict[str, int]:
    weights: Counter[str] = Counter()
    for passage in passages:
        for stem in stems_of(passage.text, language):
            weights[stem] = weights[stem] + passage.weight
    titled = {stem for passage in passages if passage.weight == TITLE for stem in stems_of(passage.text, language)}
    return {
        stem: min(weight, MOST_BY_TEXT) if stem not in titled else TITLE + min(weight - TITLE, MOST_BY_TEXT)
        for stem, weight in sorted(weights.items())
    }


def _sentences(passages: list[Passage], language: str) -> list[list[str]]:
    return [
        [passage.anchor, sentence, " ".join(stems_of(sentence, language))]
        for passage in passages
        if passage.weight != TITLE
        for sentence in sentences_of(passage.text)
    ]
