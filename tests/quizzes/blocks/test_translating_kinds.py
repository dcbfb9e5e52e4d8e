"""What translators are sent of each kind of question, and what stays the same in every language."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from openmuseums.segments.units import units_of
from quizzes.blocks.registry import QUESTION_BLOCKS, questions_in
from quizzes.models import QuizPage, QuizVersion
from quizzes.scoring import Words
from tests.factories import in_language, make_translation
from tests.files import make_picture, picture_bytes
from tests.kinds import example

Republish = Callable[..., QuizPage]


@pytest.fixture
def page(quiz: QuizPage, republish: Republish) -> QuizPage:
    """Return a quiz that asks a question of each kind, and one of each that may stand there under a case."""
    picture = make_picture(content=picture_bytes(800, 600)).pk
    below = {kind: block for kind, block in QUESTION_BLOCKS.items() if block.in_scenarios}
    case = example("scenario", questions=[_about(kind, picture) for kind in below])
    kinds = [_about(kind, picture) for kind in QUESTION_BLOCKS if kind != "scenario"]
    return republish(quiz, questions=[*kinds, case])


def _about(kind: str, picture: int) -> dict[str, Any]:
    return example(kind, **({"image": picture} if kind == "hotspot" else {}))


def texts_in(words: Words) -> Iterator[str]:
    for text in words.values():
        if isinstance(text, str):
            yield text
        else:
            yield from texts_in(text)


def test_every_text_is_translated_and_nothing_else(page: QuizPage) -> None:
    greek = make_translation(page, "el")
    of_source, of_greek = (list(questions_in(each.questions, page="")) for each in (page, greek))
    assert [question.id for question, _words in of_greek] == [question.id for question, _words in of_source]
    for (question, words), (_question, translated) in zip(of_source, of_greek, strict=True):
        texts = [text for text in texts_in(words) if text]
        assert [text for text in texts_in(translated) if text] == [in_language(text, "el") for text in texts], (
            question.kind
        )
    sent = [unit.source for unit in units_of(page)]
    assert [text for text in sent if re.fullmatch(r"[\d.,\s-]*|true|false|rectangle|round|optional|wanted", text)] == []


def test_texts_under_a_case_are_frozen_with_those_of_the_others(page: QuizPage) -> None:
    greek = make_translation(page, "el")
    version = QuizVersion.objects.latest("number")
    texts = version.texts.get(language="el").texts
    assert set(texts) == {question.id for question in version.questions}
    case = greek.questions[-1]
    assert [texts[child.id]["prompt"] for child in case.value["questions"]] == [
        in_language(child.value["prompt"], "el") for child in page.questions[-1].value["questions"]
    ]


def test_translators_are_told_the_place_of_a_text_under_a_case(page: QuizPage) -> None:
    places = {unit.place.field_path for unit in units_of(page)}
    assert {
        "questions.scenario.title",
        "questions.scenario.questions.numeric.values.item.feedback",
        "questions.scenario.questions.short_answer.answers.item.accepted",
        "questions.hotspot.choices.item.text",
        "questions.reflection.prompt",
    } <= places
