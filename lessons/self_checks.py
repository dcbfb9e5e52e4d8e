"""Self-checks: questions in a unit that are answered in place and graded at once, on the source page."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lessons.confirming import ALL_CONFIRMED, Unconfirmed
from lessons.models import UnitPage
from lessons.outline import current_map, key_of
from openmuseums.delivery.languages import source_language
from openmuseums.editorial.kinds import ChangeKind
from openmuseums.learners.models import Learner
from openmuseums.learners.projection import Record
from openmuseums.learners.recording import record_answers
from openmuseums.segments.lagging import lag_between
from quizzes.blocks.registry import CHECK_BLOCKS, block_of, questions_of
from quizzes.questions.registry import fault_of, is_typed, read, share_of
from quizzes.questions.typed import LINE
from quizzes.scoring import NOTHING, WHOLE, Given, Parts, Question, Words
from quizzes.shown import ShownQuestion
from quizzes.versions.changing import answer_keys_of_stream, floor_of_streams
from quizzes.words import plain_words

# What was typed and not taken goes back to its field under this name.
TYPED = "typed"
# No part of a question is called so.
_LANGUAGE = "@"


class NoAnswerError(ValueError):
    """Raised where what was sent is no answer to the question.

    code: why; empty where it is nothing. typed: what was typed, where that is a line that can be mended.
    """

    def __init__(self, code: str = "", typed: str = "") -> None:
        self.code = code
        self.typed = typed
        super().__init__(code)


@dataclass(frozen=True)
class CheckResult:
    """What became of somebody's last answer. `was_right` says that some answer was right, this or an earlier one.

    shown: the question with the answer, in the language of the page, as its kind's template shows results.
    """

    is_right: bool
    was_right: bool
    shown: ShownQuestion


@dataclass(frozen=True)
class SelfCheck:
    """A unit's question as its source page has it, and its texts as a reader of `language` was shown them."""

    question: Question
    texts: Words
    language: str


def find_check(*, page_key: UUID, block_id: str, language: str) -> SelfCheck | None:
    """Return a question of a unit's page for a reader of a language, or None where it has none of that id."""
    source = source_language()
    pages = UnitPage.objects.filter(translation_key=page_key, locale__language_code__in={language, source})
    bodies = {}
    live_revision = None
    fields = ("locale__language_code", "live", "live_revision_id", "body")
    for code, is_live, revision, body in pages.values_list(*fields):
        if is_live or code == source:
            bodies[code] = {question.id: (question, texts) for question, texts in _questions(body)}
        if code == language != source:
            live_revision = revision
    if block_id not in bodies.get(source, {}):
        return None
    shown = language if block_id in bodies.get(language, {}) else source
    if shown != source and _is_unconfirmed(page_key, live_revision, block_id):
        shown = source
    return SelfCheck(bodies[source][block_id][0], bodies[shown][block_id][1], shown)


def _is_unconfirmed(page_key: UUID, live_revision: int | None, block_id: str) -> bool:
    lag = lag_between(page_key, live_revision)
    return lag is not None and block_id in lag.unconfirmed


def answer_check(*, learner: Learner, unit_key: UUID, check: SelfCheck, parts: Parts, now: dt.datetime) -> None:
    """Grade an answer and record it with the unit, whichever of its pages asks.

    parts: what was sent, by part of the question.
    Raises NoAnswerError where the question cannot be answered so.
    """
    question = check.question
    given = Given(read(question, parts), check.language)
    code = fault_of(question, given)
    if given.is_empty or code:
        line = "".join(given.whole) if code and is_typed(question) else ""
        raise NoAnswerError(code, line if len(line) <= LINE else "")
    record_answers(
        learner=learner,
        page_key=unit_key,
        answers={question.id: share_of(question, given, check.texts) == 1},
        chosen={question.id: flattened(given.parts, language=given.language if is_typed(question) else "")},
        now=now,
    )


