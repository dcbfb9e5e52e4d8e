"""What came of an attempt, as its page tells it: when it is explained, what to read again, how earlier ones went."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from openmuseums.delivery.languages import source_language
from openmuseums.learners.outline import OutlineChapter
from quizzes.attempts.rereading import Place
from quizzes.attempts.showing import ShownFacet, shown_facets
from quizzes.models import Attempt, QuizPage, Result
from quizzes.running.rules import AFTER_CLOSING
from quizzes.scoring import Score, Tally


@dataclass(frozen=True)
class Competence:
    """How the questions of a facet went, and what the lesson says one can do there. lang: as `Word` has it."""

    facet: ShownFacet
    statement: str
    lang: str


@dataclass(frozen=True)
class Reread:
    """Something to read again, and how the questions about it went."""

    title: str
    url: str
    lang: str
    tally: Tally


@dataclass(frozen=True)
class Run:
    """One of a learner's own attempts, to compare. share: per cent of the points, rounded down, so that what looks like
    the pass mark is a pass. is_alike: it asked the same questions as the one it is compared with.
    """

    attempt: Attempt
    share: int
    is_this: bool
    is_alike: bool


def explained_from(attempt: Attempt, now: dt.datetime) -> dt.datetime | None:
    """Return the moment that the answers of a handed-in attempt wait for before they are explained; None for no wait.

    A quiz that explains after closing, but is not offered any longer or never closes, has nothing to wait for.
    """
    if attempt.is_practice or attempt.version.how.feedback != AFTER_CLOSING:
        return None
    page = QuizPage.offered(attempt.quiz_key)
    closes_at = page.closes_at if page else None
    return closes_at if closes_at is not None and now < closes_at else None


def competences(score: Score, chapter: OutlineChapter | None) -> list[Competence]:
    """Return how each facet went, with the lesson's competence statement where there is one."""
    statements = dict(chapter.statements) if chapter else {}
    lang = chapter.language if chapter else ""
    return [Competence(facet, statements.get(facet.key, ""), lang) for facet in shown_facets(score)]


def rereads(places: Mapping[str, Place], by_topic: Mapping[str, Tally]) -> list[Reread]:
    """Return what to read again, each title once: several topics may lead to one section of a unit."""
    found: dict[str, Reread] = {}
    for topic, (title, url, lang) in places.items():
        before = found.get(title)
        if before:
            found[title] = replace(before, tally=_sum(before.tally, by_topic[topic]))
        else:
            found[title] = Reread(title, url, lang, by_topic[topic])
    return list(found.values())


def runs(attempt: Attempt) -> list[Run]:
    """Return the learner's own attempts at the quiz up to this one, in their order; one query. Practice has none."""
    if attempt.is_practice:
        return []
    own = Attempt.objects.filter(
        learner=attempt.learner_id,
        quiz_key=attempt.quiz_key,
        is_practice=False,
        number__lte=attempt.number,
        submitted_at__isnull=False,
    )
    return [
        Run(
            each,
            share_in_per_cent(each.result) if each.result else 0,
            is_this=each.pk == attempt.pk,
            is_alike=each.version_id == attempt.version_id and sorted(each.asked) == sorted(attempt.asked),
        )
        for each in own.select_related("result").order_by("number")
    ]


def graded_again(attempt: Attempt, outcome: Score, language: str) -> dict[str, Any]:
    """Return what a result's page says of grading it again: all results in their order; nothing where there is one.

    outcome: what the answers are worth by the result that holds. language: the reader's.
    """
    held = attempt.held
    if held.number == 1:
        return {}
    return {
        "history": list(attempt.results.order_by("number")),
        "keeps_pass": held.passed and not outcome.passed,
        "reason_lang": source_language() if language != source_language() else "",
    }


def share_in_per_cent(result: Result) -> int:
    """Return the points of a result in per cent of those possible, rounded down."""
    return int(result.points * 100 // result.points_possible) if result.points_possible else 0


def _sum(one: Tally, other: Tally) -> Tally:
    return Tally(
        right=one.right + other.right,
        asked=one.asked + other.asked,
        points=one.points + other.points,
        possible=one.possible + other.possible,
    )
