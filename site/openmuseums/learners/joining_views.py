"""The page between a sign-in and what was wanted: what becomes of the record that the device has."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from openmuseums.learners import visiting
from openmuseums.learners.arriving import DECLINED
from openmuseums.learners.counting import counts_of
from openmuseums.learners.forms import JoiningForm
from openmuseums.learners.joining import OpenInBothError, join, open_in_both
from openmuseums.learners.models import Learner, RecordGoneError
from openmuseums.learners.outline import get_outline
from openmuseums.people.models import User
from openmuseums.people.views import own_path


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join_record(request: HttpRequest) -> HttpResponse:
    """Ask what becomes of the device's record: added to the account, left where it is, or erased. Do it and go on."""
    back = own_path(request, request.POST.get("next") or request.GET.get("next", ""))
    user, device = visiting.account_in(request), visiting.device_record_in(request)
    if user is None or device is None:
        return HttpResponseRedirect(back)
    match request.POST.get("what"):
        case "join":
            return _join(request, device, user, back)
        case "leave":
            request.session[DECLINED] = True
            return HttpResponseRedirect(back)
        case "erase":
            visiting.leave(request=request)
            messages.success(request, _("What was kept on this device is erased."))
            return HttpResponseRedirect(back)
    return _ask(request, device, back, _form(device, user, None))


def _join(request: HttpRequest, device: Learner, user: User, back: str) -> HttpResponse:
    form = _form(device, user, request)
    if not form.is_valid():
        return _ask(request, device, back, form)
    try:
        join(device=device, user=user, goes_on=form.goes_on, now=timezone.now())
    except OpenInBothError:
        # Something was begun in another tab while the page was read: it is asked about too.
        form = _form(device, user, request)
        form.is_valid()
        return _ask(request, device, back, form)
    except RecordGoneError:
        # Another tab was first, or its time was up: there is nothing left to add.
        visiting.forget(request=request)
        return HttpResponseRedirect(back)
    visiting.forget(request=request)
    messages.success(request, _("What was kept on this device is part of your account now."))
    return HttpResponseRedirect(back)


def _form(device: Learner, user: User, request: HttpRequest | None) -> JoiningForm:
    outline = get_outline()
    conflicts = open_in_both(device=device, user=user)
    steps = {conflict.page_key: outline.step(conflict.page_key) if outline else None for conflict in conflicts}
    return JoiningForm(
        request.POST if request else None,
        conflicts=conflicts,
        titles={key: step.title for key, step in steps.items() if step},
    )


def _ask(request: HttpRequest, device: Learner, back: str, form: JoiningForm) -> HttpResponse:
    context = {"counts": counts_of(device), "until": device.expires_at, "form": form, "next": back}
    return render(request, "learners/join.html", context, status=422 if form.errors else 200)