def flattened(parts: Parts, *, language: str = "") -> list[str]:
    """Return an answer as one list, as a record keeps it: a value of a part follows the part's name and a tab.

    language: of what was typed; it is kept like a part.
    """
    kept = {**parts, **({_LANGUAGE: (language,)} if language else {})}
    return [f"{part}\t{value}" if part else value for part, values in kept.items() for value in values]


def unflattened(values: Collection[str]) -> Parts:
    """Return an answer that `flattened` made a list of."""
    parts: dict[str, tuple[str, ...]] = {}
    for value in values:
        part, tab, rest = value.partition("\t")
        name, kept = (part, rest) if tab else (WHOLE, value)
        parts[name] = (*parts.get(name, ()), kept)
    return parts


def results_of(
    *, page: UnitPage, unit_key: UUID, record: Record, unconfirmed: Unconfirmed = ALL_CONFIRMED
) -> dict[str, CheckResult]:
    """Return the results of the questions on a page of a unit that somebody answered, by block id, in its language.

    Those that the language has not confirmed are told in the source's.
    """
    answered = {item_id: answer for (key, item_id), answer in record.answers.items() if key == unit_key}
    if not answered:
        return {}
    own = {question.id: (question, texts) for question, texts in _questions(page.body)}
    if unconfirmed.since.keys() & own.keys() & answered.keys():
        sources = {question.id: (question, texts) for question, texts in _questions(unconfirmed.source.body)}
        own |= {block_id: sources[block_id] for block_id in unconfirmed.since.keys() & own.keys() & sources.keys()}
    page_key = key_of(page)
    is_source = page.content_language == source_language()
    questions = [question for question, _texts in own.values()] if is_source else current_map().checks.get(page_key, ())
    results = {}
    typed_in: dict[str, Mapping[str, Words]] = {}
    for question in questions:
        answer = answered.get(question.id)
        given = _given(answer.chosen, page.content_language) if answer else NOTHING
        # Choices that are gone since cannot be shown: then the question stands as if it were new.
        if answer and question.id in own and not given.is_empty and not fault_of(question, given):
            texts = own[question.id][1]
            if given.language not in {page.content_language, *typed_in}:
                typed_in[given.language] = _texts_in(page_key, given.language)
            graded_by = typed_in.get(given.language, {}).get(question.id, texts)
            is_right = share_of(question, given, graded_by) == 1
            results[question.id] = CheckResult(
                is_right=is_right,
                was_right=answer.right,
                shown=block_of(question.kind).shown(
                    question, plain_words(texts), given=given, graded_by=graded_by, is_right=is_right
                ),
            )
    return results


def _given(chosen: Collection[str], language: str) -> Given:
    """Return an answer as a record keeps it. language: of what was not typed, which is the same in every language."""
    parts = dict(unflattened(chosen))
    typed_in = parts.pop(_LANGUAGE, (language,))
    return Given(parts, typed_in[0])


def _texts_in(page_key: UUID, language: str) -> Mapping[str, Words]:
    """Return the texts of a unit's questions in another language than that of the page which is shown."""
    pages = UnitPage.objects.filter(translation_key=page_key, locale__language_code=language)
    return {question.id: texts for body in pages.values_list("body", flat=True) for question, texts in _questions(body)}


def _questions(body: Any) -> Iterator[tuple[Question, Words]]:
    # By place, for a stream that is iterated fetches what all its blocks refer to.
    for place, raw in enumerate(body.raw_data):
        if raw["type"] in CHECK_BLOCKS:
            yield from questions_of(body[place], page="")


def floor_of_self_checks(old: UnitPage | None, new: UnitPage) -> ChangeKind | None:
    """Return what a change of a unit's self-checks counts as at least: see `floor_of_streams`."""
    return floor_of_streams(old.body if old else None, new.body)


def answer_keys_of_self_checks(unit: UnitPage) -> dict[str, str]:
    """Return a digest of what is right in each self-check of a unit, by their ids."""
    return answer_keys_of_stream(unit.body)


def touched_by_self_checks(unit: UnitPage) -> Iterator[str]:
    """Yield what a change of their right answers touches: nothing, for nobody is graded by them."""
    yield from ()
