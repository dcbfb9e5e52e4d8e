"""The page in Wagtail's admin where a quiz is graded again: first what it would do, then doing it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from openmuseums.delivery.languages import source_language
from openmuseums.editorial.recording import has_kind
from openmuseums.people.admin_pages import in_language, titled
from quizzes.models import QuizPage, QuizVersion
from quizzes.regrading.forms import RegradeForm, VersionsForm
from quizzes.regrading.grading import Done, OutlookChangedError, regrade
from quizzes.regrading.outlook import outlook
from quizzes.regrading.plans import finished_attempts


@require_http_methods(["GET", "HEAD", "POST"])
def regrade_quiz(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show what grading a quiz again would do, for the versions that were chosen; do it.

    It is for who may publish the quiz, as whoever changes its right answers may.
    """
    quiz = get_object_or_404(QuizPage, pk=page_id)
    if not quiz.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    if not has_kind(quiz):
        raise Http404
    versions = _versions(quiz)
    chosen = VersionsForm(request.GET or None, numbers=[version.number for version in versions]).chosen()
    form = RegradeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = regrade(
                quiz=quiz,
                numbers=chosen,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=timezone.now(),
                takes_passes=form.cleaned_data["takes_passes"],
                losses_told=form.cleaned_data["losses"] or 0,
            )
        except OutlookChangedError:
            messages.error(request, _("Somebody’s results have changed meanwhile. Look again, then decide."))
        else:
            _tell(request, done)
            return HttpResponseRedirect(_address(quiz, chosen))
    title = in_language(quiz.get_admin_display_title(), source_language())
    context = {
        "quiz": quiz,
        "versions": versions,
        "chosen": chosen,
        "outlook": outlook(quiz_key=quiz.quiz_key, numbers=chosen),
        "form": form,
        "address": _address(quiz, chosen),
        **titled(
            _("Grade again"),
            icon="rotate",
            below=(title, reverse("wagtailadmin_pages:edit", args=[quiz.pk])),
            of=title,
        ),
    }
    return render(request, "quizzes/regrade.html", context, status=422 if form.errors else 200)


def _versions(quiz: QuizPage) -> list[Any]:
    """Return the versions that something was handed in at, the newest first, each with how much: `handed_in`."""
    counts = dict(
        finished_attempts(quiz.quiz_key).values_list("version").annotate(count=Count("pk")).order_by("version")
    )
    versions = list(QuizVersion.objects.filter(pk__in=counts).defer("structure").order_by("-number"))
    for version in versions:
        version.handed_in = counts[version.pk]  # type: ignore[attr-defined]
    return versions


def _address(quiz: QuizPage, chosen: list[int]) -> str:
    query = urlencode([("version", number) for number in chosen])
    return f"{reverse('quizzes_admin:regrade', args=[quiz.pk])}?{query}"


def _tell(request: HttpRequest, done: Done) -> None:
    told = ngettext("%(count)d attempt has another result.", "%(count)d attempts have another result.", done.changed)
    told %= {"count": done.changed}
    if done.is_whole:
        messages.success(request, told)
    else:
        rest = _("More are waiting. Press the button again.")
        messages.warning(request, f"{told} {rest}")
