"""The outline of the course, as learners' records are read against it, and where its topics are taught."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.cache import caches
from django.db.models import Case, Exists, ExpressionWrapper, F, OuterRef, Q, TextField, Value, When
from django.db.models.functions import Coalesce
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction

from lessons.models import CoursePage, FacilitatorNotesPage, GlossaryPage, LessonPage, PartPage, UnitPage, slots_in
from lessons.native import LocalCase, beside_home, local_cases, native_addresses, native_links
from lessons.stored import PageLink, checks_in, questions_in, topics_in
from lessons.terms import Terms, terms_in, unlinked_in
from openmuseums.competences.facets import Facet
from openmuseums.competences.guide import get_guide
from openmuseums.delivery.languages import LivePages, address_of, known_languages, reader_language, source_language
from openmuseums.delivery.versions import OUTLINE, version_of
from openmuseums.learners.outline import Outline, OutlineChapter, OutlineItem, OutlineQuestion, OutlineTask
from quizzes.models import BankPage, QuizPage
from quizzes.scoring import Question

# Of a topic: unit and section that teach it, the address of the block, and their language where it is not the reader's.
Place = tuple[str, str, str]


@dataclass(frozen=True)
class CourseMap:
    """The course in one language, and where each topic is taught first; `live` says what is live in which language.

    `checks` are the questions of units as the source has them, for it alone says what is right. `beside` are the pages
    that stand beside the course, in the order of the menu. `slots` are the places for cases by key, each with its unit;
    `cases` the cases of all languages, the reader's first, then the source's. `native` are the addresses of pages that
    each language has of its own, by kind and language. `notes` are the facilitator notes by the keys of their lessons.
    `terms` are the forms that lead to the glossary, by the language of the texts that they stand in.
    """

    outline: Outline | None
    places: Mapping[str, Place]
    live: LivePages
    checks: Mapping[UUID, tuple[Question, ...]] = field(default_factory=dict)
    beside: tuple[PageLink, ...] = ()
    glossary: PageLink | None = None
    slots: Mapping[str, PageLink] = field(default_factory=dict)
    cases: tuple[LocalCase, ...] = ()
    native: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    notes: Mapping[UUID, PageLink] = field(default_factory=dict)
    terms: Mapping[str, Terms] = field(default_factory=dict)


# By language: the version that a map was made of, and the map. It spares each process reading the shared cache anew.
_maps: dict[str, tuple[str, CourseMap]] = {}


def current_outline() -> Outline | None:
    """Return the course in the active language, or None where it is not published in it."""
    return current_map().outline


def live_pages() -> LivePages:
    """Return which languages are public, and which pages are live in them."""
    return current_map().live


def current_map() -> CourseMap:
    """Return the outline and the places of topics in the active language: one query after a page has changed."""
    language = reader_language()
    version = version_of(OUTLINE)
    made = _maps.get(language)
    if made is None or made[0] != version:
        key = f"site-map:{settings.RELEASE}:{language}:{version}"
        course_map = caches["bodies"].get(key)
        if course_map is None:
            with translation.override(language):
                course_map = _draw_map(language)
            caches["bodies"].set(key, course_map)
        _maps[language] = made = (version, course_map)
    return made[1]


def key_of(page: Any) -> UUID:
    """Return the key that records of a page are kept under: an alias shares that of the page it shows."""
    return (page.alias_of if page.alias_of_id else page).translation_key


def block_anchor(block_id: str) -> str:
    """Return the anchor of a block in its unit."""
    return f"b-{block_id[:8]}"


def check_anchor(block_id: str) -> str:
    """Return the anchor of a self-check in its unit."""
    return f"check-{block_id}"


def _draw_map(language: str) -> CourseMap:
    tree = _Tree(language)
    course = tree.course()
    if course is None:
        return CourseMap(None, {}, tree.live_pages(), beside=tree.beside(), glossary=tree.glossary())
    chapters = tree.shown("lesson", "part", below=course.source)
    outline = Outline(
        course_key=_key(course.source),
        title=course.row.title,
        url=address_of(course.row.url_path),
        chapters=tuple(_chapter(shown, tree) for shown in chapters),
    )
    units = [page for chapter in chapters for unit in tree.units(chapter) for page in unit]
    places: dict[str, Place] = {}
    for unit in units:
        title = unit.row.title
        for topic, block_id, section in topics_in(unit.row.unitpage__body):
            words = _("%(unit)s: %(section)s") % {"unit": title, "section": section} if section else title
            address = f"{address_of(unit.row.url_path)}#{block_anchor(block_id)}"
            places.setdefault(topic, (words, address, unit.language))
    checks = {_key(unit.source): checks_in(unit.source.unitpage__body) for unit in units}
    return CourseMap(
        outline,
        places,
        tree.live_pages(),
        checks,
        tree.beside(),
        tree.glossary(),
        _slots(units),
        tree.local_cases(),
        tree.native(),
        {_key(chapter.source): notes for chapter in chapters if (notes := tree.notes(below=chapter.source))},
        tree.terms(),
    )


_KEYED = {
    "course": CoursePage,
    "lesson": LessonPage,
    "part": PartPage,
    "unit": UnitPage,
    "quiz": QuizPage,
    "bank": BankPage,
}
_KINDS = {**_KEYED, "glossary": GlossaryPage, "notes": FacilitatorNotesPage}


@dataclass(frozen=True)
class _Shown:
    """A page of the course as a language shows it: the row with its words, their language, and the source's row."""

    row: Any
    source: Any
    language: str


