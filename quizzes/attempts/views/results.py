"""What came of an attempt, answer by answer: a page that can be loaded again and printed."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from openmuseums.learners.views import to_begin
from openmuseums.learners.visiting import rows_of
from quizzes.attempts.outcomes import competences, explained_from, graded_again, rereads, runs
from quizzes.attempts.rereading import places_of
from quizzes.attempts.results import languages_in, score_of
from quizzes.attempts.showing import shown_steps
from quizzes.attempts.taking import given_in
from quizzes.attempts.views.surroundings import active_language, own_attempt, surroundings
from quizzes.models import Attempt
from quizzes.scoring import points_to_pass
from quizzes.versions.texts import texts_of_version

# In the address of a result: that the attempt was handed in already, in another window.
EARLIER = "earlier"


@never_cache
@require_safe
def result(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Show what came of an attempt."""
    rows = rows_of(request)
    if rows is None:
        return to_begin(request.path)
    own = own_attempt(rows, attempt_id)
    if own.submitted_at is None:
        return HttpResponseRedirect(reverse("quizzes:review", args=[own.pk]))
    notice = _("This attempt was handed in before, in another window. This is its result.")
    return show_result(request, own, notice=notice if EARLIER in request.GET else "")


def show_result(request: HttpRequest, own: Attempt, *, notice: str = "", status: int = 200) -> HttpResponse:
    """Return the page of an attempt that was handed in. notice: what is to be said before all else."""
    given = given_in(own)
    texts = texts_of_version(own.version, {active_language(), *languages_in(given)}, own.submitted_at)
    score = score_of(own, given, texts=texts)
    around = surroundings(own.quiz_key)
    waits_for = explained_from(own, timezone.now())
    own_runs = runs(own)
    context: dict[str, Any] = {
        "attempt": own,
        "result": own.result,
        "points_needed": points_to_pass(own.result.points_possible, own.version.pass_mark) if own.result else 0,
        "pass_mark": own.version.pass_mark,
        "notice": notice,
        "explained_from": waits_for,
        "runs": own_runs if len(own_runs) > 1 else [],
        "is_comparable": all(run.is_alike for run in own_runs),
        **graded_again(own, score, active_language()),
        **around,
    }
    if waits_for is None:
        steps = shown_steps(own, given=given, language=active_language(), result=score, texts=texts)
        wrong = [question for step in steps for question in step.questions if question.is_wrong]
        places = places_of(question.question.topic for question in wrong)
        context |= {
            "steps": [
                (step, [(each, places.get(each.question.topic) if each.is_wrong else None) for each in step.questions])
                for step in steps
            ],
            "competences": competences(score, around["chapter"]),
            "rereading": rereads(places, score.by_topic),
        }
    return render(request, "quizzes/result.html", context, status=status)
