"""How much of the course each language has, lesson by lesson, in the words of the reader's language."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext

from openmuseums.delivery.languages import own_name, public_languages, source_language
from openmuseums.learners.outline import Outline, OutlineChapter
from openmuseums.segments.states import PageState, states_of
from openmuseums.translation.rights import translated_languages


@dataclass(frozen=True)
class NamedPage:
    """A page by its title, with the language of that where it is not the reader's.

    since: when its original began to say something else; None for a page that is not translated.
    """

    title: str
    language: str
    since: dt.datetime | None = None


@dataclass(frozen=True)
class Section:
    """A lesson, a part, or the pages around them: how many pages there are, and which are missing or behind."""

    name: NamedPage
    total: int
    missing: tuple[NamedPage, ...]
    behind: tuple[NamedPage, ...]

    @property
    def live(self) -> int:
        """Return how many pages can be read."""
        return self.total - len(self.missing)


@dataclass(frozen=True)
class LanguageCoverage:
    """What a language has; `name` is its own name for itself, and `is_public` says whether it can be read yet."""

    code: str
    name: str
    is_public: bool
    sections: tuple[Section, ...]

    @property
    def total(self) -> int:
        """Return how many pages there are in the original."""
        return sum(section.total for section in self.sections)

    @property
    def live(self) -> int:
        """Return how many pages can be read."""
        return sum(section.live for section in self.sections)

    @property
    def behind(self) -> int:
        """Return how many of them are behind."""
        return sum(len(section.behind) for section in self.sections)

    @property
    def is_whole(self) -> bool:
        """Return whether nothing is missing and nothing behind."""
        return self.live == self.total and not self.behind


def coverage_of_languages(outline: Outline) -> list[LanguageCoverage]:
    """Return what each language has, in the order of the settings. outline: the course in the reader's language."""
    languages, public = translated_languages(), public_languages()
    states: dict[str, list[PageState]] = {language: [] for language in languages}
    for state in states_of(languages):
        states[state.language].append(state)
    return [
        LanguageCoverage(language, own_name(language), language in public, tuple(_sections(outline, states[language])))
        for language in languages
    ]


def _sections(outline: Outline, states: list[PageState]) -> Iterable[Section]:
    names = _names(outline)
    paths = {state.page_key: state.source_path for state in states}
    chapters = [chapter for chapter in outline.chapters if chapter.page_key in paths]
    for chapter in chapters:
        shown = _keys_of(chapter)
        yield _section(names[chapter.page_key], [state for state in states if state.page_key in shown], names)
    beginnings = tuple(paths[chapter.page_key] for chapter in chapters)
    # What stands below a chapter and is in no outline, as a bank of questions, is no page that is read.
    around = [state for state in states if not state.source_path.startswith(beginnings)]
    if around:
        yield _section(NamedPage(gettext("Pages around the lessons"), ""), around, names)


def _section(name: NamedPage, states: list[PageState], names: Mapping[UUID, NamedPage]) -> Section:
    def named(state: PageState, since: dt.datetime | None = None) -> NamedPage:
        known = names.get(state.page_key) or NamedPage(state.title, source_language())
        return NamedPage(known.title, known.language, since)

    return Section(
        name=name,
        total=len(states),
        missing=tuple(named(state) for state in states if not state.is_live),
        behind=tuple(named(state, state.behind_since) for state in states if state.is_live and state.is_behind),
    )


def _names(outline: Outline) -> dict[UUID, NamedPage]:
    names = {outline.course_key: NamedPage(outline.title, "")}
    for chapter in outline.chapters:
        names[chapter.page_key] = NamedPage(chapter.title, chapter.language)
        names |= {page.page_key: NamedPage(page.title, page.language) for step in chapter.steps for page in step.pages}
    return names


def _keys_of(chapter: OutlineChapter) -> set[UUID]:
    return {chapter.page_key, *(key for step in chapter.steps for key in step.page_keys)}
