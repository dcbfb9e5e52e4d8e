"""The pages in Wagtail's admin that tell editors what answers say of their questions."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.permissions import page_permission_policy

from openmuseums.delivery.languages import known_languages
from openmuseums.delivery.spreadsheets import csv_of
from openmuseums.people.admin_pages import in_language, titled
from quizzes.figures.charting import plot_of
from quizzes.figures.collecting import figures_of_version
from quizzes.figures.shown import Figures
from quizzes.figures.telling import table_of, told
from quizzes.models import QuizPage, QuizVersion
from quizzes.versions.texts import TextsOfVersion, texts_of_version


def may_see(user: Any, quiz: QuizPage) -> bool:
    """Return whether somebody may see the figures of a quiz: whoever may edit its page, in whichever language."""
    return bool(quiz.permissions_for_user(user).can_edit())


def editable_quizzes(user: Any) -> Any:
    """Return the quizzes that somebody may edit, translations as well, by title."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    return QuizPage.objects.filter(pk__in=pages.values("pk"), alias_of=None).select_related("locale").order_by("title")


@require_safe
def figures_index(request: HttpRequest) -> HttpResponse:
    """List the quizzes that somebody may see the figures of."""
    quizzes = editable_quizzes(request.user)
    return render(
        request, "quizzes/figures_index.html", {"quizzes": quizzes, **titled(_("Figures of quizzes"), icon="table")}
    )


@require_safe
def show_figures(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the figures of a version of a quiz: a plot, and the tables behind it."""
    quiz = _quiz(request, page_id)
    versions = _versions(quiz)
    version = _chosen(request, versions)
    context: dict[str, Any] = {"quiz": quiz, "versions": versions, "version": version}
    if version is not None:
        figures, texts = _figures(version)
        context |= {
            "told": told(figures, version.questions, texts, quiz.locale.language_code),
            "plot": plot_of(figures.items),
            "draws": version.how.draws is not None,
            "language": quiz.locale.language_code,
        }
    title = in_language(quiz.get_admin_display_title(), quiz.locale.language_code)
    below = (title, reverse("wagtailadmin_pages:edit", args=[quiz.pk]))
    heading = titled(_("Figures"), icon="table", below=below, of=title)
    return render(request, "quizzes/figures.html", {**context, **heading})


@require_safe
def save_figures(request: HttpRequest, page_id: int) -> HttpResponse:
    """Answer with the same figures as a file. Raises Http404 where the quiz has no such version."""
    quiz = _quiz(request, page_id)
    version = _chosen(request, _versions(quiz))
    if version is None:
        raise Http404
    figures, texts = _figures(version)
    table = csv_of(table_of(figures, version.questions, texts, quiz.locale.language_code))
    name = f"figures-{quiz.key}-{version.number}-{date_format(version.created_at, 'Y-m-d')}.csv"
    return HttpResponse(
        table,
        headers={
            "Content-Type": "text/csv; charset=utf-8",
            "Content-Disposition": f'attachment; filename="{name}"',
        },
    )


def _quiz(request: HttpRequest, page_id: int) -> QuizPage:
    quiz = get_object_or_404(QuizPage.objects.select_related("locale", "alias_of"), pk=page_id)
    if not may_see(request.user, quiz):
        raise PermissionDenied
    return quiz


def _versions(quiz: QuizPage) -> list[QuizVersion]:
    """Return the versions of a quiz, the newest first, without what was asked in them."""
    return list(QuizVersion.objects.filter(quiz_key=quiz.quiz_key).order_by("-number").only("number", "created_at"))


def _chosen(request: HttpRequest, versions: list[QuizVersion]) -> QuizVersion | None:
    """Return the version that was asked for, else the newest; None where there is none yet.

    Raises Http404 for a version that there is not.
    """
    asked = request.GET.get("version", "")
    if not asked and not versions:
        return None
    found = next((version for version in versions if asked in {"", str(version.number)}), None)
    if found is None:
        raise Http404
    return QuizVersion.objects.get(pk=found.pk)


def _figures(version: QuizVersion) -> tuple[Figures, TextsOfVersion]:
    texts = texts_of_version(version, known_languages())
    return figures_of_version(version, texts), texts
