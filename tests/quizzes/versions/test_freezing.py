"""Frozen versions of quizzes."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from openmuseums.editorial.gate import NotFitToPublish
from quizzes.blocks.registry import questions_in
from quizzes.models import QuizPage, QuizTexts, QuizVersion
from quizzes.versions.freezing import freeze_version, newest_version
from tests.factories import NOW, FixtureCourse, block, choice, single_choice

pytestmark = pytest.mark.django_db

Republish = Callable[..., QuizPage]
RawQuestions = Callable[[QuizPage], list[dict[str, Any]]]


def versions_of(quiz: QuizPage) -> list[QuizVersion]:
    return list(QuizVersion.objects.filter(quiz_key=quiz.translation_key).order_by("number"))


def test_publication_freezes_structure_and_texts(quiz: QuizPage, raw_questions: RawQuestions) -> None:
    (version,) = versions_of(quiz)
    first = raw_questions(quiz)[0]

    assert (version.number, version.pass_mark) == (1, 60)
    assert version.structure[0] == {
        "id": first["id"],
        "kind": "single_choice",
        "page": str(quiz.translation_key),
        "facet": "use",
        "topic": "swot",
        "points": 1,
        "choices": [{"id": item["id"], "right": item["value"]["right"]} for item in first["value"]["choices"]],
    }
    assert [question.kind for question in version.questions] == ["single_choice", "single_choice", "multiple_choice"]
    (texts,) = version.texts.all()
    assert (texts.language, texts.number) == ("en", 1)
    assert texts.texts[first["id"]] == {
        "prompt": "What do you use first?",
        "feedback": "",
        "hint": "",
        "choices": {
            item["id"]: {"text": item["value"]["text"], "feedback": "Because of what the unit says."}
            for item in first["value"]["choices"]
        },
    }


def test_republication_without_change_adds_nothing(quiz: QuizPage, republish: Republish) -> None:
    republish(quiz)
    republish(quiz, title="Another title", introduction="<p>New words around the questions.</p>")
    assert (QuizVersion.objects.filter(quiz_key=quiz.translation_key).count(), len(versions_of(quiz))) == (1, 1)
    assert versions_of(quiz)[0].texts.count() == 1


def test_draft_freezes_nothing(quiz: QuizPage) -> None:
    page = QuizPage.objects.get(pk=quiz.pk)
    page.pass_mark = 90
    page.save_revision()
    assert len(versions_of(quiz)) == 1


def test_changed_words_are_added_to_the_same_version(
    quiz: QuizPage, republish: Republish, raw_questions: RawQuestions
) -> None:
    questions = raw_questions(quiz)
    questions[0]["value"]["prompt"] = "What would you use first?"
    republish(quiz, questions=questions)

    (version,) = versions_of(quiz)
    prompts = [row.texts[questions[0]["id"]]["prompt"] for row in version.texts.order_by("number")]
    assert prompts == ["What do you use first?", "What would you use first?"]


def test_words_changed_back_are_the_newest_again(
    quiz: QuizPage, republish: Republish, raw_questions: RawQuestions
) -> None:
    before = raw_questions(quiz)
    changed = raw_questions(quiz)
    changed[0]["value"]["prompt"] = "What would you use first?"
    republish(quiz, questions=changed)
    republish(quiz, questions=before)

    rows = list(versions_of(quiz)[0].texts.order_by("number"))
    assert [row.number for row in rows] == [1, 2, 3]
    assert rows[0].digest == rows[2].digest != rows[1].digest


@pytest.mark.parametrize("change", ["right", "points", "facet", "topic", "order", "removed", "added", "pass_mark"])
def test_changed_structure_or_pass_mark_makes_a_new_version(
    quiz: QuizPage, change: str, republish: Republish, raw_questions: RawQuestions
) -> None:
    questions, fields = raw_questions(quiz), {}
    value = questions[0]["value"]
    if change == "right":
        value["choices"][0]["value"]["right"] = False
        value["choices"][1]["value"]["right"] = True
    elif change in {"points", "facet", "topic"}:
        value[change] = {"points": 3, "facet": "understand", "topic": "smart"}[change]
    elif change == "order":
        questions.reverse()
    elif change == "removed":
        questions.pop()
    elif change == "added":
        questions.append(single_choice("One more?"))
    else:
        fields["pass_mark"] = 75
    republish(quiz, questions=questions, **fields)

    first, second = versions_of(quiz)
    assert (first.number, second.number) == (1, 2)
    assert first.digest != second.digest
    assert newest_version(quiz.translation_key) == second
    assert second.texts.get().language == "en"


def test_change_taken_back_makes_a_third_version(quiz: QuizPage, republish: Republish) -> None:
    republish(quiz, pass_mark=75)
    republish(quiz, pass_mark=60)
    assert [version.pass_mark for version in versions_of(quiz)] == [60, 75, 60]


def test_versions_of_two_quizzes_are_their_own(course: FixtureCourse) -> None:
    assert {quiz.key: len(versions_of(quiz)) for quiz in course.quizzes.values()} == {"marketing": 1, "e-commerce": 1}


def test_freeze_version_again_returns_the_same(quiz: QuizPage) -> None:
    later = NOW + dt.timedelta(days=1)
    assert freeze_version(quiz=quiz, now=later) == versions_of(quiz)[0]
    assert QuizTexts.objects.filter(version__quiz_key=quiz.translation_key).count() == 1


def test_alias_freezes_nothing(quiz: QuizPage, republish: Republish) -> None:
    other_lesson = quiz.get_parent().get_siblings(inclusive=False).type(type(quiz.get_parent().specific)).first()
    assert other_lesson is not None
    alias = QuizPage.objects.get(pk=quiz.pk).create_alias(parent=other_lesson, update_slug="quiz-2")
    republish(quiz, pass_mark=75)

    assert alias.translation_key != quiz.translation_key
    assert alias.quiz_key == quiz.translation_key
    assert not QuizVersion.objects.filter(quiz_key=alias.translation_key).exists()


def test_choice_stored_without_id_is_refused() -> None:
    question = single_choice()
    del question["value"]["choices"][1]["id"]
    page = QuizPage(questions=[question])
    with pytest.raises(ValueError, match="without an id"):
        list(questions_in(page.questions, page=""))


def test_question_stored_without_stream_id_is_refused() -> None:
    question = block("single_choice", {**single_choice()["value"], "choices": [choice("a", right=True)]})
    del question["id"]
    with pytest.raises(ValueError, match="without an id"):
        list(questions_in(QuizPage(questions=[question]).questions, page=""))


def test_two_questions_with_one_id_are_refused(quiz: QuizPage, republish: Republish) -> None:
    question = single_choice()
    with pytest.raises(NotFitToPublish, match="stands here twice"):
        republish(quiz, questions=[question, {**single_choice(), "id": question["id"]}])
