"""Finding pages by words of the reader's language: ranked the same on every database, with room for a slip."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail.models import Page

from openmuseums.delivery.versions import OUTLINE, version_of
from openmuseums.search.folding import spans_of, stem, words_of
from openmuseums.search.models import Entry
from openmuseums.search.spelling import nearest

MOST_WORDS = 12
# A word that begins like this many letters or more is meant by its beginning.
SHORTEST_BEGINNING = 4


@dataclass(frozen=True)
class Found:
    """A page that was found. language: that of its words where it is not the reader's, else empty."""

    page_id: int
    path: str
    url_path: str
    title: str
    language: str
    sentence: SafeString
    anchor: str


@dataclass(frozen=True)
class Answer:
    """What a search found, best first. corrected: the words that were searched instead, where a slip was mended."""

    found: tuple[Found, ...] = ()
    corrected: str = ""


@dataclass
class _Words:
    """The words of one language that a reader can be led to: stems with their pages and weights, and titles."""

    language: str
    pages: dict[int, Any] = field(default_factory=dict)
    postings: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    titles: set[str] = field(default_factory=set)

    def stems_for(self, word: str) -> tuple[str, ...]:
        """Return the stems that a folded word means: its own, else those that begin with it."""
        own = stem(word, self.language)
        if own in self.postings:
            return (own,)
        if len(word) < SHORTEST_BEGINNING:
            return ()
        return tuple(sorted(known for known in self.postings if known.startswith(word)))


# By reader's language: the version that the words were read at, and the words. It spares each search reading them anew.
_read: dict[str, tuple[str, list[_Words]]] = {}


def find(text: str, *, language: str) -> Answer:
    """Return what can be found by a text in a language; pages that it lacks are found by their source's words.

    A page is found by as many of the words as any page is found by; so a word too many does no harm.
    """
    asked = list(dict.fromkeys(words_of(text)))[:MOST_WORDS]
    if not asked:
        return Answer()
    tongues = _words_for(language)
    meant = [_meant(word, tongues) for word in asked]
    scores: dict[int, tuple[int, float]] = {}
    for words in tongues:
        scores |= _scores(words, meant)
    most = max((matched for matched, _score in scores.values()), default=0)
    best = [page_id for page_id, (matched, _score) in scores.items() if matched == most]
    by_page = {page_id: words for words in tongues for page_id in words.pages}
    best.sort(key=lambda page_id: (-scores[page_id][1], by_page[page_id].pages[page_id].path))
    corrected = " ".join(meant) if meant != asked and most else ""
    return Answer(tuple(_found(best, by_page, meant, language)), corrected)


def _meant(word: str, tongues: list[_Words]) -> str:
    """Return the word, or where nothing is known by it the word of a title that is nearest to it."""
    if any(words.stems_for(word) for words in tongues):
        return word
    return nearest(word, (title for words in tongues for title in words.titles)) or word


def _scores(words: _Words, meant: list[str]) -> dict[int, tuple[int, float]]:
    matched: dict[int, int] = defaultdict(int)
    scores: dict[int, float] = defaultdict(float)
    for word in meant:
        weights: dict[int, int] = {}
        for found in words.stems_for(word):
            for page_id, weight in words.postings[found].items():
                weights[page_id] = max(weights.get(page_id, 0), weight)
        # The fewer pages have a word, the more it says.
        says = math.log(1 + len(words.pages) / len(weights)) if weights else 0.0
        for page_id, weight in weights.items():
            matched[page_id] += 1
            scores[page_id] += round(says * weight, 6)
    return {page_id: (matched[page_id], scores[page_id]) for page_id in matched}


def _found(page_ids: list[int], by_page: Mapping[int, _Words], meant: list[str], language: str) -> Iterable[Found]:
    passages = dict(Entry.objects.filter(page_id__in=page_ids).values_list("page_id", "passages"))
    for page_id in page_ids:
        words = by_page[page_id]
        wanted = {found for word in meant for found in words.stems_for(word)}
        anchor, sentence = _best_sentence(passages.get(page_id, []), wanted)
        row = words.pages[page_id]
        yield Found(
            page_id=page_id,
            path=row.path,
            url_path=row.url_path,
            title=row.title,
            language="" if words.language == language else words.language,
            sentence=marked(sentence, wanted, words.language),
            anchor=anchor,
        )


def _best_sentence(passages: list[list[str]], wanted: set[str]) -> tuple[str, str]:
    """Return anchor and text of the first sentence with most of the stems; the page's first where none has any."""
    best, most = ("", passages[0][1]) if passages else ("", ""), 0
    for anchor, sentence, stems in passages:
        count = len(wanted.intersection(stems.split()))
        if count > most:
            best, most = (anchor, sentence), count
    return best


def marked(sentence: str, wanted: set[str], language: str) -> SafeString:
    """Return a sentence as HTML, escaped, with the words of the wanted stems in `mark`."""
    pieces: list[tuple[str, str, str]] = []
    end = 0
    for start, past, word in spans_of(sentence):
        if stem(word, language) in wanted:
            pieces += [("", sentence[end:start], ""), ("<mark>", sentence[start:past], "</mark>")]
            end = past
    pieces.append(("", sentence[end:], ""))
    return format_html_join("", "{}{}{}", ((_tag(before), text, _tag(after)) for before, text, after in pieces))


def _tag(tag: str) -> SafeString:
    return SafeString(tag)


def _words_for(language: str) -> list[_Words]:
    version = version_of(OUTLINE)
    read = _read.get(language)
    if read is None or read[0] != version:
        _read[language] = read = (version, _read_words(language))
    return read[1]


def _read_words(language: str) -> list[_Words]:
    """Return the reader's language, and the source for the pages that the reader's lacks.

    Pages that are closed are found by nobody: a search is the same for all, and shows their sentences.
    """
    source = settings.LANGUAGE_CODE
    rows = (
        Entry.objects.filter(page__in=Page.objects.live().public())
        .filter(Q(page__locale__language_code=language) | Q(page__locale__language_code=source))
        .values_list(
            "page_id",
            "page__path",
            "page__url_path",
            "page__title",
            "page__translation_key",
            "page__locale__language_code",
            "weights",
            named=True,
        )
    )
    tongues = {code: _Words(code) for code in dict.fromkeys((language, source))}
    here = {row.page__translation_key for row in rows if row.page__locale__language_code == language}
    for row in rows:
        code = row.page__locale__language_code
        if code != language and row.page__translation_key in here:
            continue
        words = tongues[code]
        words.pages[row.page_id] = _Row(row.page__path, row.page__url_path, row.page__title)
        words.titles.update(word for word in words_of(row.page__title) if len(word) >= SHORTEST_BEGINNING)
        for known, weight in row.weights.items():
            words.postings[known][row.page_id] = weight
    return [words for words in tongues.values() if words.pages]


@dataclass(frozen=True)
class _Row:
    path: str
    url_path: str
    title: str


def lessons_of(found: Iterable[Found]) -> dict[int, str]:
    """Return the title of the page above each page that was found, by its id, in one query."""
    paths = {page.page_id: page.path[: -Page.steplen] for page in found}
    titles = dict(Page.objects.filter(path__in=set(paths.values())).values_list("path", "title"))
    return {page_id: titles.get(path, "") for page_id, path in paths.items()}
