"""Attempts as a reader sees them: frozen questions in the reader's language, what was chosen, what came of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from openmuseums.competences.facets import Facet
from openmuseums.delivery.languages import source_language
from quizzes.blocks.registry import QUESTION_BLOCKS
from quizzes.models import Attempt
from quizzes.scoring import Question, Score

Texts = Mapping[str, Any]


@dataclass(frozen=True)
class ShownChoice:
    """A choice in words. `lang` and `feedback_lang` are empty where the words are in the reader's language."""

    id: str
    text: str
    lang: str
    feedback: str
    feedback_lang: str
    is_chosen: bool
    is_right: bool


@dataclass(frozen=True)
class ShownQuestion:
    """A question in words. `lang` and `feedback_lang` are empty where the words are in the reader's language."""

    number: int
    id: str
    prompt: str
    lang: str
    feedback: str
    feedback_lang: str
    facet: str
    topic: str
    choices: tuple[ShownChoice, ...]
    takes_many: bool
    template: str
    points: int
    points_possible: int
    is_right: bool

    @property
    def is_open(self) -> bool:
        """Return whether nothing is chosen yet."""
        return not any(choice.is_chosen for choice in self.choices)

    @property
    def chosen_ids(self) -> str:
        """Return the ids of what is chosen, as the form sends them back to tell what was changed in it."""
        return ",".join(choice.id for choice in self.choices if choice.is_chosen)


@dataclass(frozen=True)
class ShownFacet:
    """How the questions of a facet went."""

    key: str
    right: int
    asked: int


def shown_questions(
    attempt: Attempt, *, chosen: Mapping[str, Collection[str]], language: str, result: Score | None = None
) -> list[ShownQuestion]:
    """Return the questions of an attempt in their order, in words of the version that was asked.

    What a translation lacks, or says as the source does, is shown and marked in the source's language. Points and right
    are filled in from the result.
    """
    texts, fallback = _texts(attempt, language)
    source = source_language()
    return [
        _shown(
            number,
            question,
            _in_words(question, texts, fallback, source if source != language else ""),
            frozenset(chosen.get(question.id, ())),
            result,
        )
        for number, question in enumerate(attempt.version.questions, start=1)
    ]


def shown_facets(result: Score) -> list[ShownFacet]:
    """Return how the facets that were asked about went, in the guide's order."""
    return [
        ShownFacet(facet.value, result.by_facet[facet].right, result.by_facet[facet].asked)
        for facet in Facet
        if facet in result.by_facet
    ]


@dataclass(frozen=True)
class _Words:
    """Words of a question, each with its language; choices by id: text, its language, feedback, its language."""

    prompt: tuple[str, str]
    feedback: tuple[str, str]
    choices: Mapping[str, tuple[str, str, str, str]]


def _texts(attempt: Attempt, language: str) -> tuple[Texts, Texts]:
    """Return the texts in a language and in the source's: of a finished attempt those it was handed in with."""
    rows: dict[str, list[tuple[Any, int]]] = {}
    listed = attempt.version.texts.filter(language__in={language, source_language()}).order_by("number")
    for code, created_at, pk in listed.values_list("language", "created_at", "pk"):
        rows.setdefault(code, []).append((created_at, pk))

    def pick(code: str) -> int | None:
        history = rows.get(code, [])
        until = attempt.submitted_at
        held = [pk for created_at, pk in history if until is None or created_at <= until]
        # A translation that came later is better than none.
        return held[-1] if held else next((pk for _, pk in history), None)

    wanted = {code: pick(code) for code in (language, source_language())}
    found = attempt.version.texts.in_bulk([pk for pk in wanted.values() if pk is not None])

    def texts_in(code: str) -> Texts:
        pk = wanted[code]
        return found[pk].texts if pk is not None else {}

    return texts_in(language), texts_in(source_language())


def _in_words(question: Question, texts: Texts, fallback: Texts, fallback_lang: str) -> _Words:
    mine, source = texts.get(question.id, {}), fallback.get(question.id, {})

    def pick(here: Mapping[str, Any], there: Mapping[str, Any], name: str) -> tuple[str, str]:
        text, original = here.get(name, ""), there.get(name, "")
        if text and text != original:
            return text, ""
        return original, fallback_lang

    def pick_choice(choice_id: str) -> tuple[str, str, str, str]:
        here = mine.get("choices", {}).get(choice_id, {})
        there = source.get("choices", {}).get(choice_id, {})
        return (*pick(here, there, "text"), *pick(here, there, "feedback"))

    return _Words(
        prompt=pick(mine, source, "prompt"),
        feedback=pick(mine, source, "feedback"),
        choices={choice.id: pick_choice(choice.id) for choice in question.choices},
    )


def _shown(
    number: int, question: Question, words: _Words, chosen: frozenset[str], result: Score | None
) -> ShownQuestion:
    block = _BLOCKS[question.kind]
    return ShownQuestion(
        number=number,
        id=question.id,
        prompt=words.prompt[0],
        lang=words.prompt[1],
        feedback=words.feedback[0],
        feedback_lang=words.feedback[1],
        facet=question.facet,
        topic=question.topic,
        choices=tuple(
            ShownChoice(choice.id, *words.choices[choice.id], choice.id in chosen, choice.right)
            for choice in question.choices
        ),
        takes_many=block.takes_many,
        template=block.meta.template,
        points=result.points_by_question[question.id] if result else 0,
        points_possible=question.points,
        is_right=result.right[question.id] if result else False,
    )


_BLOCKS = {kind: block() for kind, block in QUESTION_BLOCKS.items()}
