"""Attempts that figures are reckoned from."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from quizzes.figures.collecting import alike, figures_of_version, item_of, takings_of
from quizzes.figures.shown import Facility, Figures
from quizzes.figures.statistics import Correlation, Why
from quizzes.figures.tallies import MIXED, UNIT
from quizzes.models import Answer, Attempt, QuizPage, QuizTexts, QuizVersion
from quizzes.questions.registry import offered
from quizzes.scoring import Parts, Question
from quizzes.versions.texts import texts_of_version
from tests.factories import NOW, block, item
from tests.quizzes.figures.keeping import keep_attempts, right_choices, wrong_choice


@pytest.fixture
def version(quiz: QuizPage) -> QuizVersion:
    return QuizVersion.objects.get(quiz_key=quiz.quiz_key)


def figures(version: QuizVersion) -> Figures:
    return figures_of_version(version, texts_of_version(version, ["en", "nl"]))


def first(version: QuizVersion, *, right: bool, place: int = 0) -> dict[str, Parts]:
    """Return answers to the first two questions: right or wrong in the first, and right every second time."""
    answers = {
        1: right_choices(version, 1) if right else wrong_choice(version, 1),
        2: right_choices(version, 2) if place % 2 else wrong_choice(version, 2),
    }
    return {version.questions[number - 1].id: parts for number, parts in answers.items()}


def test_figures_of_kept_attempts(version: QuizVersion) -> None:
    keep_attempts(version, [first(version, right=place < 15, place=place) for place in range(20)])
    found = figures(version)
    assert (found.attempts, found.minutes, dict(found.groups)) == (20, 10, {"en": 20})
    one, two, three = found.items
    assert (one.asked, one.facility) == (20, Facility(Fraction(3, 4)))
    assert (two.asked, two.facility) == (20, Facility(Fraction(1, 2)))
    assert isinstance(two.discrimination, Correlation)
    # The third, of which part may be right, was left open by all.
    assert (three.asked, three.discrimination) == (20, Why.HIDDEN)


def test_numbers_of_queries_do_not_grow(version: QuizVersion, django_assert_num_queries: Callable[..., Any]) -> None:
    texts = texts_of_version(version, ["en"])
    for count in (1, 30):
        keep_attempts(version, [first(version, right=True)] * count)
        with django_assert_num_queries(1):
            figures_of_version(version, texts)


def test_only_first_attempts_that_were_handed_in_count(version: QuizVersion) -> None:
    answers = [first(version, right=True)]
    counted = keep_attempts(version, answers)
    keep_attempts(version, answers, number=2)
    keep_attempts(version, answers, is_practice=True)
    learner = keep_attempts(version, answers, number=2)[0].learner
    Attempt.objects.create(
        learner=learner, quiz_key=version.quiz_key, version=version, number=1, started_at=counted[0].started_at
    )
    assert len(list(takings_of(version, texts_of_version(version, ["en"])))) == len(counted)


def test_attempt_at_another_version_does_not_count(
    quiz: QuizPage, version: QuizVersion, republish: Callable[..., QuizPage]
) -> None:
    keep_attempts(version, [first(version, right=True)] * 5)
    republish(quiz, pass_mark=70)
    newest = QuizVersion.objects.filter(quiz_key=quiz.quiz_key).latest("number")
    assert newest != version
    assert (figures(newest).attempts, figures(version).attempts) == (0, 5)


def test_attempt_in_two_languages_belongs_to_neither(version: QuizVersion) -> None:
    attempt = keep_attempts(version, [first(version, right=True)])[0]
    Answer.objects.filter(attempt=attempt, question_id=version.questions[0].id).update(language="nl")
    keep_attempts(version, [first(version, right=True)], language="nl")
    keep_attempts(version, [{}])
    takings = list(takings_of(version, texts_of_version(version, ["en"])))
    assert sorted(taking.language for taking in takings) == [MIXED, MIXED, "nl"]


def test_attempt_says_what_was_asked_answered_and_worth(version: QuizVersion) -> None:
    asked = [version.questions[2].id, version.questions[0].id]
    keep_attempts(version, [{asked[0]: wrong_choice(version, 3)}], asked=asked, minutes=7)
    taking = next(takings_of(version, texts_of_version(version, ["en"])))
    assert (taking.language, taking.seconds, list(taking.responses)) == ("en", 420, asked)
    assert [(one.points, one.is_open, len(one.picks)) for one in taking.responses.values()] == [
        (0, False, 1),
        (0, True, 0),
    ]


def test_drawn_questions_have_no_discrimination(
    quiz: QuizPage, version: QuizVersion, republish: Callable[..., QuizPage]
) -> None:
    republish(quiz, draws=2)
    drawn = QuizVersion.objects.filter(quiz_key=quiz.quiz_key).latest("number")
    ids = [question.id for question in drawn.questions]
    for asked in (ids[:2], ids[1:]):
        keep_attempts(drawn, [first(drawn, right=place % 2 == 0, place=place) for place in range(10)], asked=asked)
    found = figures(drawn)
    assert [one.asked for one in found.items] == [10, 20, 10]
    assert [one.discrimination for one in found.items] == [Why.DRAWN, Why.NO_REST, Why.DRAWN]


def test_typed_answers_are_graded_by_what_their_language_accepts(
    quiz: QuizPage, republish: Callable[..., QuizPage]
) -> None:
    group = item({"accepted": "owned media", "share": 100, "feedback": ""})
    typed = block("short_answer", {"prompt": "Whose site?", "answers": [group], "facet": "use", "topic": "swot"})
    typed["value"] |= {"points": 1, "case_matters": False, "accents_matter": False, "wildcards": False}
    republish(quiz, questions=[typed])
    version = QuizVersion.objects.filter(quiz_key=quiz.quiz_key).latest("number")
    words = {typed["id"]: {"answers": {group["id"]: {"accepted": "eigen media"}}}}
    QuizTexts.objects.create(version=version, language="nl", number=1, digest="", texts=words, created_at=NOW)
    for language, counts in {
        "en": {"owned media": 11, " Owned  Media": 9, "eigen media": 20},
        "nl": {"eigen media": 10, "own": 1, "Own media of Maria": 9},
    }.items():
        given = [text for text, count in counts.items() for _ in range(count)]
        keep_attempts(version, [{typed["id"]: {"": (text,)}} for text in given], language=language)
    found = figures(version).items[0]
    assert found.facility == Facility(Fraction(30, 60), is_rounded=True)
    # The same words are right in Dutch and wrong in English, so answers do not fall into right and wrong.
    assert [(row.pick, row.is_right, row.count) for row in found.parts[0].rows] == [
        (("", "eigen media"), True, 30),
        (("", "owned media"), True, 20),
    ]


def test_reflections_are_never_counted_by_what_they_say(quiz: QuizPage, republish: Callable[..., QuizPage]) -> None:
    own = block("reflection", {"prompt": "What do you take with you?", "facet": "use", "topic": "swot"})
    republish(quiz, questions=[own])
    version = QuizVersion.objects.filter(quiz_key=quiz.quiz_key).latest("number")
    keep_attempts(version, [{own["id"]: {"": ("Nothing",)}}] * 20)
    found = figures(version).items[0]
    assert (found.asked, found.facility, found.parts) == (20, None, ())


def test_self_ratings_are_counted(quiz: QuizPage, republish: Callable[..., QuizPage]) -> None:
    own = block("self_rating", {"prompt": "I can do it.", "facet": "use", "topic": "swot"})
    republish(quiz, questions=[own])
    version = QuizVersion.objects.filter(quiz_key=quiz.quiz_key).latest("number")
    steps = ["1"] * 9 + ["2"] * 6 + ["3"] * 15 + ["4"] * 10
    keep_attempts(version, [{own["id"]: {"": (step,)}} for step in steps])
    part = figures(version).items[0].parts[0]
    assert [row.count for row in part.rows] == [None, 6, 15, 10]


def test_typed_text_is_counted_without_what_makes_no_difference() -> None:
    assert {alike(text) for text in ("Owned  Media ", "owned media", "OWNED\tMEDIA")} == {"owned media"}
    assert alike("e\u0301") == alike("\u00e9")


@pytest.mark.parametrize(
    ("kind", "key", "offers"),
    [
        ("true_false", {"answer": "false"}, {"": {"true": False, "false": True}}),
        ("self_rating", {}, {"": dict.fromkeys("1234", False)}),
        ("single_choice", {"choices": [{"id": "a", "right": True}]}, {"": {"a": True}}),
        (
            "ordering",
            {"items": [{"id": "x"}, {"id": "y"}]},
            {"x": {"1": True, "2": False}, "y": {"1": False, "2": True}},
        ),
        (
            "fill_in",
            {"gaps": [{"id": "g", "choices": [{"id": "a", "right": False}, {"id": "b", "right": True}]}]},
            {"g": {"a": False, "b": True}},
        ),
        (
            "matching",
            {
                "pairs": [{"id": "p", "answer": "a", "option": "a"}, {"id": "q", "answer": "b", "option": "b"}],
                "distractors": [{"id": "d", "option": "c"}],
            },
            {"p": {"a": True, "b": False, "c": False}, "q": {"a": False, "b": True, "c": False}},
        ),
        ("reflection", {}, {}),
        ("short_answer", {}, {}),
        ("numeric", {}, {}),
    ],
)
def test_kind_says_what_it_offers(kind: str, key: dict[str, Any], offers: dict[str, dict[str, bool]]) -> None:
    assert offered(Question("q", kind, key=key)) == offers


def test_points_are_counted_where_a_kind_is_graded() -> None:
    choices = [{"id": "a", "right": True}, {"id": "b", "right": False}]
    graded = item_of(Question("q", "single_choice", points=3, key={"choices": choices}))
    assert (graded.points, graded.offered, graded.right) == (3 * UNIT, (("", "a"), ("", "b")), {("", "a")})
    assert item_of(Question("q", "self_rating")).points == 0