class _Tree:
    """The pages of the site in the reader's and the source's language, read in one query whatever there are.

    What the course consists of, and in which order, is what the source has live: it is one course in all languages.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._rows = self._read()
        self._sources = [row for row in self._rows if row.locale__language_code == source_language()]
        # What shows a page of another language (Wagtail makes such pages above a translation) is no translation.
        self._translations = {
            row.translation_key: row
            for row in self._rows
            if row.locale__language_code == language and row.live and not row.alias_of__translation_key
        }

    def _read(self) -> list[Any]:
        # A page's row and that of its kind are joined by the links that Django makes from the one to the other.
        native = native_links()
        links = {kind: model._meta.model_name for kind, model in _KINDS.items()} | native
        kinds = [When(**{f"{link}__isnull": False}, then=Value(kind)) for kind, link in links.items()]
        keys = [f"{links[kind]}__key" for kind in _KEYED]
        fields = [
            *(
                f"lessonpage__{name}"
                for name in ("message", "final_task", *(f"statement_{facet}" for facet in Facet.values))
            ),
            *(f"unitpage__{name}" for name in ("minutes_to_read", "minutes_to_do", "facets", "body")),
            *(f"quizpage__{name}" for name in ("questions", "draws", "draws_from_bank")),
            "bankpage__questions",
            "glossarypage__terms",
            *(f"casepage__{name}" for name in ("slot", "summary", "country", "place")),
        ]
        itself = Page.objects.live().filter(
            Q(alias_of=None) | Q(alias_of__locale=F("locale")), translation_key=OuterRef("translation_key")
        )
        live = {f"live_{number}": Exists(itself.filter(locale__language_code=code)) for number, code in _numbered()}
        restrictions = PageViewRestriction.objects.annotate(
            asked=ExpressionWrapper(OuterRef("path"), output_field=TextField())
        ).filter(asked__startswith=F("page__path"))
        # Both languages at once: what is graded is read from the source's pages, whatever the reader's language.
        # Of pages that are native to a language, all: a country's cases are read by others too.
        wanted = Q(locale__language_code__in={self._language, source_language()})
        for link in native.values():
            wanted |= Q(**{f"{link}__isnull": False}, live=True)
        rows = (
            Page.objects.filter(wanted, depth__gt=1)
            .annotate(kind=Case(*kinds, default=Value("")), key=Coalesce(*keys))
            .annotate(**live, is_closed=Exists(restrictions))
            .order_by("path")
        )
        shared = ("path", "depth", "url_path", "live", "title", "translation_key", "alias_of__translation_key")
        return list(
            rows.values_list(*shared, "locale__language_code", "kind", "key", "is_closed", *live, *fields, named=True)
        )

    def course(self) -> _Shown | None:
        """Return the course, or None where the language does not have it."""
        found = next((row for row in self._live_sources("course") if row.key == get_guide().course_key), None)
        shown = self._shown(found) if found else None
        return shown if shown and not shown.language else None

    def shown(self, *kinds: str, below: Any) -> list[_Shown]:
        """Return the live pages of some kinds below one of the source's, in the order of the menu.

        Those that the language lacks are the source's.
        """
        return [self._shown(row) for row in self.sources(*kinds, below=below)]

    def sources(self, *kinds: str, below: Any) -> list[Any]:
        """Return the source's live pages of some kinds right below one of them, in the order of the menu."""
        return [
            row
            for row in self._live_sources(*kinds)
            if row.depth == below.depth + 1 and row.path.startswith(below.path)
        ]

    def units(self, chapter: _Shown) -> list[tuple[_Shown, ...]]:
        """Return the units of a chapter, each as its page and, where it has one, the page that continues it."""
        return [(unit, *self.shown("unit", below=unit.source)[:1]) for unit in self.shown("unit", below=chapter.source)]

    def live_pages(self) -> LivePages:
        """Return what is live: a language is public when the home page and the course are."""
        by_key = {row.translation_key: self._languages(row) for row in self._rows}
        course = next(iter(self._live_sources("course")), None)
        home = next(
            (row for row in self._sources if course and row.depth == 2 and course.path.startswith(row.path)), None
        )
        public = by_key[course.translation_key] & by_key[home.translation_key] if course and home else frozenset()
        return LivePages(public=public, by_key=by_key)

    def beside(self) -> tuple[PageLink, ...]:
        """Return the live pages right below the home page that are no course, and last those of the language alone."""
        beside = tuple(self._link(row) for row in self._live_sources("") if row.depth == 3)
        return beside + tuple(
            PageLink(row.title, address_of(row.url_path), "") for row in beside_home(self._rows, self._language)
        )

    def local_cases(self) -> tuple[LocalCase, ...]:
        """Return the live cases of all public languages."""
        return local_cases(self._rows, self._language, self.live_pages().public | {source_language()})

    def native(self) -> dict[str, dict[str, str]]:
        """Return where each language has pages of its own, by kind and language."""
        return native_addresses(self._rows)

    def glossary(self) -> PageLink | None:
        """Return the course's glossary, or None where there is none."""
        return next((self._link(row) for row in self._live_sources("glossary")), None)

    def terms(self) -> dict[str, Terms]:
        """Return the forms that lead to the glossary, in the reader's language and in the source's."""
        for source in self._live_sources("glossary"):
            shown = self._shown(source)
            rows = {shown.language or self._language: shown.row, source_language(): source}
            # Which entries are linked the source says: a translation may be behind.
            unlinked = unlinked_in(source.glossarypage__terms.raw_data)
            return {code: terms_in(row.glossarypage__terms.raw_data, unlinked) for code, row in rows.items()}
        return {}

    def notes(self, *, below: Any) -> PageLink | None:
        """Return the facilitator notes of a lesson, or None where there are none."""
        return next((self._link(row) for row in self.sources("notes", below=below)), None)

    def _link(self, source: Any) -> PageLink:
        shown = self._shown(source)
        return PageLink(shown.row.title, address_of(shown.row.url_path), shown.language)

    def _live_sources(self, *kinds: str) -> list[Any]:
        return [row for row in self._sources if row.kind in kinds and row.live]

    def _shown(self, source: Any) -> _Shown:
        if self._language == source_language():
            return _Shown(source, source, "")
        found = self._translations.get(source.translation_key)
        return _Shown(found, source, "") if found else _Shown(source, source, source_language())

    @staticmethod
    def _languages(row: Any) -> frozenset[str]:
        return frozenset(code for number, code in _numbered() if getattr(row, f"live_{number}"))


