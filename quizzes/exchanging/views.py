"""The page in Wagtail's admin where questions come from a file and go into one."""

from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import Locale

from openmuseums.delivery.languages import source_language
from openmuseums.people.admin_pages import in_language, titled
from openmuseums.people.models import User
from openmuseums.uploads.forms import AcceptForm
from openmuseums.uploads.waiting import WaitingFile, forget_file, keep_file, kept_file
from quizzes.exchanging.exporting import Export, export_quiz, page_in
from quizzes.exchanging.forms import ExportForm, QuestionFileForm
from quizzes.exchanging.importing import NotImportedError, Offer, import_questions, plan_import
from quizzes.exchanging.languages import translations_of
from quizzes.exchanging.plans import Plan
from quizzes.exchanging.wording import told_fault, told_what
from quizzes.formats.items import Loss
from quizzes.models import QuizPage


@dataclass(frozen=True)
class SentFile(WaitingFile):
    """A file with questions, and the number of the quiz's newest revision when its plan was shown."""

    seen: int | None


@require_http_methods(["GET", "HEAD", "POST"])
def exchange(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show what a file would do that is sent, or what a file that is asked for would not hold."""
    quiz = _quiz(request, page_id)
    form = QuestionFileForm(request.POST or None, request.FILES or None)
    shown: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        kept = SentFile(file.name, file.read(), quiz.latest_revision_id)
        shown = _shown(plan_import(quiz, kept.data, user=_editor(request)))
        if shown["plan"].has_good_part:
            shown["token"] = keep_file(kept, place=_place(quiz), person_id=_editor(request).pk)
        shown["file_name"] = kept.name
    return _page(request, quiz, form=form, **shown)


@require_POST
def accept(request: HttpRequest, page_id: int) -> HttpResponse:
    """Take the file whose plan was shown, or the good part of it, as a draft."""
    quiz, user = _quiz(request, page_id), _editor(request)
    form = AcceptForm(request.POST)
    token = form.cleaned_data["token"] if form.is_valid() else ""
    kept = kept_file(SentFile, place=_place(quiz), person_id=user.pk, token=token)
    if kept is None:
        messages.error(request, _("The file is not kept any more. Send it again."))
        return HttpResponseRedirect(reverse("quizzes_admin:exchange", args=[quiz.pk]))
    # What is wrong was shown beside the button that brought us here.
    offer = Offer(kept.data, good_part=True, seen=kept.seen)
    try:
        plan = import_questions(quiz=quiz, offer=offer, user=user, now=timezone.now())
    except NotImportedError as error:
        messages.error(request, _("Somebody has changed this quiz meanwhile. Look again, then decide."))
        shown = _shown(error.plan)
        if error.plan.has_good_part:
            quiz.refresh_from_db()
            shown["token"] = keep_file(
                SentFile(kept.name, kept.data, quiz.latest_revision_id), place=_place(quiz), person_id=user.pk
            )
        return _page(request, quiz, file_name=kept.name, **shown)
    forget_file(place=_place(quiz), person_id=user.pk, token=token)
    messages.success(request, " ".join([*plan.summary(), _("Saved as a draft.")]))
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[quiz.pk]))


@require_safe
def export(request: HttpRequest, page_id: int) -> HttpResponse:
    """Return a quiz as a file."""
    quiz = _quiz(request, page_id)
    made = _asked(request, quiz)
    if made is None:
        raise Http404
    return HttpResponse(
        made.data,
        content_type=made.content_type,
        headers={"Content-Disposition": f'attachment; filename="{made.name}"', "X-Content-Type-Options": "nosniff"},
    )


def _quiz(request: HttpRequest, page_id: int) -> QuizPage:
    """Return the source page of a quiz that somebody may edit."""
    quiz = get_object_or_404(QuizPage.objects.select_related("locale"), pk=page_id, alias_of__isnull=True)
    if not quiz.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if quiz.locale.language_code != source_language():
        raise Http404
    return quiz


def _place(quiz: QuizPage) -> str:
    return f"quizzes/{quiz.pk}"


def _editor(request: HttpRequest) -> User:
    return cast("User", request.user)


def _languages(quiz: QuizPage) -> list[tuple[str, str]]:
    names = {locale.language_code: locale.get_display_name() for locale in Locale.objects.all()}
    return [(code, names[code]) for code in (source_language(), *translations_of(quiz))]


def _export_form(request: HttpRequest, quiz: QuizPage) -> ExportForm:
    return ExportForm(request.GET if "format" in request.GET else None, languages=_languages(quiz))


def _asked(request: HttpRequest, quiz: QuizPage) -> Export | None:
    """Return the file that is asked for, or None where none is."""
    form = _export_form(request, quiz)
    if not form.is_valid():
        return None
    page = page_in(quiz, form.cleaned_data["language"] or source_language())
    return export_quiz(page or quiz, format=form.cleaned_data["format"])


def _shown(plan: Plan) -> dict[str, Any]:
    return {
        "plan": plan,
        "faults": [(fault.position, told_fault(fault)) for fault in plan.faults],
        "losses": _told(plan.losses),
    }


def _told(losses: list[Loss]) -> list[tuple[str, str]]:
    """Return each question, in the language of the quiz, with what gets lost of it in the reader's."""
    return [(loss.item, told_what(loss)) for loss in losses]


def _page(request: HttpRequest, quiz: QuizPage, *, form: QuestionFileForm | None = None, **shown: Any) -> HttpResponse:
    made = _asked(request, quiz)
    title = in_language(quiz.get_admin_display_title(), source_language())
    asked = {name: request.GET.get(name, "") for name in ("format", "language")}
    context = {
        "quiz": quiz,
        "form": form or QuestionFileForm(),
        "export_form": _export_form(request, quiz),
        "made": made,
        "download": f"{reverse('quizzes_admin:export', args=[quiz.pk])}?{urlencode(asked)}",
        "export_losses": _told(made.losses) if made else [],
        "source_language": source_language(),
        "export_language": asked["language"] or source_language(),
        **shown,
        **titled(
            _("Import and export"),
            icon="download",
            below=(title, reverse("wagtailadmin_pages:edit", args=[quiz.pk])),
            of=title,
        ),
    }
    refused = (form is not None and bool(form.errors)) or bool(shown.get("faults"))
    return render(request, "quizzes/exchange.html", context, status=422 if refused else 200)
