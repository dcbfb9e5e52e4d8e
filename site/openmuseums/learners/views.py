"""What a learner does that belongs to no other page: keep a record, take part, mark units, choose a language."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_POST

from openmuseums.delivery.languages import address_in, public_languages
from openmuseums.learners import visiting
from openmuseums.learners.counting import counts_of
from openmuseums.learners.outline import Outline, get_outline
from openmuseums.learners.recording import enrol, mark_read, mark_unread
from openmuseums.people.language import keep_language
from openmuseums.people.views import own_path


def to_begin(back: str) -> HttpResponseRedirect:
    """Send somebody without a record to where one is begun, and from there back."""
    return HttpResponseRedirect(f"{resolve_url('learners:begin')}?{urlencode({'next': back})}")


@never_cache
@ensure_csrf_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Offer to keep a record on this device, or to sign in; keep one where that is asked for. Then lead back."""
    back = own_path(request, request.POST.get("next") or request.GET.get("next", ""))
    if visiting.is_somebody(request):
        return HttpResponseRedirect(back)
    if request.method == "POST":
        visiting.begin(request=request, now=timezone.now())
        return HttpResponseRedirect(back)
    return render(request, "learners/begin.html", {"next": back, "days": settings.VISITOR_DAYS})


@never_cache
@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """Have the device's record stand for its full time again."""
    visiting.renew(request=request, now=timezone.now())
    return HttpResponseRedirect(own_path(request, request.POST.get("next", "")))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start_afresh(request: HttpRequest) -> HttpResponse:
    """Say what goes where the device's record is erased, and erase it where that is asked for."""
    visitor = visiting.visitor_in(request)
    if request.method == "POST":
        if visitor is not None:
            visiting.leave(request=request)
        return HttpResponseRedirect(resolve_url("learners:begin"))
    if visitor is None:
        return to_begin("")
    back = own_path(request, request.GET.get("next", ""))
    return render(request, "learners/start_afresh.html", {"next": back, "counts": counts_of(visitor)})


@never_cache
@require_POST
def enrol_in_course(request: HttpRequest) -> HttpResponse:
    """Enrol in the course."""
    back = own_path(request, request.POST.get("next", ""))
    outline = _outline_or_404()
    now = timezone.now()
    learner = visiting.learner_for(request, now)
    if learner is None:
        return to_begin(back)
    enrol(learner=learner, course_key=outline.course_key, now=now)
    return HttpResponseRedirect(back)


@never_cache
@require_POST
def mark_unit(request: HttpRequest, page_key: UUID, *, is_read: bool) -> HttpResponse:
    """Mark a unit of the course, or one of its two pages, as read, or take that back."""
    back = own_path(request, request.POST.get("next", ""))
    if page_key not in {key for unit in _outline_or_404().units for key in unit.page_keys}:
        raise Http404
    now = timezone.now()
    learner = visiting.learner_for(request, now)
    if learner is None:
        return to_begin(back)
    act = mark_read if is_read else mark_unread
    act(learner=learner, page_key=page_key, now=now)
    return HttpResponseRedirect(back)


@never_cache
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language that a person reads in, and go on where they were in it.

    An account keeps it; for a visitor the device does, in the cookie that the site's first address reads.
    """
    back, language = own_path(request, request.POST.get("next", "")), request.POST.get("language", "")
    if not visiting.is_somebody(request):
        return to_begin(back)
    if language not in public_languages():
        raise Http404
    response = HttpResponseRedirect(address_in(back, language))
    account = visiting.account_in(request)
    if account:
        keep_language(user=account, language=language)
    else:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
    return response


def _outline_or_404() -> Outline:
    outline = get_outline()
    if outline is None:
        raise Http404
    return outline
