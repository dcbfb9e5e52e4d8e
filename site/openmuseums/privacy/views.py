"""One's own data: seen, taken along and erased."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmuseums.privacy.consents import UnknownPurposeError, give, has_consent, purposes, withdraw
from openmuseums.privacy.erasing import LastAdministratorError, erase, is_last_administrator
from openmuseums.privacy.exporting import export, sections_of
from openmuseums.privacy.forms import EraseForm
from openmuseums.privacy.looks import looks_at
from openmuseums.privacy.models import Consent
from openmuseums.privacy.registry import Subject, records, subject_of


@never_cache
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """Show somebody what the site keeps of them, what they agreed to, and who looked."""
    subject = subject_of(request)
    if subject.is_nobody:
        return render(request, "privacy/nothing.html")
    context = {
        "subject": subject,
        "sections": sections_of(subject),
        "choices": _choices(subject.account),
        "looks": looks_at(subject.account) if subject.account else [],
    }
    return _with_token(request, "privacy/my_data.html", context)


@never_cache
@require_POST
def download(request: HttpRequest) -> HttpResponse:
    """Give somebody a copy of what the site keeps of them."""
    subject = _somebody(request)
    _ask_who_it_is(request, subject)
    return zip_answer(export(subject=subject, language=get_language() or settings.LANGUAGE_CODE, now=timezone.now()))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase_mine(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays; asked by POST, erase it."""
    subject = subject_of(request)
    if subject.is_nobody:
        return HttpResponseRedirect(reverse("privacy:my-data"))
    is_last = subject.account is not None and is_last_administrator(subject.account)
    form = EraseForm(request.POST if request.method == "POST" else None, subject=subject)
    if request.method == "POST" and not is_last and form.is_valid():
        _ask_who_it_is(request, subject)
        try:
            erase(subject=subject, now=timezone.now())
        except LastAdministratorError:
            is_last = True
        else:
            _leave(request, subject)
            return HttpResponseRedirect(reverse("privacy:erased"))
    context = {"form": form, "subject": subject, "is_last_administrator": is_last}
    status = 422 if form.errors else 409 if is_last and request.method == "POST" else 200
    return _with_token(request, "privacy/erase.html", context, status=status)


@never_cache
@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """Say that it is done."""
    return render(request, "privacy/erased.html")


@never_cache
@require_POST
def choose(request: HttpRequest, purpose: str) -> HttpResponse:
    """Keep whether somebody agrees to a purpose."""
    account = subject_of(request).account
    if account is None:
        return HttpResponseRedirect(reverse("privacy:my-data"))
    now = timezone.now()
    try:
        if request.POST.get("answer") == "yes":
            give(user=account, key=purpose, language=get_language() or settings.LANGUAGE_CODE, now=now)
        else:
            withdraw(user=account, key=purpose, now=now)
    except UnknownPurposeError:
        raise Http404 from None
    return HttpResponseRedirect(f"{reverse('privacy:my-data')}#choices")


def zip_answer(content: bytes) -> HttpResponse:
    """Return a copy of somebody's data as a download that nothing keeps."""
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="open-museums-{timezone.localdate():%Y-%m-%d}.zip"'
    response["Cache-Control"] = "private, no-store"
    return response


def _leave(request: HttpRequest, subject: Subject) -> None:
    keeper = records()
    if subject.account is not None:
        logout(request)
    elif keeper is not None:
        keeper.forget(request)


def _somebody(request: HttpRequest) -> Subject:
    subject = subject_of(request)
    if subject.is_nobody:
        raise Http404
    return subject


def _ask_who_it_is(request: HttpRequest, subject: Subject) -> None:
    """Have an account's owner say again who they are where that was long ago: its middleware leads there and back.

    Who has no way of doing so (no password, second factor or address) is not kept from what is theirs.
    """
    if subject.account is not None and get_adapter(request).get_reauthentication_methods(subject.account):
        raise_if_reauthentication_required(request, app="openmuseums.privacy")


def _choices(account: AbstractBaseUser | None) -> list[dict[str, object]]:
    if account is None:
        return []
    standing = {found.purpose: found for found in Consent.objects.filter(account_id=account.pk, withdrawn_at=None)}
    return [
        {
            "key": purpose.key,
            "text": purpose.text,
            "is_given": has_consent(account, purpose.key),
            "consent": standing.get(purpose.key),
        }
        for purpose in purposes()
        if purpose.key in standing or purpose.is_offered_to is None or purpose.is_offered_to(account)
    ]


@ensure_csrf_cookie
def _with_token(request: HttpRequest, template: str, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    return render(request, template, context, status=status)
