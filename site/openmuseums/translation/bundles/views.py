"""The pages in Wagtail's admin where translators take the texts of a language along, and bring them back."""

from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmuseums.delivery.languages import own_name, source_language
from openmuseums.people.admin_pages import in_language, titled
from openmuseums.people.models import User
from openmuseums.segments.units import plain_text
from openmuseums.translation.addresses import dashboard_link, desk_address
from openmuseums.translation.bundles.exchanging import Sent, export_translations, import_translations, plan_import
from openmuseums.translation.bundles.files import Format
from openmuseums.translation.bundles.forms import AcceptForm, DownloadForm, UploadForm
from openmuseums.translation.bundles.plans import Finding, Plan, Reason
from openmuseums.translation.bundles.scope import NoSuchCourseError, course_keys
from openmuseums.translation.rights import may_translate, translated_languages
from openmuseums.uploads.waiting import WaitingFile, forget_file, keep_file, kept_file

# As many as somebody reads; a file that is wrong throughout is mended at its root.
_MOST_SHOWN = 200
# As many as are made while somebody waits.
_MOST_DRAFTS = 100


@dataclass(frozen=True)
class SentFile(WaitingFile):
    """A file with texts, and whether it is to go over what others have changed since it was written."""

    force: bool


@dataclass(frozen=True)
class Shown:
    """Something to tell of a file, as a row of a table. here_language: that of `here`; address: of the text's desk."""

    line: int
    source: str
    translation: str
    message: str
    here: str
    here_language: str
    address: str


@require_safe
def download(request: HttpRequest, language: str) -> HttpResponse:
    """Return the texts of the course with their translations into a language as a file."""
    _translator(request, language)
    form = DownloadForm(request.GET)
    if not form.is_valid():
        raise Http404
    course = request.GET.get("course") or next(iter(course_keys()), "")
    try:
        made = export_translations(course=course, language=language, format=Format(form.cleaned_data["format"]))
    except NoSuchCourseError as error:
        raise Http404 from error
    return HttpResponse(
        made.data,
        content_type=made.content_type,
        headers={"Content-Disposition": f'attachment; filename="{made.name}"', "X-Content-Type-Options": "nosniff"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, language: str) -> HttpResponse:
    """Show what a file would do that is sent."""
    user = _translator(request, language)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, language, form=form if request.method == "POST" else UploadForm())
    file = form.cleaned_data["file"]
    kept = SentFile(file.name, file.read(), form.cleaned_data["force"])
    return _planned(request, language, user, kept)


@require_POST
def accept(request: HttpRequest, language: str) -> HttpResponse:
    """Take the file whose plan was shown, or the good part of it. Nothing goes live by that."""
    user = _translator(request, language)
    form = AcceptForm(request.POST)
    token = form.cleaned_data["token"] if form.is_valid() else ""
    kept = kept_file(SentFile, place=_place(language), person_id=user.pk, token=token)
    if kept is None:
        messages.error(request, _("The file is not kept any more. Send it again."))
        return HttpResponseRedirect(reverse("translation_admin:upload", args=[language]))
    forget_file(place=_place(language), person_id=user.pk, token=token)
    try:
        plan = import_translations(
            _sent(kept, language, user), draft=form.cleaned_data["draft"], most_drafts=_MOST_DRAFTS
        )
    except NoSuchCourseError as error:
        raise Http404 from error
    return _page(request, language, plan=plan)


def _planned(request: HttpRequest, language: str, user: User, kept: SentFile) -> HttpResponse:
    try:
        plan = plan_import(_sent(kept, language, user))
    except NoSuchCourseError as error:
        raise Http404 from error
    token = keep_file(kept, place=_place(language), person_id=user.pk) if plan.has_good_part else ""
    return _page(request, language, plan=plan, token=token)


def _place(language: str) -> str:
    return f"translations/{language}"


def _sent(kept: SentFile, language: str, user: User) -> Sent:
    return Sent(kept.data, kept.name, language, user=user, force=kept.force)


def _translator(request: HttpRequest, language: str) -> User:
    """Return who asks, where they may change translations into the language."""
    if language not in translated_languages():
        raise Http404
    if not may_translate(request.user, language):
        raise PermissionDenied
    return cast("User", request.user)


def _page(
    request: HttpRequest, language: str, *, form: UploadForm | None = None, plan: Plan | None = None, token: str = ""
) -> HttpResponse:
    title = _("Texts as a file")
    context = {
        "language": language,
        "source_language": source_language(),
        "form": form or UploadForm(),
        "download_form": DownloadForm(),
        "plan": plan,
        "accept_form": AcceptForm(initial={"token": token}) if token else None,
        "token": token,
        "refused": _shown(plan.refused, language) if plan else [],
        "remarks": _shown(plan.remarks, language) if plan else [],
        "more_refused": max(0, len(plan.refused) - _MOST_SHOWN) if plan else 0,
        "more_remarks": max(0, len(plan.remarks) - _MOST_SHOWN) if plan else 0,
        **titled(title, icon="download", below=dashboard_link(), of=in_language(own_name(language), language)),
    }
    failed = bool(form and form.errors) or bool(plan and plan.refused and not plan.is_taken)
    return render(request, "translation/bundles/upload.html", context, status=422 if failed else 200)


def _shown(findings: list[Finding], language: str) -> list[Shown]:
    return [
        Shown(
            line=finding.line,
            source=plain_text(finding.source),
            translation=finding.translation,
            message=finding.message,
            here=finding.here,
            here_language=source_language() if finding.reason is Reason.SOURCE_CHANGED else language,
            address=_desk(finding, language),
        )
        for finding in findings[:_MOST_SHOWN]
    ]


def _desk(finding: Finding, language: str) -> str:
    """Return where a text can be edited in the browser; an empty text where the course has no such text."""
    page_key, _colon, path = finding.context.partition(":")
    return desk_address(language, page_key, (path, finding.source)) if path else ""
