"""The page before an attempt is handed in: what is answered and what is open; handing in."""

from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from openmuseums.learners.models import RecordGoneError
from openmuseums.learners.views import to_begin
from openmuseums.learners.visiting import account_in, own_record, rows_of
from quizzes.attempts.forms import submit_key
from quizzes.attempts.showing import shown_while_open
from quizzes.attempts.taking import given_in, submit_attempt
from quizzes.attempts.views.results import EARLIER
from quizzes.attempts.views.surroundings import (
    active_language,
    address_of_result,
    own_attempt,
    surroundings,
    time_left,
)
from quizzes.blocks.registry import block_of
from quizzes.models import Attempt
from quizzes.shown import ShownQuestion


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Show what is answered and what is open before the attempt is handed in; hand it in.

    Handing in again, by a double click, a retry or another tab, leads to the same result: see `submit_attempt`.
    """
    if request.method == "POST":
        return _hand_in(request, attempt_id)
    rows = rows_of(request)
    if rows is None:
        return to_begin(request.path)
    own = own_attempt(rows, attempt_id)
    if own.submitted_at is not None:
        return HttpResponseRedirect(address_of_result(own))
    steps = shown_while_open(own, given=given_in(own), language=active_language())
    lines = [_line(question, step.number) for step in steps for question in step.questions]
    context = {
        "attempt": own,
        "is_due": own.is_due(timezone.now()),
        "lines": lines,
        "open_count": sum(not line["is_complete"] for line in lines),
        "submit_key": uuid4(),
        **time_left(own),
        **surroundings(own.quiz_key),
    }
    return render(request, "quizzes/review.html", context)


def _hand_in(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    record = own_record(request)
    if record is None:
        return to_begin(request.path)
    key = submit_key(request.POST)
    try:
        handed_in = submit_attempt(attempt_id=attempt_id, learner=record, key=key, now=timezone.now())
    except Attempt.DoesNotExist as error:
        raise Http404 from error
    except RecordGoneError as error:
        # Only a device's record can be gone; an account without one never began, and the attempt is another's.
        if account_in(request) is None:
            raise
        raise Http404 from error
    is_anothers = None not in {key, handed_in.submit_key} and key != handed_in.submit_key
    return HttpResponseRedirect(address_of_result(handed_in) + (f"?{EARLIER}" if is_anothers else ""))


def _line(question: ShownQuestion, step: int) -> dict[str, Any]:
    block = block_of(question.question.kind)
    return {
        "question": question,
        "step": step,
        "is_complete": question.is_complete,
        "answer": block.summary(question.question, question.words, question.given),
    }
