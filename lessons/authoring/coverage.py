"""What a course pack teaches and asks: by topic of the guide, and by page."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lessons.authoring.prose import paragraphs_of, reading_ease, words_a_sentence, words_of
from lessons.pack.content import PackContent, PageContent
from openmuseums.competences.guide import get_guide
from quizzes.blocks.registry import QUESTION_BLOCKS

# What a reader does not read as a part of the text: codes, addresses, and what stands in for a drawing.
_NOT_READ = frozenset(
    {"id", "type", "topics", "address", "source_address", "kind", "level", "image", "diagram", "labels", "description"}
    | {"known_on", "language", "languages", "country", "for_roles", "slot", "file", "captions"}
)
# Blocks of running text, and what in them is none.
PROSE = frozenset({"rich_text", "callout", "steps", "term", "case_study", "activity", "final_task"})
_NO_PROSE = frozenset({"title", "museum", "source_title", "sheet"})
# A task or a list of links may bear on a topic, but it teaches none.
_NO_TEACHING = frozenset({"activity", "resources"}) | frozenset(QUESTION_BLOCKS)


@dataclass(frozen=True)
class TopicCoverage:
    """A topic: the pages that teach it, in how many words, and how often it is asked where."""

    key: str
    label: str
    unit: str
    chapter: str
    taught_on: tuple[str, ...]
    words: int
    in_quiz: int
    in_bank: int
    in_checks: int

    @property
    def asked(self) -> int:
        """Return how often it is asked."""
        return self.in_quiz + self.in_bank + self.in_checks


@dataclass(frozen=True)
class PageFigures:
    """A page of a unit: how long it is, how it reads, and what stands on it.

    words: all that is read, without questions. words_a_sentence, reading_ease: of its running text. cases: museums with
    the codes of their countries.
    """

    path: str
    unit: str
    words: int
    words_a_sentence: float
    reading_ease: float
    cases: tuple[tuple[str, str], ...]
    activities: tuple[str, ...]
    checks: int
    diagrams: int
    resources: int


def unit_pages(content: PackContent) -> list[PageContent]:
    """Return the pages of units, second parts too."""
    return [page for page in content.pages if page.type.name == "unit"]


def questions_in(stream: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the questions of a stream, those under a scenario in its place."""
    for block in stream:
        if block["type"] == "scenario":
            yield from block["questions"]
        elif block["type"] in QUESTION_BLOCKS:
            yield block


def paragraphs_in(value: Any, *, leaving: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield what is read of a value of a pack, paragraph by paragraph, but for some of its fields."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in _NOT_READ and name not in leaving:
                yield from paragraphs_in(inner, leaving=leaving)
    elif isinstance(value, list):
        for inner in value:
            yield from paragraphs_in(inner, leaving=leaving)
    elif isinstance(value, str):
        yield from paragraphs_of(value)


def prose_of(page: PageContent) -> list[str]:
    """Return the paragraphs of a page's running text."""
    blocks = [block for block in page.values.get("body", []) if block["type"] in PROSE]
    return list(paragraphs_in([page.values.get("lead", ""), *blocks], leaving=_NO_PROSE))


def count_words(value: Any) -> int:
    """Return how many words of a value of a pack are read."""
    return sum(len(words_of(paragraph)) for paragraph in paragraphs_in(value))


def cover_topics(content: PackContent) -> list[TopicCoverage]:
    """Return every topic of the guide, in the order in which units are taught."""
    words: Counter[str] = Counter()
    pages: dict[str, list[str]] = {}
    for page in unit_pages(content):
        for block in page.values.get("body", []):
            topics = block.get("topics", []) if block["type"] not in _NO_TEACHING else []
            for topic in topics:
                # A block that teaches two topics has half its words for each.
                words[topic] += round(count_words(block) / len(topics))
                if page.path not in pages.setdefault(topic, []):
                    pages[topic].append(page.path)
    asked = {kind: _asked(content, kind) for kind in ("quiz", "bank", "unit")}
    return [
        TopicCoverage(
            key=topic.key,
            label=topic.label,
            unit=unit.key,
            chapter=chapter.key,
            taught_on=tuple(pages.get(topic.key, ())),
            words=words[topic.key],
            in_quiz=asked["quiz"][topic.key],
            in_bank=asked["bank"][topic.key],
            in_checks=asked["unit"][topic.key],
        )
        for chapter in get_guide().chapters
        for unit in chapter.units
        for topic in unit.topics
    ]


def measure_pages(content: PackContent) -> list[PageFigures]:
    """Return the figures of each page of a unit, in the order of the course."""
    return [_figures(page) for page in unit_pages(content)]


def coverage_as_markdown(content: PackContent) -> str:
    """Return both as Markdown tables, in English, for people who keep the course."""
    return "\n".join(_lines(content))


def _asked(content: PackContent, kind: str) -> Counter[str]:
    field = "body" if kind == "unit" else "questions"
    return Counter(
        question["topic"]
        for page in content.pages
        if page.type.name == kind
        for question in questions_in(page.values.get(field, []))
    )


def _figures(page: PageContent) -> PageFigures:
    body = page.values.get("body", [])
    kinds = Counter(block["type"] for block in body)
    prose = prose_of(page)
    return PageFigures(
        path=page.path,
        unit=page.values["key"],
        words=count_words([page.values["lead"], *(block for block in body if block["type"] not in QUESTION_BLOCKS)]),
        words_a_sentence=words_a_sentence(prose),
        reading_ease=reading_ease(prose),
        cases=tuple((block["museum"], block["country"]) for block in body if block["type"] == "case_study"),
        activities=tuple(block["title"] for block in body if block["type"] == "activity"),
        checks=len(list(questions_in(body))),
        diagrams=kinds["diagram"] + kinds["chart"],
        resources=sum(len(block["items"]) for block in body if block["type"] == "resources"),
    )


def _lines(content: PackContent) -> Iterator[str]:
    figures = measure_pages(content)
    topics = cover_topics(content)
    yield from (
        "# What the course teaches and asks",
        "",
        "Written by `manage.py tabulate_course lessons/course`. Words are all that is read, without questions; the",
        "length of sentences and the reading ease (Flesch) are those of running text. What two topics share counts",
        "half for each.",
        "",
        f"{sum(page.words for page in figures)} words on {len(figures)} pages; {len(topics)} topics.",
        "",
        "## Pages",
        "",
        "| Page | Words | Words a sentence | Reading ease | Cases | Activities | Self-checks | Drawings | Resources |",
        "|---|--:|--:|--:|---|---|--:|--:|--:|",
    )
    for page in figures:
        cells = (
            page.path.removeprefix("open-museums/"),
            page.words,
            f"{page.words_a_sentence:.1f}",
            f"{page.reading_ease:.0f}",
            "; ".join(f"{museum} ({country})" for museum, country in page.cases),
            "; ".join(page.activities),
            page.checks,
            page.diagrams,
            page.resources,
        )
        yield _row(cells)
    yield from ("", "## Topics", "", "| Unit | Topic | Words | Taught on | Quiz | Bank | Self-checks |")
    yield "|---|---|--:|---|--:|--:|--:|"
    for topic in topics:
        where = ", ".join(path.removeprefix(f"open-museums/{topic.chapter}/") for path in topic.taught_on)
        yield _row((topic.unit, topic.key, topic.words, where, topic.in_quiz, topic.in_bank, topic.in_checks))
    yield ""


def _row(cells: Iterable[Any]) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"
