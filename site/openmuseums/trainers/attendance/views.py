"""Pages about attendance: the code in the room and where it is typed, the list, the sheet to sign and its scans."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from openmuseums.limits.counting import allow
from openmuseums.trainers.attendance.forms import ABSENT, PRESENT, CodeForm, ListForm, ScanForm, marks_in
from openmuseums.trainers.attendance.listing import count_present, lines_of, on_the_list, page_of_list
from openmuseums.trainers.attendance.marking import (
    NoSuchCodeError,
    ReasonNeededError,
    TooEarlyError,
    TooLateError,
    attend,
    note,
    takes_codes_from,
    takes_codes_until,
)
from openmuseums.trainers.attendance.picturing import qr_of
from openmuseums.trainers.attendance.scans import KINDS, add_scan, delete_scan, open_scan, scans_of
from openmuseums.trainers.models import Cohort, Session, SheetScan
from openmuseums.trainers.secrets import in_groups
from openmuseums.trainers.sessions.arranging import SessionCancelledError
from openmuseums.trainers.sessions.listing import session_of
from openmuseums.trainers.sessions.moments import shown
from openmuseums.trainers.surroundings import surroundings
from openmuseums.trainers.walls import cohort_to_change, cohort_to_see, trainer_of

# Lines for those on paper who are on no list yet.
EMPTY_LINES = 6
TRIES, TRIES_WITHIN = 10, 10 * 60


@never_cache
def attend_here(request: HttpRequest) -> HttpResponse:
    """Take the code that is shown in the room from who is there."""
    account = trainer_of(request)
    if request.method != "POST":
        return _code_page(request, CodeForm(initial={"code": request.GET.get("code", "")[:40]}))
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _code_page(request, form, status=422)
    if not allow("attend", who=str(account.pk), amount=TRIES, seconds=TRIES_WITHIN):
        form.add_error(
            "code", _("These were many tries. Wait ten minutes, or ask your trainer to note you on the list.")
        )
        return _code_page(request, form, status=429)
    try:
        session = attend(code=form.cleaned_data["code"], account=account, now=timezone.now())
    except NoSuchCodeError:
        message = _(
            "This is the code of no session of your groups. Look whether it is typed right; if you are not in the "
            "group yet, join it first."
        )
    except TooEarlyError as error:
        message = _(
            "It is too early for “%(title)s”: codes are taken from %(time)s on. Type it then, or ask your trainer to "
            "note you on the list."
        ) % _told(error.session, takes_codes_from(error.session))
    except TooLateError as error:
        message = _(
            "It is too late for “%(title)s”: codes were taken until %(time)s. If you were there, ask your trainer to "
            "note you on the list."
        ) % _told(error.session, takes_codes_until(error.session))
    else:
        messages.success(request, _("You are noted as present: “%(title)s”.") % {"title": session.title})
        return HttpResponseRedirect(reverse("groups:calendar"))
    form.add_error("code", message)
    return _code_page(request, form, status=422)


@never_cache
def show_code(request: HttpRequest, key: str, session_id: UUID) -> HttpResponse:
    """Show the code of a session, large enough for a room, with its link as a picture for telephones."""
    cohort, session = _held(request, key, session_id)
    path = f"{reverse('groups:attend')}?{urlencode({'code': session.code})}"
    address = request.build_absolute_uri(path)
    context = {
        "code": in_groups(session.code),
        "address": address,
        "plain_address": request.build_absolute_uri(reverse("groups:attend")),
        "picture": qr_of(address),
        "opens": takes_codes_from(session),
        "closes": takes_codes_until(session),
    }
    return _page(request, "trainers/attendance/code.html", cohort, session, context)


@never_cache
def attendance(request: HttpRequest, key: str, session_id: UUID) -> HttpResponse:
    """Show everybody in the cohort with what was noted of each, and note who was there."""
    if request.method == "POST":
        cohort_to_change(request, key)
    cohort, session = _held(request, key, session_id)
    page = page_of_list(session, request.GET.get("page"))
    form = ListForm(request.POST if request.method == "POST" else None)
    marks: dict[UUID, bool] = {}
    if request.method == "POST":
        rest = PRESENT if request.POST.get("rest") == PRESENT else ""
        unmarked = {line.participation.pk for line in lines_of(session, page) if not line.mark}
        marks = marks_in(request.POST, [row.pk for row in page])
        marks |= {key: True for key in unmarked - marks.keys() if rest}
        if form.is_valid() and _noted(request, session, form, marks):
            return HttpResponseRedirect(f"{request.path}?{urlencode({'page': page.number})}")
    context = {
        "page": page,
        "lines": [(line, _mark_shown(marks, line)) for line in lines_of(session, page)],
        "form": form,
        "present": count_present(session),
        "opens": takes_codes_from(session),
        "is_open": timezone.now() >= takes_codes_from(session),
    }
    return _page(request, "trainers/attendance/list.html", cohort, session, context, bad=bool(form.errors))


@never_cache
def sheet(request: HttpRequest, key: str, session_id: UUID) -> HttpResponse:
    """Show a sheet to print and to sign."""
    cohort, session = _held(request, key, session_id)
    context = {"people": on_the_list(session), "empty": range(EMPTY_LINES)}
    return _page(request, "trainers/attendance/sheet.html", cohort, session, context)


@never_cache
def scans(request: HttpRequest, key: str, session_id: UUID) -> HttpResponse:
    """List the scans of the signed sheet of a session, and take a further one."""
    if request.method == "POST":
        cohort_to_change(request, key)
    cohort = cohort_to_see(request, key)
    session = session_of(cohort, session_id)
    now = timezone.now()
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ScanForm(*sent, today=shown(now, cohort.time_zone).date())
    if form.is_valid():
        file = form.cleaned_data["file"]
        add_scan(
            session=session,
            file=file,
            name=file.name or "",
            keep_until=form.cleaned_data["keep_until"],
            by=trainer_of(request),
            now=now,
        )
        messages.success(request, _("The scan is kept."))
        return HttpResponseRedirect(request.path)
    context = {"form": form, "scans": scans_of(session)}
    return _page(request, "trainers/attendance/scans.html", cohort, session, context, bad=bool(form.errors))


@never_cache
def scan(request: HttpRequest, key: str, session_id: UUID, scan_id: int) -> HttpResponseBase:
    """Hand out a scan, to be saved and not shown: what is in it does not run here."""
    cohort = cohort_to_see(request, key)
    found = _scan_of(cohort, session_id, scan_id)
    try:
        file = open_scan(found)
    except FileNotFoundError as error:
        raise Http404 from error
    kind = KINDS.get(found.name.rpartition(".")[2], "application/octet-stream")
    response = FileResponse(file, as_attachment=True, filename=found.name, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@never_cache
def remove_scan(request: HttpRequest, key: str, session_id: UUID, scan_id: int) -> HttpResponse:
    """Delete a scan for good."""
    cohort = cohort_to_change(request, key)
    delete_scan(scan=_scan_of(cohort, session_id, scan_id), by=trainer_of(request))
    messages.success(request, _("The scan is deleted."))
    return HttpResponseRedirect(reverse("trainers:scans", args=[cohort.key, session_id]))


def _noted(request: HttpRequest, session: Session, form: ListForm, marks: dict[UUID, bool]) -> bool:
    """Note what was marked, and say so; return False where the form has to be looked at again."""
    data = form.cleaned_data
    try:
        note(
            session=session,
            marks=marks,
            how=data["how"],
            reason=data["reason"],
            by=trainer_of(request),
            now=timezone.now(),
        )
    except ReasonNeededError:
        form.add_error("reason", _("You change what was noted before, perhaps by somebody else just now. Say why."))
        return False
    except TooEarlyError as error:
        message = _("Attendance can be noted from %(time)s on.")
        form.add_error(None, message % _told(error.session, takes_codes_from(error.session)))
        return False
    except SessionCancelledError:
        messages.error(request, _("This session was cancelled. Make a new one instead."))
        return True
    messages.success(request, _("Attendance is noted."))
    return True


def _mark_shown(marks: dict[UUID, bool], line: Any) -> str:
    """Return what stands on a line: what was chosen and could not be noted, else what counts."""
    chosen = marks.get(line.participation.pk)
    if chosen is None:
        return str(line.mark)
    return PRESENT if chosen else ABSENT


def _told(session: Session, at: dt.datetime) -> dict[str, str]:
    return {"title": session.title, "time": date_format(shown(at, session.time_zone), "DATETIME_FORMAT")}


def _held(request: HttpRequest, key: str, session_id: UUID) -> tuple[Cohort, Session]:
    """Return a cohort that may be looked into, and a session of it that was not cancelled. Raises Http404."""
    cohort = cohort_to_see(request, key)
    session = session_of(cohort, session_id)
    if session.cancelled_at:
        raise Http404
    return cohort, session


def _scan_of(cohort: Cohort, session_id: UUID, scan_id: int) -> SheetScan:
    return get_object_or_404(
        SheetScan.objects.select_related("session"), pk=scan_id, session=session_id, session__cohort=cohort
    )


def _code_page(request: HttpRequest, form: CodeForm, *, status: int = 200) -> HttpResponse:
    return render(request, "trainers/attendance/attend.html", {"form": form}, status=status)


def _page(  # noqa: PLR0913 - these are the parts of a page
    request: HttpRequest, template: str, cohort: Cohort, session: Session, context: dict[str, Any], *, bad: bool = False
) -> HttpResponse:
    values = {**surroundings(request, cohort), "session": session, **context}
    return render(request, template, values, status=422 if bad else 200)
