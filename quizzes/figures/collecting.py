"""Attempts at a version of a quiz, as figures are reckoned from them: one pass over the database, however many.

Counted are attempts that were handed in and are no practice, and of each person only the first at the quiz: who tries
again has read the explanations, and several attempts of one person are not independent of one another, which every
formula takes for granted. They are graded by what was right in the version that was asked, also where they were graded
again later: these are figures of that version.
"""

import datetime as dt
import json
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import models
from django.db.models.functions import Cast

from openmuseums.delivery.languages import known_languages, source_language
from quizzes.figures.disclosing import figures_of
from quizzes.figures.shown import Figures
from quizzes.figures.tallies import MIXED, UNIT, Item, Pick, Response, Taking, tallied
from quizzes.models import Attempt, QuizVersion
from quizzes.questions.registry import is_graded, offered, share_of, takes_answer
from quizzes.scoring import Given, Question
from quizzes.versions.texts import TextsOfVersion

# Distinct answers whose grade is remembered; those to questions with choices are far fewer.
_REMEMBERED = 50_000
_CHUNK = 2_000

_COLUMNS = (
    "pk", "asked_json", "started_at", "submitted_at",
    "answers__question_id", "answers__language", "answers__values__part", "answers__values__value",
)  # fmt: skip
_Row = tuple[Any, str, dt.datetime, dt.datetime, str | None, str, str | None, str]


def figures_of_version(version: QuizVersion, texts: TextsOfVersion) -> Figures:
    """Return what may be said of a version; texts: its texts in all languages. One query."""
    questions = [question for question in version.questions if takes_answer(question)]
    items = [item_of(question) for question in questions]
    core = {item.id for item in items if item.is_graded} if version.how.draws is None else set()
    tallies = tallied(items, takings_of(version, texts), core=core)
    return figures_of(
        items,
        tallies,
        languages=(source_language(), *known_languages()),
        rest_points=sum(item.points for item in items if item.id in core),
    )


def item_of(question: Question) -> Item:
    """Return a question as figures know it."""
    offers = {(part, value): right for part, values in offered(question).items() for value, right in values.items()}
    return Item(
        id=question.id,
        points=question.points * UNIT if is_graded(question) else 0,
        offered=tuple(offers),
        right=frozenset(pick for pick, right in offers.items() if right),
    )


def takings_of(version: QuizVersion, texts: TextsOfVersion) -> Iterator[Taking]:
    """Yield the attempts that count, in the order in which they were handed in. One query."""
    reading = _Reading(version, texts)
    # Numbers are counted from 1 and nobody has two attempts open, so the first that was handed in is number 1.
    attempts = Attempt.objects.filter(
        version=version, number=1, is_practice=False, submitted_at__isnull=False
    ).annotate(asked_json=Cast("asked", models.TextField()))
    rows = attempts.order_by("submitted_at", "pk", "answers__pk", "answers__values__position").values_list(*_COLUMNS)
    for _, of_attempt in groupby(rows.iterator(chunk_size=_CHUNK), key=itemgetter(0)):
        yield reading.taking(list(of_attempt))


class _Reading:
    """Rows of the database as attempts. What an answer is worth is reckoned once for all who gave it."""

    def __init__(self, version: QuizVersion, texts: TextsOfVersion) -> None:
        self.texts = texts
        self.questions = {question.id: question for question in version.questions if takes_answer(question)}
        self.offers = {key: frozenset(item_of(question).offered) for key, question in self.questions.items()}
        self.asked = lru_cache(maxsize=1_000)(self._asked)
        self.response = lru_cache(maxsize=_REMEMBERED)(self._response)

    def taking(self, rows: list[_Row]) -> Taking:
        """Return an attempt; rows: one for each value of each answer, the columns as `_COLUMNS` has them."""
        _, asked, started_at, submitted_at, *_ = rows[0]
        given: dict[str, dict[str, list[str]]] = {}
        languages = {}
        for *_, question_id, language, part, value in rows:
            if question_id is not None and part is not None:
                given.setdefault(question_id, {}).setdefault(part, []).append(value)
                languages[question_id] = language
        responses = {}
        for question_id in self.asked(asked):
            parts = tuple((part, tuple(values)) for part, values in given.get(question_id, {}).items())
            responses[question_id] = self.response(question_id, parts, languages.get(question_id, ""))
        spoken = set(languages.values())
        return Taking(
            language=spoken.pop() if len(spoken) == 1 else MIXED,
            seconds=round((submitted_at - started_at).total_seconds()),
            responses=responses,
        )

    def _asked(self, stored: str) -> tuple[str, ...]:
        return tuple(question_id for question_id in json.loads(stored) if question_id in self.questions)

    def _response(self, question_id: str, parts: tuple[tuple[str, tuple[str, ...]], ...], language: str) -> Response:
        question = self.questions[question_id]
        given = Given(dict(parts), language)
        if given.is_empty:
            return Response(is_open=True)
        share = share_of(question, given, self.texts.of(question_id, language))
        return Response(points=round(share * question.points * UNIT), picks=self._picks(question, given.parts))

    def _picks(self, question: Question, parts: Mapping[str, tuple[str, ...]]) -> frozenset[Pick]:
        """Return what is counted of an answer: what was chosen, or what was typed where that is graded.

        What somebody wrote for themselves is counted nowhere.
        """
        offers = self.offers[question.id]
        picks = {(part, value) for part, values in parts.items() for value in values if value}
        if offers:
            return frozenset(picks & offers)
        if not is_graded(question):
            return frozenset()
        return frozenset((part, alike(value)) for part, value in picks)


def alike(text: str) -> str:
    """Return a typed text without what makes no difference to a count: case, spaces, ways to write an accent."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
