"""One record in every language: what was done counts the same, and no word of any language has a say in it."""

import datetime as dt
import random
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail_localize.models import StringTranslation

from lessons.outline import current_outline
from openmuseums.learners.models import Learner
from openmuseums.learners.projection import stored_record_of
from openmuseums.learners.recording import mark_read, record_answers
from openmuseums.learners.standing import Standing, standing_of
from openmuseums.people.models import User
from quizzes.attempts.results import score_of
from quizzes.attempts.taking import given_in, save_answers, start_attempt, submit_attempt
from quizzes.models import Attempt, QuizPage, QuizTexts, QuizVersion, Result
from tests.answers import result_of, whole
from tests.factories import NOW, FixtureCourse, in_language, make_learner, make_translation

SEED = 20261102
ATTEMPTS = 500
LANGUAGES = [code for code, _name in settings.LANGUAGES]
HOSTILE = (
    "<script>alert(1)</script>", "</fieldset>", '" onload="x', "{{ 7|add:7 }}", "{% now %}", "%(counter)s",
    "'; DROP TABLE", "\u202e", "\u2400", "🏛️", "ß", "İ", "ς", "\u00a0", "a\u0301", "true", "null", "0", "-1", "[]",
)  # fmt: skip


def noise(turn: random.Random) -> str:
    """Return a random text, hostile in parts and never empty."""
    parts = [turn.choice(HOSTILE) if turn.random() < 0.5 else chr(turn.randrange(0x21, 0x24F)) for _ in range(8)]
    return "x" + "".join(parts)


def with_noise(value: Any, turn: random.Random) -> Any:
    """Return a question as stored, with every text in it another."""
    if isinstance(value, list):
        return [with_noise(part, turn) for part in value]
    if isinstance(value, dict):
        return {
            name: noise(turn) if name in {"prompt", "text", "feedback"} else with_noise(part, turn)
            for name, part in value.items()
        }
    return value


def record_attempts(quizzes: list[QuizPage], turn: random.Random) -> None:
    """Record attempts of many learners, each answered in several languages, some questions left open."""
    learners = [make_learner() for _ in range(25)]
    for number in range(ATTEMPTS):
        learner, quiz = learners[number % len(learners)], turn.choice(quizzes)
        now = NOW + dt.timedelta(minutes=number)
        attempt = start_attempt(learner=learner, quiz_key=quiz.translation_key, now=now)
        chosen = {}
        for question in attempt.version.questions:
            ids = [choice.id for choice in question.choices]
            most = 1 if question.kind == "single_choice" else len(ids)
            chosen[question.id] = whole(*turn.sample(ids, turn.randint(0, most)))
        first = next(iter(chosen))
        for responses in ({first: chosen.pop(first)}, chosen):
            save_answers(attempt=attempt, responses=responses, language=turn.choice(LANGUAGES), now=now)
        submit_attempt(attempt_id=attempt.pk, learner=learner, now=now)


def scores() -> dict[Any, Any]:
    """Return what every attempt is worth when it is scored anew, and what was chosen in it."""
    found = {}
    for attempt in Attempt.objects.select_related("version"):
        given = given_in(attempt)
        found[attempt.pk] = (score_of(attempt, given), given)
    return found


def results_kept() -> list[Any]:
    """Return every result that was kept."""
    return list(Result.objects.order_by("attempt").values_list("attempt", "points", "points_possible", "passed"))


def test_recorded_attempts_score_the_same_whatever_the_words_of_every_language(course: FixtureCourse) -> None:
    turn = random.Random(SEED)  # noqa: S311 - the same attempts at every run
    quizzes = list(course.quizzes.values())
    for quiz in quizzes:
        for language in LANGUAGES[1:]:
            make_translation(quiz, language)
    record_attempts(quizzes, turn)
    before = scores()
    results = list(
        Attempt.objects.order_by("pk").values_list("pk", "result__points", "result__points_possible", "result__passed")
    )
    assert len(before) == ATTEMPTS
    assert len({score.points for score, _chosen in before.values()}) == 5  # from none to all four points
    structures = list(QuizVersion.objects.order_by("pk").values_list("digest", "structure"))

    for quiz in quizzes:
        page = QuizPage.objects.get(pk=quiz.pk)
        page.title = noise(turn)
        page.questions = with_noise(list(page.questions.get_prep_value()), turn)
        page.save_revision().publish()
        words: dict[str, str] = {}
        for language in LANGUAGES[1:]:
            make_translation(page, language, _Noise(turn))
            words |= {text.texts[next(iter(text.texts))]["prompt"]: language for text in _newest(quiz, language)}
        assert len(words) == len(LANGUAGES) - 1  # each language has words of its own
    StringTranslation.objects.update(data="x")
    QuizTexts.objects.filter(number=1).delete()

    assert list(QuizVersion.objects.order_by("pk").values_list("digest", "structure")) == structures
    assert scores() == before
    assert (
        list(
            Attempt.objects.order_by("pk").values_list(
                "pk", "result__points", "result__points_possible", "result__passed"
            )
        )
        == results
    )


class _Noise(dict[str, str]):
    """Translates any text into a random one."""

    def __init__(self, turn: random.Random) -> None:
        super().__init__()
        self._turn = turn

    def __bool__(self) -> bool:
        return True

    def get(self, key: str, default: Any = None) -> str:
        """Return a random text."""
        # What is HTML may not be broken, and no translation may be blank or steer.
        text = noise(self._turn).replace("<", "{").replace("&", "+")
        return "x" + "".join(letter if letter.isprintable() else " " for letter in text)


