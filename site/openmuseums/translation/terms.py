"""The terms of the glossary beside a text: which of them it holds, and which forms of theirs a translation uses."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from lessons.models import GlossaryPage
from openmuseums.delivery.languages import source_language
from openmuseums.search.folding import stems_of, words_of
from openmuseums.segments.units import plain_text

_BRACKETS = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True)
class Term:
    """A term of the course in two languages.

    source, name: what it is called in the language that is translated from, and in the other; `name` is empty where
    the glossary is not published there yet. use, avoid: forms in the other language, as translators are told them.
    sense: what it means, in the other language, or else in the source's.
    """

    source: str
    name: str
    use: tuple[str, ...]
    avoid: tuple[str, ...]
    language: str
    sense: str = ""
    source_forms: tuple[str, ...] = ()
    _found_by: tuple[str, ...] = field(default=(), repr=False, compare=False)
    _wanted: tuple[str, ...] = field(default=(), repr=False, compare=False)
    _avoided: re.Pattern[str] | None = field(default=None, repr=False, compare=False)

    def is_in(self, words: str) -> bool:
        """Return whether a text holds the term, by its words as `_spaced` writes them."""
        return any(form in words for form in self._found_by)


def terms_of(language: str) -> list[Term]:
    """Return the terms of all published glossaries, by the source's order, with their forms in a language. One query.

    Without a published glossary in the language there is nothing to use and nothing to avoid in it.
    """
    pages = GlossaryPage.objects.filter(live=True, locale__language_code__in=[language, source_language()])
    by_key: dict[Any, dict[str, list[tuple[str, dict[str, str]]]]] = {}
    for page in pages.select_related("locale").order_by("path"):
        by_key.setdefault(page.translation_key, {})[page.locale.language_code] = _entries(page)
    found = []
    for glossary in by_key.values():
        there = dict(glossary.get(language, []))
        found += [
            _term(entry, there.get(block_id, {}), language) for block_id, entry in glossary.get(source_language(), [])
        ]
    return found


def terms_in(source: str, terms: Iterable[Term]) -> list[Term]:
    """Return those of some terms that a text of the source holds, in whatever case and number the glossary names."""
    words = _spaced(words_of(plain_text(source)))
    return [term for term in terms if term.is_in(words)]


def faults_of_terms(source: str, translation: str, terms: Iterable[Term]) -> list[str]:
    """Return remarks on a translation: forms that it should avoid, and terms of its source that it does not use.

    The texts of the glossary itself, which hold the forms to avoid, are not for this.
    """
    terms = list(terms)
    if not terms:
        return []
    text = plain_text(translation)
    found = []
    for term in terms:
        avoided = term._avoided.search(text) if term._avoided else None
        if avoided:
            found.append(
                _("“%(form)s” is a form to avoid. Use: %(use)s.") % {"form": avoided[0], "use": ", ".join(term.use)}
            )
    stems = _spaced(stems_of(text, terms[0].language))
    found += [
        _("The source says “%(term)s”, and none of its forms is here: %(use)s.")
        % {"term": term.source, "use": ", ".join(term.use)}
        for term in terms_in(source, terms)
        if term._wanted and not any(form in stems for form in term._wanted)
    ]
    return found


def _entries(page: GlossaryPage) -> list[tuple[str, dict[str, str]]]:
    return [(block.get("id", ""), block["value"]) for block in page.terms.raw_data if block["type"] == "entry"]


def _term(entry: dict[str, str], there: dict[str, str], language: str) -> Term:
    source_forms = _forms(entry.get("use", "")) or (_bare(entry["term"]),)
    use, avoid = _forms(there.get("use", "")), _forms(there.get("avoid", ""))
    forms = "|".join(re.escape(form) for form in avoid)
    return Term(
        source=entry["term"],
        name=there.get("term", ""),
        use=use,
        avoid=avoid,
        language=language,
        sense=there.get("definition", "") or entry.get("definition", ""),
        source_forms=source_forms,
        _found_by=_all_spaced(words_of(form) for form in source_forms),
        _wanted=_all_spaced(stems_of(form, language) for form in use),
        _avoided=re.compile(rf"(?<!\w)(?:{forms})(?!\w)", re.IGNORECASE) if forms else None,
    )


def _forms(text: str) -> tuple[str, ...]:
    return tuple(form for form in (part.strip() for part in text.split(",")) if form)


def _bare(term: str) -> str:
    """Return a term without the sense in brackets."""
    return _BRACKETS.sub("", term)


def _spaced(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "


def _all_spaced(forms: Iterable[list[str]]) -> tuple[str, ...]:
    return tuple(_spaced(words) for words in forms if words)
