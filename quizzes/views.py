"""A learner's way through a quiz: begin, answer, review, hand in."""

from collections.abc import Collection
from math import ceil
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from openmuseums.delivery.closing import is_closed_to
from openmuseums.learners.views import to_begin
from openmuseums.learners.visiting import learner_for, rows_of
from quizzes.attempts import (
    AlreadyHandedInError,
    AnswersRefusedError,
    CannotBeginError,
    NotOfferedError,
    TimeIsUpError,
    given_in,
    save_answers,
    settled_in,
    start_attempt,
    submit_attempt,
)
from quizzes.blocks.registry import block_of
from quizzes.drawing import grouped
from quizzes.extra_time import set_extra_time
from quizzes.forms import ExtraTimeForm, changed_answers, submit_key
from quizzes.models import Attempt, ExtraTime, QuizPage
from quizzes.result_views import EARLIER, show_result
from quizzes.results import score_of
from quizzes.scoring import Given
from quizzes.showing import Step, shown_steps
from quizzes.shown import ShownQuestion
from quizzes.surroundings import (
    ALL,
    ONE,
    active_language,
    address_of_attempt,
    address_of_quiz,
    address_of_result,
    own_attempt,
    surroundings,
)

# What the script that saves while one goes asks for: it must tell an answer that was saved from being sent elsewhere.
STAY = "stay"
# Stands before the id of a question whose answer is to be explained at once.
CHECK = "check:"