def _newest(quiz: QuizPage, language: str) -> list[QuizTexts]:
    rows = QuizTexts.objects.filter(version__quiz_key=quiz.translation_key, language=language).order_by("-number")
    return list(rows[:1])


@pytest.fixture
def everywhere(course: FixtureCourse) -> FixtureCourse:
    """Return the course in all five languages, of which none but the source has all."""
    for language in LANGUAGES[1:]:
        make_translation(course.quizzes["marketing"], language)
    make_translation(course.units["digital-strategy"], "el")
    return course


def counts_of(standing: Standing) -> Any:
    """Return a standing without its words."""
    return (
        standing.is_enrolled,
        standing.progress,
        standing.read_keys,
        standing.next_step and standing.next_step.page_key,
        [(found.chapter.page_key, found.progress) for found in standing.chapters],
        [(quiz.item.page_key, quiz.result, quiz.is_passed) for quiz in standing.quizzes],
        [list(row.cells) for row in standing.grid],
    )


def test_learner_stands_the_same_in_every_language(everywhere: FixtureCourse, user: User, learner: Learner) -> None:
    unit, quiz = everywhere.units["digital-strategy"], everywhere.quizzes["marketing"]
    mark_read(learner=learner, page_key=everywhere.units["online-safety"].translation_key, now=NOW)
    mark_read(learner=learner, page_key=unit.translation_key, now=NOW)
    record_answers(learner=learner, page_key=unit.translation_key, answers={unit.body[3].id: True}, now=NOW)
    attempt = start_attempt(learner=learner, quiz_key=quiz.translation_key, now=NOW)
    right = {question.id: whole(*question.right_ids) for question in attempt.version.questions}
    save_answers(attempt=attempt, responses=right, language="it", now=NOW)
    submit_attempt(attempt_id=attempt.pk, learner=learner, now=NOW)
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            outline = current_outline()
        assert outline is not None
        found[language] = counts_of(standing_of(outline, stored_record_of(user)))
    assert [language for language in LANGUAGES if found[language] != found["en"]] == []
    assert found["en"][1].units_read == 2
    assert [passed for *_rest, passed in found["en"][5]] == [True, False]


def test_attempt_begun_in_italian_goes_on_in_spanish(
    everywhere: FixtureCourse, learner_client: Client, user: User
) -> None:
    quiz = everywhere.quizzes["marketing"]

    def at(language: str, name: str, *args: Any) -> str:
        with translation.override(language):
            return reverse(f"quizzes:{name}", args=args)

    begun = learner_client.post(at("it", "start", quiz.translation_key))
    attempt = Attempt.objects.get()
    assert begun.headers["Location"] == at("it", "attempt", attempt.pk)
    first, second, third = attempt.version.questions
    page = learner_client.get(at("it", "attempt", attempt.pk)).content.decode()
    assert in_language("What do you use first?", "it") in page
    answer = {f"question-{first.id}": sorted(first.right_ids)[0]}
    learner_client.post(at("it", "attempt", attempt.pk) + "?view=one&question=1", answer)

    going_on = learner_client.post(at("es", "start", quiz.translation_key), follow=True)
    assert going_on.redirect_chain[0][0] == at("es", "attempt", attempt.pk)
    html = learner_client.get(at("es", "attempt", attempt.pk) + "?view=all").content.decode()
    prompts = ["What do you use first?", "What do you manage?", "What do you make?"]
    places = [html.index(in_language(prompt, "es")) for prompt in prompts]
    assert places == sorted(places)
    assert html.count(" checked>") == 1
    assert f'value="{sorted(first.right_ids)[0]}" checked>' in html
    save_answers(
        attempt=attempt, responses={question.id: whole(*question.right_ids) for question in (second, third)},
        language="es", now=NOW,
    )  # fmt: skip
    done = learner_client.post(at("es", "review", attempt.pk), follow=True)
    assert done.redirect_chain == [(at("es", "result", attempt.pk), 302)]
    attempt.refresh_from_db()
    assert result_of(attempt) == (4, 4, True)


def test_open_attempt_shows_the_newest_words_and_the_sources_where_a_language_lacks_them(
    course: FixtureCourse, learner_client: Client, learner: Learner
) -> None:
    quiz = course.quizzes["marketing"]
    make_translation(quiz, "el", {"What do you use first?": "Τι χρησιμοποιείτε πρώτα;"})
    make_translation(course.course, "nl")
    attempt = start_attempt(learner=learner, quiz_key=quiz.translation_key, now=NOW)

    def legend(language: str) -> str:
        with translation.override(language):
            address = reverse("quizzes:attempt", args=[attempt.pk])
        html = learner_client.get(f"{address}?question=1").content.decode()
        return html[html.index("<legend") : html.index("</legend>")]

    assert (legend("el"), legend("nl")) == (
        "<legend>Τι χρησιμοποιείτε πρώτα;",
        '<legend lang="en">What do you use first?',
    )
    make_translation(quiz, "el", {"What do you use first?": "Με τι αρχίζετε;"})
    make_translation(quiz, "nl", {"What do you use first?": "Wat gebruikt u eerst?"})
    assert (legend("el"), legend("nl")) == ("<legend>Με τι αρχίζετε;", "<legend>Wat gebruikt u eerst?")
