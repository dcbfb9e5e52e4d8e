"""Where a learner stands in a course: what is read, answered and passed, in counts, and what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from openmuseums.competences.facets import Facet
from openmuseums.learners.outline import Outline, OutlineChapter, OutlineItem
from openmuseums.learners.projection import QuizResult, Record
from openmuseums.learners.reading import is_page_read


@dataclass(frozen=True)
class UnitStanding:
    """A unit, whether it is read, and how many of its pages are."""

    item: OutlineItem
    is_read: bool
    pages_read: int = 0

    @property
    def is_begun(self) -> bool:
        """Return whether one of its two pages is read and the other is not."""
        return not self.is_read and self.pages_read > 0


@dataclass(frozen=True)
class QuizStanding:
    """A quiz and the learner's best result, or None before the first."""

    item: OutlineItem
    result: QuizResult | None

    @property
    def is_passed(self) -> bool:
        """Return whether an attempt was ever passed."""
        return self.result is not None and self.result.passed_at is not None

    @property
    def best_percentage(self) -> int | None:
        """Return the best result in per cent, rounded down; None before the first."""
        if self.result is None:
            return None
        return percentage(self.result.best_points, self.result.best_points_possible)


@dataclass(frozen=True)
class Progress:
    """How much is done. A step is a unit, done when it is read, or a quiz, done when it is passed."""

    units_read: int
    units_total: int
    steps_done: int
    steps_total: int

    @property
    def percentage(self) -> int:
        """Return the steps done in per cent, rounded down: 100 means that nothing is left."""
        return percentage(self.steps_done, self.steps_total)

    @property
    def is_done(self) -> bool:
        """Return whether every step is done; a chapter without steps is not."""
        return 0 < self.steps_total == self.steps_done


@dataclass(frozen=True)
class ChapterStanding:
    """A lesson or part with the state of its units and quiz."""

    chapter: OutlineChapter
    units: tuple[UnitStanding, ...]
    quiz: QuizStanding | None
    progress: Progress


@dataclass(frozen=True)
class Cell:
    """A lesson seen through one facet: units that serve it, and questions that test it."""

    facet: Facet
    units_read: int
    units_total: int
    answered_right: int
    questions_total: int


@dataclass(frozen=True)
class GridRow:
    """A lesson with a cell for each facet, in the guide's order."""

    chapter: OutlineChapter
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Standing:
    """Where a learner stands. `next_step` is the page of a unit, or the quiz, to go on with; None when all is done."""

    is_enrolled: bool
    chapters: tuple[ChapterStanding, ...]
    progress: Progress
    next_step: OutlineItem | None
    grid: tuple[GridRow, ...]

    @property
    def read_keys(self) -> frozenset[UUID]:
        """Return the keys of the units that are read."""
        return frozenset(unit.item.page_key for chapter in self.chapters for unit in chapter.units if unit.is_read)

    @property
    def begun_keys(self) -> frozenset[UUID]:
        """Return the keys of the units of which one page is read and the other is not."""
        return frozenset(unit.item.page_key for chapter in self.chapters for unit in chapter.units if unit.is_begun)

    @property
    def quizzes(self) -> tuple[QuizStanding, ...]:
        """Return the quizzes of all chapters."""
        return tuple(chapter.quiz for chapter in self.chapters if chapter.quiz)

    @property
    def next_is_quiz(self) -> bool:
        """Return whether the next step is a quiz."""
        return any(quiz.item == self.next_step for quiz in self.quizzes)

    def chapter(self, page_key: UUID) -> ChapterStanding | None:
        """Return the standing in the chapter with this key, or None."""
        return next((found for found in self.chapters if found.chapter.page_key == page_key), None)


def percentage(part: Decimal | int, whole: int) -> int:
    """Return a part of a whole in per cent, rounded down and never above 100; of nothing it is 0."""
    return min(100, int(part * 100 // whole)) if whole else 0


def standing_of(outline: Outline, record: Record) -> Standing:
    """Return where somebody with this record stands in a course."""
    chapters = tuple(_chapter(chapter, record) for chapter in outline.chapters)
    return Standing(
        is_enrolled=outline.course_key in record.enrolments,
        chapters=chapters,
        progress=_sum(chapter.progress for chapter in chapters),
        next_step=_next_step(chapters, record),
        grid=tuple(
            GridRow(chapter, tuple(_cell(chapter, facet, record) for facet in Facet))
            for chapter in outline.chapters
            if chapter.number is not None
        ),
    )


def _chapter(chapter: OutlineChapter, record: Record) -> ChapterStanding:
    units = tuple(
        UnitStanding(
            unit,
            is_read=unit.page_key in record.units,
            pages_read=sum(is_page_read(unit.page_keys, key, record) for key in unit.page_keys),
        )
        for unit in chapter.units
    )
    quiz = QuizStanding(chapter.quiz, record.quizzes.get(chapter.quiz.page_key)) if chapter.quiz else None
    read = sum(unit.is_read for unit in units)
    progress = Progress(
        units_read=read,
        units_total=len(units),
        steps_done=read + (1 if quiz and quiz.is_passed else 0),
        steps_total=len(units) + (1 if quiz else 0),
    )
    return ChapterStanding(chapter, units, quiz, progress)


def _sum(parts: Iterable[Progress]) -> Progress:
    parts = tuple(parts)
    return Progress(
        units_read=sum(part.units_read for part in parts),
        units_total=sum(part.units_total for part in parts),
        steps_done=sum(part.steps_done for part in parts),
        steps_total=sum(part.steps_total for part in parts),
    )


def _next_step(chapters: tuple[ChapterStanding, ...], record: Record) -> OutlineItem | None:
    for chapter in chapters:
        for unit in chapter.units:
            if not unit.is_read:
                pages = unit.item.pages
                unread = (page for page in pages if not is_page_read(unit.item.page_keys, page.page_key, record))
                return next(unread, pages[0])
        if chapter.quiz and not chapter.quiz.is_passed:
            return chapter.quiz.item
    return None


def _cell(chapter: OutlineChapter, facet: Facet, record: Record) -> Cell:
    units = [unit for unit in chapter.units if facet in unit.facets]
    questions = [
        (step.page_key, question.id) for step in chapter.steps for question in step.questions if question.facet == facet
    ]
    return Cell(
        facet=facet,
        units_read=sum(unit.page_key in record.units for unit in units),
        units_total=len(units),
        answered_right=sum(key in record.answers and record.answers[key].right for key in questions),
        questions_total=len(questions),
    )