@never_cache
@require_POST
def start(request: HttpRequest, quiz_key: UUID) -> HttpResponse:
    """Begin an attempt at a quiz, or go on with the one that is open.

    A quiz that is closed to the reader or cannot be begun now says so on its page.
    """
    now = timezone.now()
    learner = learner_for(request, now)
    if learner is None:
        return to_begin(address_of_quiz(quiz_key))
    if _is_closed_to(request, quiz_key):
        return HttpResponseRedirect(address_of_quiz(quiz_key))
    try:
        begun = start_attempt(learner=learner, quiz_key=quiz_key, now=now, is_practice="practice" in request.POST)
    except CannotBeginError:
        return HttpResponseRedirect(address_of_quiz(quiz_key))
    except NotOfferedError as error:
        raise Http404 from error
    return HttpResponseRedirect(reverse("quizzes:attempt", args=[begun.pk]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def time(request: HttpRequest, quiz_key: UUID) -> HttpResponse:
    """Let learners say how much time they take in quizzes with a time limit, and lead back to the quiz."""
    now = timezone.now()
    rows = rows_of(request)
    if rows is None:
        return to_begin(request.path)
    around = surroundings(quiz_key)
    held = ExtraTime.objects.filter(rows).first()
    form = ExtraTimeForm(request.POST or None, initial={"factor": held.factor if held else ""})
    learner = learner_for(request, now) if form.is_valid() else None
    if learner is not None:
        set_extra_time(learner=learner, factor=form.cleaned_data["factor"], now=now)
        return HttpResponseRedirect(around["quiz_url"] or reverse("quizzes:time", args=[quiz_key]))
    context = {"form": form, "quiz_key": quiz_key, **around}
    return render(request, "quizzes/time.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attempt(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Show the questions of an attempt, one or all on a page; save what is sent and go on."""
    rows = rows_of(request)
    if rows is None:
        return to_begin(request.get_full_path())
    own = own_attempt(rows, attempt_id)
    view = ALL if request.GET.get("view") == ALL else ONE
    number = _number(request, own)
    if request.method == "POST":
        return _save_and_go_on(request, own, view, number)
    if own.submitted_at is not None:
        return HttpResponseRedirect(address_of_result(own))
    if own.is_due(timezone.now()):
        return HttpResponseRedirect(reverse("quizzes:review", args=[own.pk]))
    steps = _steps(own, given_in(own))
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
    own = own_attempt(rows, attempt_id)
    now = timezone.now()
    if request.method == "POST":
        key = submit_key(request.POST)
        handed_in = submit_attempt(attempt_id=own.pk, learner=own.learner, key=key, now=now)
        is_anothers = None not in {key, handed_in.submit_key} and key != handed_in.submit_key
        return HttpResponseRedirect(address_of_result(own) + (f"?{EARLIER}" if is_anothers else ""))
    if own.submitted_at is not None:
        return HttpResponseRedirect(address_of_result(own))
    lines = [_review_line(question, step.number) for step in _steps(own, given_in(own)) for question in step.questions]
    context = {
        "attempt": own,
        "is_due": own.is_due(now),
        "lines": lines,
        "open_count": sum(not line["is_complete"] for line in lines),
        "submit_key": uuid4(),
        **_time_left(own),
        **surroundings(own.quiz_key),
    }
    return render(request, "quizzes/review.html", context)


def _save_and_go_on(request: HttpRequest, own: Attempt, view: str, number: int | None) -> HttpResponse:
    now = timezone.now()
    answers = changed_answers(request.POST)
    go = request.POST.get("go", "next")
    settles = {go.removeprefix(CHECK)} if go.startswith(CHECK) else set()
    try:
        if answers or settles or own.submitted_at is not None or own.is_over(now):
            save_answers(attempt=own, responses=answers, language=active_language(), now=now, settles=settles)
    except (AlreadyHandedInError, TimeIsUpError) as error:
        return _show_too_late(request, own, is_time_up=isinstance(error, TimeIsUpError))
    except AnswersRefusedError as error:
        return _show_refused(request, own, answers, error.faults, view=view, number=number or 1)
    if go == STAY:
        return HttpResponse(status=204)
    return HttpResponseRedirect(_next_address(own, go, view, number or 1, settles))


def _show_too_late(request: HttpRequest, own: Attempt, *, is_time_up: bool) -> HttpResponse:
    if is_time_up:
        submit_attempt(attempt_id=own.pk, learner=own.learner, now=timezone.now())
        notice = _("The time was up before the answers that you have just sent came in, so they were not saved.")
    else:
        notice = _("This attempt was handed in before, so the answers you have just sent were not saved.")
    found = Attempt.objects.select_related("version", "learner", "result__version").get(pk=own.pk)
    return show_result(request, found, notice=notice, status=409)


def _show_refused(  # noqa: PLR0913 - what was sent, what is wrong with it, and where the reader is
    request: HttpRequest, own: Attempt, answers: dict[str, Any], faults: dict[str, str], *, view: str, number: int
) -> HttpResponse:
    # What was typed is shown again, so that nothing of it is lost; what has been explained stands.
    settled = settled_in(own)
    typed = {key: Given(parts, active_language()) for key, parts in answers.items() if key not in settled}
    steps = _steps(own, {**given_in(own), **typed})
    return _show_attempt(request, own, steps, view=view, number=number, faults=faults)


def _next_address(own: Attempt, go: str, view: str, number: int, settles: Collection[str]) -> str:
    last = len(grouped(own.questions))
    if settles:
        return address_of_attempt(own, view=view, number=number, question_id=next(iter(settles)))
    if go in {ALL, ONE}:
        return address_of_attempt(own, view=go, number=number)
    if go == "previous" and view == ONE and number > 1:
        return address_of_attempt(own, view=ONE, number=number - 1)
    if go == "next" and view == ONE and number < last:
        return address_of_attempt(own, view=ONE, number=number + 1)
    return reverse("quizzes:review", args=[own.pk])


def _steps(own: Attempt, given: dict[str, Given]) -> list[Step]:
    """Return what an open attempt shows; answers that have been explained with what came of them."""
    settled = settled_in(own)
    score = score_of(own, {key: answer for key, answer in given.items() if key in settled}) if settled else None
    return shown_steps(own, given=given, language=active_language(), result=score, settled=settled)


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
        "address": address_of_attempt(own, view=view, number=number),
        "faults": [(questions.get(question_id), message) for question_id, message in (faults or {}).items()],
        **_time_left(own),
        **surroundings(own.quiz_key),
    }
    return render(request, "quizzes/attempt.html", context, status=422 if faults else 200)


def _time_left(own: Attempt) -> dict[str, Any]:
    """Return the minutes and the seconds that are left, rounded up, so that a script which counts on is never early."""
    if own.due_at is None:
        return {}
    seconds = max(0, ceil((own.due_at - timezone.now()).total_seconds()))
    return {"seconds_left": seconds, "minutes_left": -(-seconds // 60)}


def _review_line(question: ShownQuestion, step: int) -> dict[str, Any]:
    block = block_of(question.question.kind)
    return {
        "question": question,
        "step": step,
        "is_complete": question.is_complete,
        "answer": block.summary(question.question, question.words, question.given),
    }


def _number(request: HttpRequest, own: Attempt) -> int | None:
    asked = request.GET.get("question", "")
    number = int(asked) if asked.isdecimal() and asked.isascii() and len(asked) < 5 else 0
    return number if 1 <= number <= len(grouped(own.questions)) else None


def _is_closed_to(request: HttpRequest, quiz_key: UUID) -> bool:
    # Whoever may read it in one language may take it.
    pages = list(QuizPage.objects.live().filter(translation_key=quiz_key).values_list("pk", flat=True))
    return bool(pages) and all(is_closed_to(request, page) for page in pages)
