"""A learner's way through a quiz: begin, answer, review, hand in, see what came of it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmuseums.delivery.closing import is_closed_to
from openmuseums.delivery.languages import source_language
from openmuseums.learners.outline import OutlineChapter, get_outline
from openmuseums.learners.views import to_begin
from openmuseums.learners.visiting import learner_for, rows_of
from quizzes.attempts import (
    AlreadyHandedInError,
    AnswersRefusedError,
    NotOfferedError,
    given_in,
    save_answers,
    start_attempt,
    submit_attempt,
)
from quizzes.blocks.registry import block_of
from quizzes.drawing import grouped
from quizzes.forms import changed_answers, submit_key
from quizzes.models import Attempt, QuizPage
from quizzes.reading import texts_of_version
from quizzes.rereading import Place, places_of
from quizzes.results import languages_in, score_of
from quizzes.scoring import Given, points_to_pass
from quizzes.showing import Step, shown_facets, shown_steps
from quizzes.shown import ShownQuestion

ALL, ONE = "all", "one"
# What the script that saves while one goes asks for: it must tell an answer that was saved from being sent elsewhere.
STAY = "stay"


@never_cache
@require_POST
def start(request: HttpRequest, quiz_key: UUID) -> HttpResponse:
    """Begin an attempt at a quiz, or go on with the one that is open; a quiz page that is closed says for whom."""
    now = timezone.now()
    learner = learner_for(request, now)
    if learner is None:
        return to_begin(_address_of_quiz(quiz_key))
    if _is_closed_to(request, quiz_key):
        return HttpResponseRedirect(_address_of_quiz(quiz_key))
    try:
        begun = start_attempt(learner=learner, quiz_key=quiz_key, now=now)
    except NotOfferedError as error:
        raise Http404 from error
    return HttpResponseRedirect(reverse("quizzes:attempt", args=[begun.pk]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attempt(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Show the questions of an attempt, one or all on a page; save what is sent and go on."""
    rows = rows_of(request)
    if rows is None:
        return to_begin(request.get_full_path())
    own = _own_attempt(rows, attempt_id)
    view = ALL if request.GET.get("view") == ALL else ONE
    number = _number(request, own)
    if request.method == "POST":
        return _save_and_go_on(request, own, view, number)
    if own.submitted_at is not None:
        return HttpResponseRedirect(_result_address(own))
    steps = shown_steps(own, given=given_in(own), language=_language())
    if number is None:
        first_open = next((step.number for step in steps if step.is_open), None)
        if view == ONE and first_open is None:
            return HttpResponseRedirect(reverse("quizzes:review", args=[own.pk]))
        number = first_open or 1
    return _show_attempt(request, own, steps, view=view, number=number)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Show what is answered and what is open before the attempt is handed in; hand it in.

    Handing in again, by a double click, a retry or another tab, leads to the same result: see `submit_attempt`.
    """
    rows = rows_of(request)
    if rows is None:
        return to_begin(request.path)
    own = _own_attempt(rows, attempt_id)
    if request.method == "POST":
        submit_attempt(attempt_id=own.pk, learner=own.learner, key=submit_key(request.POST), now=timezone.now())
        return HttpResponseRedirect(_result_address(own))
    if own.submitted_at is not None:
        return HttpResponseRedirect(_result_address(own))
    steps = shown_steps(own, given=given_in(own), language=_language())
    lines = [_review_line(question, step.number) for step in steps for question in step.questions]
    context = {
        "attempt": own,
        "lines": lines,
        "open_count": sum(not line["is_complete"] for line in lines),
        "submit_key": uuid4(),
        **_surroundings(own),
    }
    return render(request, "quizzes/review.html", context)


@never_cache
@require_safe
def result(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Show what came of an attempt, answer by answer."""
    rows = rows_of(request)
    if rows is None:
        return to_begin(request.path)
    own = _own_attempt(rows, attempt_id)
    if own.submitted_at is None:
        return HttpResponseRedirect(reverse("quizzes:review", args=[own.pk]))
    return _show_result(request, own)


def _save_and_go_on(request: HttpRequest, own: Attempt, view: str, number: int | None) -> HttpResponse:
    answers = changed_answers(request.POST)
    try:
        if answers or own.submitted_at is not None:
            save_answers(attempt=own, responses=answers, language=_language(), now=timezone.now())
    except AlreadyHandedInError:
        notice = _("This attempt was handed in before, so the answers you have just sent were not saved.")
        return _show_result(request, _own_attempt(models.Q(learner=own.learner), own.pk), notice=notice, status=409)
    except AnswersRefusedError as error:
        # What was typed is shown again, so that nothing of it is lost.
        typed = {key: Given(parts, _language()) for key, parts in answers.items()}
        steps = shown_steps(own, given={**given_in(own), **typed}, language=_language())
        return _show_attempt(request, own, steps, view=view, number=number or 1, faults=error.faults)
    if request.POST.get("go") == STAY:
        return HttpResponse(status=204)
    return HttpResponseRedirect(_next_address(own, request.POST.get("go", "next"), view, number or 1))


def _next_address(own: Attempt, go: str, view: str, number: int) -> str:
    last = len(grouped(own.questions))
    if go in {ALL, ONE}:
        return _attempt_address(own, view=go, number=number)
    if go == "previous" and view == ONE and number > 1:
        return _attempt_address(own, view=ONE, number=number - 1)
    if go == "next" and view == ONE and number < last:
        return _attempt_address(own, view=ONE, number=number + 1)
    return reverse("quizzes:review", args=[own.pk])