def _slots(units: list[_Shown]) -> dict[str, PageLink]:
    """Return the places for cases, each with the block of the page that keeps it; the first page counts."""
    found: dict[str, PageLink] = {}
    for unit in units:
        for slot, block_id in slots_in(unit.source.unitpage__body):
            address = f"{address_of(unit.row.url_path)}#{block_anchor(block_id)}"
            found.setdefault(slot, PageLink(unit.row.title, address, unit.language))
    return found


def _numbered() -> Iterator[tuple[int, str]]:
    # Codes such as “pt-br” name no column.
    return enumerate(known_languages())


def _key(row: Any) -> UUID:
    return row.alias_of__translation_key or row.translation_key


def _chapter(shown: _Shown, tree: _Tree) -> OutlineChapter:
    row, source = shown.row, shown.source
    units = [_unit(*pages) for pages in tree.units(shown)]
    banks = [row for row in tree.sources("bank", below=source) if not row.alias_of__translation_key]
    bank = next((questions_in(row.bankpage__questions) for row in banks), ())
    quizzes = [_quiz(quiz, bank) for quiz in tree.shown("quiz", below=source)]
    return OutlineChapter(
        page_key=_key(source),
        key=source.key,
        title=row.title,
        url=address_of(row.url_path),
        number=next((lesson.number for lesson in get_guide().lessons if lesson.key == source.key), None),
        units=tuple(units),
        # A quiz that asks nothing can be neither taken nor passed.
        quiz=next((quiz for quiz in quizzes if quiz.questions), None),
        message=row.lessonpage__message or "",
        statements=tuple(
            (facet.value, getattr(row, f"lessonpage__statement_{facet}")) for facet in Facet if source.kind == "lesson"
        ),
        language=shown.language,
        final_task=_final_task(shown),
    )


