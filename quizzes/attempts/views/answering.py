"""The page that an attempt is answered on: a question, or all of them; answers are saved as they are given."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from openmuseums.learners.views import to_begin
from openmuseums.learners.visiting import rows_of
from quizzes.attempts.forms import changed_answers
from quizzes.attempts.showing import Step, shown_while_open
from quizzes.attempts.taking import (
    AlreadyHandedInError,
    AnswersRefusedError,
    TimeIsUpError,
    given_in,
    save_answers,
    settled_in,
    submit_attempt,
)
from quizzes.attempts.views.results import show_result
from quizzes.attempts.views.surroundings import (
    ALL,
    ONE,
    active_language,
    address_of_attempt,
    address_of_result,
    own_attempt,
    surroundings,
    time_left,
)
from quizzes.models import Attempt
from quizzes.running.drawing import grouped
from quizzes.scoring import Given

# What the script that saves while one goes asks for: it must tell an answer that was saved from being sent elsewhere.
STAY = "stay"
# Stands before the id of a question whose answer is to be explained at once.
CHECK = "check:"


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
    steps = shown_while_open(own, given=given_in(own), language=active_language())
    if number is None:
        first_open = next((step.number for step in steps if step.is_open), None)
        if view == ONE and first_open is None:
            return HttpResponseRedirect(reverse("quizzes:review", args=[own.pk]))
        number = first_open or 1
    return _show_attempt(request, own, steps, view=view, number=number)


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
    steps = shown_while_open(own, given={**given_in(own), **typed}, language=active_language())
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
        **time_left(own),
        **surroundings(own.quiz_key),
    }
    return render(request, "quizzes/attempt.html", context, status=422 if faults else 200)


def _number(request: HttpRequest, own: Attempt) -> int | None:
    asked = request.GET.get("question", "")
    number = int(asked) if asked.isdecimal() and asked.isascii() and len(asked) < 5 else 0
    return number if 1 <= number <= len(grouped(own.questions)) else None
