"""What a learner does that belongs to no other page: take part, mark units as read and unread, choose a language."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from openmuseums.delivery.languages import address_in, public_languages
from openmuseums.learners.outline import Outline, get_outline
from openmuseums.learners.recording import enrol, learner_of, mark_read, mark_unread
from openmuseums.people.language import keep_language
from openmuseums.people.models import User
from openmuseums.people.views import own_path


def to_begin(back: str) -> HttpResponseRedirect:
    """Send somebody without a record to where one is begun, and from there back."""
    return HttpResponseRedirect(f"{resolve_url('people:begin')}?{urlencode({'next': back})}")


@never_cache
@require_POST
def enrol_in_course(request: HttpRequest) -> HttpResponse:
    """Enrol in the course."""
    back = own_path(request, request.POST.get("next", ""))
    outline = _outline_or_404()
    if not isinstance(request.user, User):
        return to_begin(back)
    now = timezone.now()
    enrol(learner=learner_of(user=request.user, now=now), course_key=outline.course_key, now=now)
    return HttpResponseRedirect(back)


@never_cache
@require_POST
def mark_unit(request: HttpRequest, page_key: UUID, *, is_read: bool) -> HttpResponse:
    """Mark a unit of the course as read, or take that back."""
    back = own_path(request, request.POST.get("next", ""))
    if page_key not in {unit.page_key for unit in _outline_or_404().units}:
        raise Http404
    if not isinstance(request.user, User):
        return to_begin(back)
    now = timezone.now()
    act = mark_read if is_read else mark_unread
    act(learner=learner_of(user=request.user, now=now), page_key=page_key, now=now)
    return HttpResponseRedirect(back)


@never_cache
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language that a person reads in, and go on where they were in it."""
    back, language = own_path(request, request.POST.get("next", "")), request.POST.get("language", "")
    if not isinstance(request.user, User):
        return to_begin(back)
    if language not in public_languages():
        raise Http404
    keep_language(user=request.user, language=language)
    return HttpResponseRedirect(address_in(back, language))


def _outline_or_404() -> Outline:
    outline = get_outline()
    if outline is None:
        raise Http404
    return outline
