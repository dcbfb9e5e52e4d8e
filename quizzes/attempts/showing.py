"""Attempts as a reader sees them: frozen questions in the reader's language, what was answered, what came of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from openmuseums.competences.facets import Facet
from openmuseums.uploads.models import Picture
from openmuseums.uploads.renditions import pictures_to_show
from quizzes.attempts.results import score_of
from quizzes.attempts.taking import settled_in
from quizzes.blocks.registry import block_of
from quizzes.models import Attempt
from quizzes.questions.registry import is_complete, is_graded
from quizzes.running.drawing import grouped
from quizzes.scoring import NOTHING, Given, Question, Score, Tally
from quizzes.shown import ShownQuestion
from quizzes.versions.texts import TextsOfVersion, texts_of_version


@dataclass(frozen=True)
class Step:
    """What is answered on one page: a question, or a scenario (`case`) with the questions under it."""

    number: int
    questions: tuple[ShownQuestion, ...]
    case: ShownQuestion | None = None

    @property
    def is_open(self) -> bool:
        """Return whether something in it is not answered yet, or not wholly."""
        return not all(question.is_complete for question in self.questions)

    def with_faults(self, faults: Mapping[str, str]) -> "Step":
        """Return it with what is wrong with answers that were not saved. faults: messages by question id."""
        shown = (replace(question, fault=faults.get(question.id, "")) for question in self.questions)
        return replace(self, questions=tuple(shown))


@dataclass(frozen=True)
class ShownFacet:
    """How the questions of a facet went."""

    key: str
    tally: Tally


def shown_steps(  # noqa: PLR0913 - what is shown of an attempt, from its answers to what came of them
    attempt: Attempt,
    *,
    given: Mapping[str, Given],
    language: str,
    result: Score | None = None,
    texts: TextsOfVersion | None = None,
    settled: Collection[str] = (),
) -> list[Step]:
    """Return what an attempt asks, in its order and in words of the version that was asked.

    What a translation lacks, or says as the source does, is shown and marked in the source's language. Points and right
    are filled in from the result. Questions are numbered through; a scenario has no number. settled: ids of questions
    whose answers have been explained.
    """
    languages = {language, *(answer.language for answer in given.values())}
    held = texts or texts_of_version(attempt.version, languages, attempt.submitted_at)
    pictures = pictures_to_show(question.key["image"] for question in attempt.questions if question.key.get("image"))
    steps: list[Step] = []
    number = 0
    for case, questions in grouped(attempt.graded):
        shown = []
        for question in questions:
            number += 1
            answer = given.get(question.id, NOTHING)
            found = _shown(attempt, question, held, language, answer, number, result, pictures)
            shown.append(replace(found, is_settled=question.id in settled))
        about = _shown(attempt, case, held, language, NOTHING, 0, result, pictures) if case else None
        steps.append(Step(len(steps) + 1, tuple(shown), about))
    return steps


def shown_while_open(attempt: Attempt, *, given: Mapping[str, Given], language: str) -> list[Step]:
    """Return what an open attempt asks; answers that have been explained with what came of them."""
    settled = settled_in(attempt)
    score = score_of(attempt, {key: answer for key, answer in given.items() if key in settled}) if settled else None
    return shown_steps(attempt, given=given, language=language, result=score, settled=settled)


def shown_facets(result: Score) -> list[ShownFacet]:
    """Return how the facets that were asked about went, in the guide's order."""
    return [ShownFacet(facet.value, result.by_facet[facet]) for facet in Facet if facet in result.by_facet]


def _shown(  # noqa: PLR0913, PLR0917 - what is shown of a question, from its words to what came of it
    attempt: Attempt,
    question: Question,
    texts: TextsOfVersion,
    language: str,
    given: Given,
    number: int,
    result: Score | None,
    pictures: Mapping[int, Picture],
) -> ShownQuestion:
    return block_of(question.kind).shown(
        question,
        texts.shown(question.id, language),
        given=given,
        arranger=attempt.arranger(question),
        number=number,
        graded_by=texts.of(question.id, given.language),
        picture=pictures.get(question.key.get("image", 0)),
        is_complete=is_complete(question, given),
        is_graded=is_graded(question),
        points=result.points_by_question.get(question.id, Fraction(0)) if result else Fraction(0),
        is_right=bool(result and result.right.get(question.id)),
    )