def _show_attempt(  # noqa: PLR0913 - what is shown, and where in it the reader is
    request: HttpRequest,
    own: Attempt,
    steps: list[Step],
    *,
    view: str,
    number: int,
    faults: dict[str, str] | None = None,
) -> HttpResponse:
    questions = {question.id: question for step in steps for question in step.questions}
    context = {
        "attempt": own,
        "steps": [step.with_faults(faults or {}) for step in (steps if view == ALL else steps[number - 1 : number])],
        "step_count": len(steps),
        "question_count": len(questions),
        "answered_count": sum(not question.is_open for question in questions.values()),
        "view": view,
        "number": number,
        "address": _attempt_address(own, view=view, number=number),
        "faults": [(questions.get(question_id), message) for question_id, message in (faults or {}).items()],
        **_surroundings(own),
    }
    return render(request, "quizzes/attempt.html", context, status=422 if faults else 200)


def _show_result(request: HttpRequest, own: Attempt, *, notice: str = "", status: int = 200) -> HttpResponse:
    given = given_in(own)
    texts = texts_of_version(own.version, {_language(), *languages_in(given)}, own.submitted_at)
    score = score_of(own, given, texts=texts)
    steps = shown_steps(own, given=given, language=_language(), result=score, texts=texts)
    questions = [question for step in steps for question in step.questions]
    places = places_of(question.question.topic for question in questions if question.is_wrong)
    context = {
        "attempt": own,
        "result": own.result,
        "steps": [
            (
                step,
                [
                    (question, places.get(question.question.topic) if question.is_wrong else None)
                    for question in step.questions
                ],
            )
            for step in steps
        ],
        "facets": shown_facets(score),
        "points_needed": points_to_pass(own.result.points_possible, own.version.pass_mark) if own.result else 0,
        "pass_mark": own.version.pass_mark,
        "rereading": _once_each(places.values()),
        "notice": notice,
        **_surroundings(own),
    }
    return render(request, "quizzes/result.html", context, status=status)


def _review_line(question: ShownQuestion, step: int) -> dict[str, Any]:
    block = block_of(question.question.kind)
    return {
        "question": question,
        "step": step,
        "is_complete": question.is_complete,
        "answer": block.summary(question.question, question.words, question.given),
    }


def _once_each(places: Iterable[Place]) -> list[Place]:
    """Return each title once: several questions may lead to one section of a unit."""
    by_title: dict[str, Place] = {}
    for place in places:
        by_title.setdefault(place[0], place)
    return list(by_title.values())


def _own_attempt(rows: models.Q, attempt_id: UUID) -> Attempt:
    """Return an attempt of the person's own; another's is not found, as if there were none."""
    return get_object_or_404(Attempt.objects.select_related("version", "learner", "result").filter(rows), pk=attempt_id)


def _number(request: HttpRequest, own: Attempt) -> int | None:
    asked = request.GET.get("question", "")
    number = int(asked) if asked.isdecimal() and asked.isascii() and len(asked) < 5 else 0
    return number if 1 <= number <= len(grouped(own.questions)) else None


def _surroundings(own: Attempt) -> dict[str, Any]:
    """Return the lesson that the quiz ends, and title and address of the quiz for a reader of the active language.

    `quiz_lang` is the code of the title's language where it is another.
    """
    outline = get_outline()
    chapter: OutlineChapter | None = outline.chapter_of(own.quiz_key) if outline else None
    quiz = chapter.quiz if chapter else None
    title, lang = (quiz.title, quiz.language) if quiz else _title_of_quiz(own.quiz_key)
    return {
        "outline": outline,
        "chapter": chapter,
        "quiz_url": quiz.url if quiz else "",
        "quiz_title": title,
        "quiz_lang": lang,
    }


def _title_of_quiz(quiz_key: UUID) -> tuple[str, str]:
    """Return the title of a quiz that the course does not have any longer, and its language as `quiz_lang`."""
    pages = QuizPage.objects.filter(
        translation_key=quiz_key, locale__language_code__in={_language(), source_language()}
    )
    titles = dict(pages.values_list("locale__language_code", "title"))
    if _language() in titles:
        return titles[_language()], ""
    return (titles[source_language()], source_language()) if titles else (_("Quiz"), "")


def _is_closed_to(request: HttpRequest, quiz_key: UUID) -> bool:
    # Whoever may read it in one language may take it.
    pages = list(QuizPage.objects.live().filter(translation_key=quiz_key).values_list("pk", flat=True))
    return bool(pages) and all(is_closed_to(request, page) for page in pages)


def _address_of_quiz(quiz_key: UUID) -> str:
    outline = get_outline()
    quiz = outline.step(quiz_key) if outline else None
    return quiz.url if quiz else ""


def _attempt_address(own: Attempt, *, view: str, number: int) -> str:
    query: dict[str, str | int] = {"view": ALL} if view == ALL else {"view": ONE, "question": number}
    return f"{reverse('quizzes:attempt', args=[own.pk])}?{urlencode(query)}"


def _result_address(own: Attempt) -> str:
    return reverse("quizzes:result", args=[own.pk])


def _language() -> str:
    return get_language() or ""
