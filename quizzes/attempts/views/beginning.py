"""Where a quiz is begun, and where learners say before how much time they take."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from openmuseums.delivery.closing import is_closed_to
from openmuseums.learners.views import to_begin
from openmuseums.learners.visiting import learner_for, rows_of
from quizzes.attempts.extra_time import set_extra_time
from quizzes.attempts.forms import ExtraTimeForm
from quizzes.attempts.taking import CannotBeginError, NotOfferedError, start_attempt
from quizzes.attempts.views.surroundings import address_of_quiz, surroundings
from quizzes.models import ExtraTime, QuizPage


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


def _is_closed_to(request: HttpRequest, quiz_key: UUID) -> bool:
    # Whoever may read it in one language may take it.
    pages = list(QuizPage.objects.live().filter(translation_key=quiz_key).values_list("pk", flat=True))
    return bool(pages) and all(is_closed_to(request, page) for page in pages)
