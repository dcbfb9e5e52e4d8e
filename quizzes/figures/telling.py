"""Figures as an editor reads them, on the page and in a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from openmuseums.delivery.languages import own_name
from openmuseums.delivery.spreadsheets import Cell
from openmuseums.formats.lists import in_words
from quizzes.blocks.registry import block_of
from quizzes.figures.reading_words import Code, Saying, sayings
from quizzes.figures.shown import Bound, Facility, Figures, GroupFigures, ItemFigures, Part, Row
from quizzes.figures.statistics import Correlation, Why
from quizzes.figures.tallies import MIXED, Pick
from quizzes.questions.registry import takes_answer
from quizzes.scoring import Given, Question
from quizzes.versions.texts import TextsOfVersion
from quizzes.words import ShownWords, Word

# What stands where a number is not shown, or there is none.
DASH = "–"

_SAYINGS: dict[Code, str | Promise] = {
    Code.TOO_FEW: gettext_lazy("Too few attempts to say anything."),
    Code.NEARLY_NOBODY: gettext_lazy("Nearly nobody gets it right."),
    Code.NEARLY_EVERYBODY: gettext_lazy("Nearly everybody gets it right."),
    Code.BACKWARDS: gettext_lazy("Who does well elsewhere does badly here: check the key and the wording."),
    Code.UNRELATED: gettext_lazy("It has little to do with how people do elsewhere."),
    Code.TELLING: gettext_lazy("It tells well who knows the subject."),
    Code.LEFT_OPEN: gettext_lazy("Many leave it open."),
}
_REASONS: dict[Why, str | Promise] = {
    Why.NO_REST: gettext_lazy("nothing to compare with"),
    Why.DRAWN: gettext_lazy("drawn"),
    Why.SAME_POINTS: gettext_lazy("all got the same"),
    Why.SAME_REST: gettext_lazy("all got the same elsewhere"),
}


@dataclass(frozen=True)
class ToldRow:
    """An answer in words, and how many gave it; number: 0 where it is not an answer of its own."""

    number: int
    words: Word
    is_right: bool
    count: str
    share: str
    rest: str
    by_language: tuple[str, ...]


@dataclass(frozen=True)
class ToldItem:
    """A question with its figures; by_language: facility and discrimination of each, in the order of `Told`."""

    number: int
    id: str
    prompt: Word
    asked: str
    facility: str
    discrimination: str
    sayings: tuple[str, ...]
    by_language: tuple[tuple[str, str], ...]
    parts: tuple[tuple[ToldRow, ...], ...]
    is_many: bool
    has_rest: bool


@dataclass(frozen=True)
class ToldLanguage:
    """A language of attempts, how many there are and the median of their minutes."""

    code: str
    name: str
    attempts: int
    minutes: int


@dataclass(frozen=True)
class Told:
    """The figures of a version. languages: empty where all attempts are in one."""

    attempts: int
    minutes: int | None
    languages: tuple[ToldLanguage, ...]
    items: tuple[ToldItem, ...]


def told(figures: Figures, questions: Sequence[Question], texts: TextsOfVersion, language: str) -> Told:
    """Return figures in words; language: the code of that in which questions are quoted."""
    codes = list(figures.groups) if len(figures.groups) > 1 else []
    by_id = {question.id: question for question in questions if takes_answer(question)}
    return Told(
        attempts=figures.attempts,
        minutes=figures.minutes,
        languages=tuple(
            ToldLanguage(code, name_of(code), figures.groups[code], figures.group_minutes[code]) for code in codes
        ),
        items=tuple(
            _item(number, item, by_id[item.id], texts, language, codes)
            for number, item in enumerate(figures.items, start=1)
        ),
    )


def name_of(code: str) -> str:
    """Return the name of a group of attempts: that of their language in itself."""
    return _("Several languages") if code == MIXED else own_name(code)


def saying_in_words(saying: Saying) -> str:
    """Return what can be said of a question, as a sentence."""
    numbers = in_words([str(number) for number in saying.options])
    if saying.code == Code.IDLE:
        sentence = ngettext(
            "Hardly anybody gives answer %(numbers)s.", "Hardly anybody gives answers %(numbers)s.", len(saying.options)
        )
    elif saying.code == Code.CHECK_KEY:
        sentence = ngettext(
            "Answer %(numbers)s draws the best learners: check the key.",
            "Answers %(numbers)s draw the best learners: check the key.",
            len(saying.options),
        )
    else:
        return str(_SAYINGS[saying.code])
    return sentence % {"numbers": numbers}


def facility_in_words(facility: Facility | None) -> str:
    """Return a facility as per cent, or what it is below, above or about."""
    if facility is None:
        return DASH
    percent = _percent(float(facility.value))
    if facility.bound == Bound.LOW:
        return _("under %(percent)s") % {"percent": percent}
    if facility.bound == Bound.HIGH:
        return _("over %(percent)s") % {"percent": percent}
    return _("about %(percent)s") % {"percent": percent} if facility.is_rounded else percent


def discrimination_in_words(found: Correlation | Why) -> str:
    """Return a correlation with its bounds, or why there is none."""
    if not isinstance(found, Correlation):
        return str(_REASONS.get(found, DASH))
    bounds = {"value": _two(found.value), "low": _two(found.low), "high": _two(found.high)}
    return _("%(value)s (%(low)s to %(high)s)") % bounds


def table_of(
    figures: Figures, questions: Sequence[Question], texts: TextsOfVersion, language: str
) -> Iterator[list[Cell]]:
    """Yield the rows of the file: a head, and of each question those of all languages before those of each.

    A cell is empty where a number is not shown.
    """
    yield [
        _("Question"), _("Text of the question"), _("Answer"), _("In words"), _("Right"), _("Language"), _("Number"),
        _("Facility"), _("Discrimination"), _("from"), _("to"), _("Facility in the rest"), _("Minutes"), _("Reading"),
    ]  # fmt: skip
    yield _line(number=figures.attempts, minutes=figures.minutes)
    for code, count in figures.groups.items() if len(figures.groups) > 1 else ():
        yield _line(language=code or name_of(code), number=count, minutes=figures.group_minutes[code])
    by_id = {question.id: question for question in questions}
    for place, item in enumerate(figures.items, start=1):
        words = texts.shown(item.id, language)
        head: dict[str, Cell] = {"question": place, "prompt": str(words["prompt"])}
        reading = " ".join(saying_in_words(saying) for saying in sayings(item))
        yield _line(**head, number=item.asked, **_graded_cells(item), reading=reading)
        for code, group in item.groups.items():
            yield _line(**head, language=code or name_of(code), number=group.asked, **_graded_cells(group))
        for part in item.parts:
            for number, row, text in _rows(part, by_id[item.id], words, language):
                answer: dict[str, Cell] = {"answer": number or None, "words": str(text), "right": int(row.is_right)}
                yield _line(**head, **answer, number=row.count, rest=_round(row.rest))
                for code, count in (row.by_group or {}).items():
                    yield _line(**head, **answer, language=code or name_of(code), number=count)


_CELLS = (
    "question", "prompt", "answer", "words", "right", "language", "number", "facility",
    "discrimination", "low", "high", "rest", "minutes", "reading",
)  # fmt: skip


def _line(**cells: Cell) -> list[Cell]:
    return [cells.get(name) for name in _CELLS]


def _graded_cells(item: ItemFigures | GroupFigures) -> dict[str, Cell]:
    found, facility = item.discrimination, item.facility
    share: Cell = None
    if facility is not None:
        share = facility_in_words(facility) if facility.bound else _round(float(facility.value))
    if not isinstance(found, Correlation):
        return {"facility": share}
    return {
        "facility": share,
        "discrimination": _round(found.value),
        "low": _round(found.low),
        "high": _round(found.high),
    }


def _item(  # noqa: PLR0913, PLR0917 - a question with its figures and its words
    number: int, item: ItemFigures, question: Question, texts: TextsOfVersion, language: str, codes: Sequence[str]
) -> ToldItem:
    words = texts.shown(item.id, language)
    groups = [item.groups.get(code) for code in codes]
    return ToldItem(
        number=number,
        id=item.id,
        prompt=words["prompt"],
        asked=DASH if item.asked is None else number_format(item.asked),
        facility=facility_in_words(item.facility),
        discrimination=discrimination_in_words(item.discrimination),
        sayings=tuple(saying_in_words(saying) for saying in sayings(item)),
        by_language=tuple(
            (facility_in_words(group.facility), discrimination_in_words(group.discrimination))
            if group
            else (DASH, DASH)
            for group in groups
        ),
        parts=tuple(
            tuple(
                _told_row(number, row, text, item, codes)
                for number, row, text in _rows(part, question, words, language)
            )
            for part in item.parts
        ),
        is_many=any(part.is_many for part in item.parts),
        has_rest=any(row.rest is not None for part in item.parts for row in part.rows),
    )


def _rows(part: Part, question: Question, words: ShownWords, language: str) -> Iterator[tuple[int, Row, Word]]:
    """Yield the rows of a part with the numbers and the words of what was answered; those without a number last."""
    for number, row in enumerate(part.rows, start=1):
        yield number, row, words_of_pick(question, words, row.pick, language) if row.pick else Word("")
    if part.others:
        yield 0, part.others, Word(_("Other answers"))
    yield 0, part.left_open, Word(_("Left open"))
    if part.together:
        yield 0, part.together, Word(_("Those with a dash, together"))


def words_of_pick(question: Question, words: ShownWords, pick: Pick, language: str) -> Word:
    """Return an answer in words of a language: what it changes in how the question's kind sums an answer up."""
    part, value = pick
    block = block_of(question.kind)
    # Words that a kind has of itself, as “true”, are those of the language that is spoken.
    with override(language):
        nothing = block.summary(question, words, Given({part: ("",)}, language))
        found = block.summary(question, words, Given({part: (value,)}, language))
    lines = [line for line in found if line not in nothing] or found
    return Word(" / ".join(str(line) for line in lines), lines[0].lang if lines else "")


def _told_row(number: int, row: Row, text: Word, item: ItemFigures, codes: Sequence[str]) -> ToldRow:
    share = DASH if row.count is None or not item.asked else _percent(row.count / item.asked)
    return ToldRow(
        number=number,
        words=text,
        is_right=row.is_right,
        count=DASH if row.count is None else number_format(row.count),
        share=share,
        rest=DASH if row.rest is None else _percent(row.rest),
        by_language=tuple(
            number_format(row.by_group[code]) if row.by_group and code in row.by_group else DASH for code in codes
        ),
    )


def _percent(share: float) -> str:
    return f"{round(share * 100)}\N{NO-BREAK SPACE}%"


def _two(value: float) -> str:
    """Return a figure with two decimals, as the language writes it and with a minus that is one."""
    return number_format(round(value, 2) + 0.0, 2).replace("-", "\N{MINUS SIGN}")


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 3) + 0.0