def _final_task(shown: _Shown) -> OutlineTask | None:
    """Return the final task of a lesson as its page shows it; a translation that is behind may lack it."""
    stream = shown.row.lessonpage__final_task if shown.source.kind == "lesson" else None
    for block in stream.raw_data if stream else ():
        url = f"{address_of(shown.row.url_path)}#{block_anchor(block['id'])}"
        return OutlineTask(block["value"].get("title", ""), url, block["value"].get("minutes") or 0, shown.language)
    return None


def _unit(shown: _Shown, *continuations: _Shown) -> OutlineItem:
    """Return a unit; minutes and questions of its second page, where it has one, are the unit's."""
    item = _page_of_unit(shown)
    for continuation in continuations:
        second = _page_of_unit(continuation)
        item = replace(
            item,
            minutes=item.minutes + second.minutes,
            questions=item.questions + second.questions,
            continuation=replace(second, questions=()),
        )
    return item


def _page_of_unit(shown: _Shown) -> OutlineItem:
    source = shown.source
    return OutlineItem(
        page_key=_key(source),
        key=source.key,
        title=shown.row.title,
        url=address_of(shown.row.url_path),
        minutes=source.unitpage__minutes_to_read + source.unitpage__minutes_to_do,
        facets=tuple(source.unitpage__facets),
        questions=questions_in(source.unitpage__body),
        language=shown.language,
    )


def _quiz(shown: _Shown, bank: tuple[OutlineQuestion, ...]) -> OutlineItem:
    """Return a quiz, with the questions of the bank where it draws from that; the bank itself is nowhere listed."""
    source = shown.source
    questions = questions_in(source.quizpage__questions) + (bank if source.quizpage__draws_from_bank else ())
    asks = min(source.quizpage__draws or len(questions), len(questions))
    return OutlineItem(
        page_key=_key(source),
        key=source.key,
        title=shown.row.title,
        url=address_of(shown.row.url_path),
        minutes=asks,  # about a minute a question
        facets=tuple(facet.value for facet in Facet if facet in {question.facet for question in questions}),
        questions=questions,
        language=shown.language,
        asks=asks,
    )
