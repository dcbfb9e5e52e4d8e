"""The pages on which a translation is submitted, reviewed and published."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.models import Page

from openmuseums.delivery.languages import own_name, source_language
from openmuseums.editorial.checks import Level, findings_of
from openmuseums.people.admin_pages import in_language, titled
from openmuseums.people.models import User
from openmuseums.segments.states import state_of
from openmuseums.translation.addresses import dashboard_link, desk_address
from openmuseums.translation.review.deciding import Waiting, approve, return_translation, waiting_for_review
from openmuseums.translation.review.faults import Fault, NotReadyError
from openmuseums.translation.review.forms import DecisionForm
from openmuseums.translation.review.reading import pairs_of
from openmuseums.translation.review.submitting import publish_translation, submit_translation
from openmuseums.translation.rights import may_publish, may_translate

ICON = "globe"


@require_POST
def submit(request: HttpRequest, language: str, page_key: UUID) -> HttpResponse:
    """Submit a translation as it stands now."""
    return _done(
        request,
        language,
        page_key,
        submit_translation,
        said=_("“%(title)s” is submitted. A reviewer reads it and publishes it, or returns it with a comment."),
        refused=_("“%(title)s” was not submitted"),
    )


@require_POST
def publish(request: HttpRequest, language: str, page_key: UUID) -> HttpResponse:
    """Publish a translation as it stands now."""
    return _done(
        request,
        language,
        page_key,
        publish_translation,
        said=_("“%(title)s” is published."),
        refused=_("“%(title)s” was not published"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, language: str, page_key: UUID) -> HttpResponse:
    """Show a submitted translation beside its source, and take what is decided about it."""
    if not may_translate(request.user, language):
        raise PermissionDenied
    if request.method == "POST":
        return _decide(request, language, page_key)
    waiting = waiting_for_review(page_key, language)
    if waiting is None:
        return _nothing_waits(request, language, page_key)
    return _review_page(request, language, page_key, waiting, DecisionForm(initial={"revision": waiting.revision.pk}))


def _decide(request: HttpRequest, language: str, page_key: UUID) -> HttpResponse:
    form = DecisionForm(request.POST)
    title = _title_of(page_key)
    if not form.is_valid():
        waiting = waiting_for_review(page_key, language)
        if waiting is None:
            return _nothing_waits(request, language, page_key)
        return _review_page(request, language, page_key, waiting, form, status=422)
    decided = form.cleaned_data
    act: Callable[..., Page] = approve if decided["decision"] == DecisionForm.APPROVE else return_translation
    try:
        page = act(
            page_key=page_key,
            language=language,
            revision_id=decided["revision"],
            person=cast("User", request.user),
            comment=decided["comment"],
        )
    except NotReadyError as error:
        waiting = waiting_for_review(page_key, language)
        if waiting is None or waiting.revision.pk != decided["revision"]:
            return _refused(request, language, page_key, error, _("Nothing was decided about “%(title)s”"))
        return _review_page(request, language, page_key, waiting, form, faults=error.faults, status=422)
    if decided["decision"] == DecisionForm.RETURN:
        said = _("“%(title)s” is returned. The translators find your comment at their desk.")
    elif page.live_revision_id == decided["revision"]:
        said = _("“%(title)s” is approved and published.")
    else:
        said = _("“%(title)s” is approved. It waits for the next step of its review.")
    messages.success(request, _about(said, title))
    return _to(reverse("translation_admin:dashboard") + f"?language={language}")


def _review_page(  # noqa: PLR0913 - these are the parts of the page
    request: HttpRequest,
    language: str,
    page_key: UUID,
    waiting: Waiting,
    form: DecisionForm,
    *,
    faults: list[Fault] | None = None,
    status: int = 200,
) -> HttpResponse:
    pairs = pairs_of(waiting.revision, live=waiting.page.live_revision if waiting.page.live else None)
    findings = findings_of(waiting.revision.as_object())
    state = state_of(page_key, language)
    title = _title_of(page_key)
    context = {
        "language": language,
        "language_name": own_name(language),
        "source_language": source_language(),
        "page_key": page_key,
        "page": waiting.page,
        "task": waiting.task,
        "submitted_by": waiting.task.workflow_state.requested_by,
        "pairs": pairs,
        "changed": sum(pair.is_changed for pair in pairs),
        "errors": [finding for finding in findings if finding.level is Level.ERROR],
        "remarks": [finding for finding in findings if finding.level is not Level.ERROR],
        "is_outdated": state is not None and state.draft is not None and state.draft.is_behind(state.edition),
        "may_decide": may_publish(request.user, language),
        "form": form,
        "faults": faults or [],
        "desk": desk_address(language, page_key),
        **_titled(_("Review"), language, of=in_language(title, source_language())),
    }
    return render(request, "translation/review/review.html", context, status=status)


def _nothing_waits(request: HttpRequest, language: str, page_key: UUID) -> HttpResponse:
    messages.info(request, _about(_("“%(title)s” is not waiting for a review."), _title_of(page_key)))
    return _to(reverse("translation_admin:dashboard") + f"?language={language}")


def _done(  # noqa: PLR0913 - what is done, and what is said of it
    request: HttpRequest, language: str, page_key: UUID, act: Callable[..., Page], *, said: str, refused: str
) -> HttpResponse:
    """Do something with a translation, and lead back to where it was asked for."""
    title = _title_of(page_key)
    try:
        act(page_key=page_key, language=language, person=cast("User", request.user))
    except NotReadyError as error:
        return _refused(request, language, page_key, error, refused)
    messages.success(request, _about(said, title))
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("translation_admin:dashboard") + f"?language={language}"
    return _to(back)


def _refused(request: HttpRequest, language: str, page_key: UUID, error: NotReadyError, heading: str) -> HttpResponse:
    context = {
        "faults": error.faults,
        "source_language": source_language(),
        "desk": desk_address(language, page_key),
        "language": language,
        **_titled(_about(heading, _title_of(page_key)), language),
    }
    return render(request, "translation/review/refused.html", context, status=422)


def _title_of(page_key: UUID) -> str:
    """Return the title of the page of the source that is translated."""
    try:
        return str(Page.objects.get(translation_key=page_key, locale__language_code=source_language()).title)
    except Page.DoesNotExist:
        raise Http404 from None


def _about(message: str, title: str) -> SafeString:
    """Return a message with the title that it names, which is in the language of the source."""
    return format_html(escape(message).replace("%(title)s", "{}"), in_language(title, source_language()))


def _titled(title: str, language: str, *, of: str = "") -> dict[str, Any]:
    return titled(title, icon=ICON, below=dashboard_link(language), of=of)


def _to(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
