"""Where a reader says that something is wrong on a page."""

import uuid
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_safe

from openmuseums.delivery.closing import is_closed_to
from openmuseums.delivery.languages import reader_language
from openmuseums.learners.outline import get_outline
from openmuseums.limits.hiding import client_of
from openmuseums.reports.contacts import contact_address
from openmuseums.reports.forms import ReportForm
from openmuseums.reports.places import ReportedPage, pages_of
from openmuseums.reports.reporting import HOUR, TooManyReportsError, report


@never_cache
@ensure_csrf_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, page_key: UUID) -> HttpResponse:
    """Ask what is wrong, and take it; a page that is closed to the reader asks first what it asks for."""
    page, language = _page_or_404(page_key), reader_language()
    if is_closed_to(request, page.page_id):
        return HttpResponseRedirect(page.url)
    if request.method != "POST":
        asked = {"form_id": uuid.uuid4(), "block": request.GET.get("block", "")}
        return _show(request, page, ReportForm(initial=asked, page=page, reader_language=language))
    form = ReportForm(request.POST, page=page, reader_language=language)
    if not form.is_valid():
        return _show(request, page, form, status=422)
    sent = form.cleaned_data
    try:
        report(
            form_id=sent["form_id"],
            page_key=page_key,
            block_id=sent["block"],
            language=language,
            text_language=page.language,
            kind=sent["kind"],
            text=sent["text"],
            sender=client_of(request),
            now=timezone.now(),
        )
    except TooManyReportsError:
        form.add_error(
            None,
            _(
                "Many reports have come from your internet connection in the last hour. "
                "Nothing is lost: send this one again in an hour."
            ),
        )
        response = _show(request, page, form, status=429)
        response["Retry-After"] = str(HOUR)
        return response
    block = f"?{urlencode({'block': sent['block']})}" if sent["block"] else ""
    response = HttpResponseRedirect(f"{reverse('reports:thanks', args=[page_key])}{block}")
    response.status_code = 303
    return response


@never_cache
@require_safe
def thanks(request: HttpRequest, page_key: UUID) -> HttpResponse:
    """Say that the report has come, and lead back to where the reader was."""
    page = _page_or_404(page_key)
    back = page.url_of(request.GET.get("block", ""))
    return render(request, "reports/thanks.html", {"reported": page, "back": back, **_told(page)})


def _page_or_404(page_key: UUID) -> ReportedPage:
    found = pages_of({(page_key, reader_language())}).get((page_key, reader_language()))
    if found is None or not _is_shown(found, page_key):
        raise Http404
    return found


def _is_shown(page: ReportedPage, page_key: UUID) -> bool:
    if not page.is_step:
        return page.is_live
    outline = get_outline()
    return outline is not None and outline.step(page_key) is not None


def _show(request: HttpRequest, page: ReportedPage, form: ReportForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "reported": page, **_told(page)}
    return render(request, "reports/write.html", context, status=status)


def _told(page: ReportedPage) -> dict[str, str]:
    foreign = page.language if page.language != reader_language() else ""
    return {"contact": contact_address(), "reported_language": foreign}
