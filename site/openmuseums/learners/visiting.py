"""Whose record a request acts on: that of the account that is signed in, else the one kept on the device.

A visitor's record is named by a random id in a signed cookie. Answers to POSTs alone set or renew it; where it names no
record that stands, it is deleted with the answer and the visitor has none.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import models, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from openmuseums.delivery.states import State, state_of
from openmuseums.learners.erasing import erase
from openmuseums.learners.models import Learner, RecordGoneError
from openmuseums.learners.projection import Record, stored_record, stored_record_of
from openmuseums.learners.recording import learner_of
from openmuseums.people.models import User

SALT = "openmuseums.learners.visiting"


@dataclass
class _Device:
    """What a request's device brought, and what its answer does about it."""

    record: Learner | None
    is_stale: bool = False


def account_in(request: HttpRequest) -> User | None:
    """Return the account that is signed in, without a query in the public state of a page."""
    user = getattr(request, "user", None) if state_of(request) == State.KEPT else None
    return user if isinstance(user, User) else None


def device_record_in(request: HttpRequest) -> Learner | None:
    """Return the record kept on the device, whoever is signed in; None where there is none that still stands."""
    return _device(request).record


def visitor_in(request: HttpRequest) -> Learner | None:
    """Return the device's record where the request acts on it: while nobody is signed in."""
    return None if account_in(request) else device_record_in(request)


def learner_in(request: HttpRequest) -> Learner | None:
    """Return the record that a request acts on; None without one, and for an account before its first act."""
    account = account_in(request)
    return Learner.objects.filter(account=account).first() if account else device_record_in(request)


def learner_for(request: HttpRequest, now: dt.datetime) -> Learner | None:
    """Return the record for an act that is to be saved: an account's is begun now. None where nobody's would be."""
    account = account_in(request)
    return learner_of(user=account, now=now) if account else device_record_in(request)


def is_somebody(request: HttpRequest) -> bool:
    """Return whether what the reader does is kept: an account is signed in, or the device has a record."""
    return account_in(request) is not None or device_record_in(request) is not None


def record_in(request: HttpRequest) -> Record | None:
    """Return what there is to show for the reader, in one query; None where nothing of theirs is kept."""
    account = account_in(request)
    if account:
        return stored_record_of(account)
    visitor = device_record_in(request)
    return stored_record(visitor) if visitor else None


def rows_of(request: HttpRequest) -> models.Q | None:
    """Return the condition that rows with a `learner` are the reader's own; None where nobody's record is acted on."""
    account = account_in(request)
    if account:
        return models.Q(learner__account=account)
    visitor = device_record_in(request)
    return models.Q(learner=visitor) if visitor else None


def own_record(request: HttpRequest) -> models.QuerySet[Learner] | None:
    """Return where the reader's own record is found, to lock it without reading it first; None where none is acted on.

    An account before its first act has none there.
    """
    account = account_in(request)
    if account:
        return Learner.objects.filter(account=account)
    visitor = device_record_in(request)
    return Learner.objects.filter(pk=visitor.pk) if visitor else None


def begin(*, request: HttpRequest, now: dt.datetime) -> Learner:
    """Keep a record on the device from now on. Where it has one that stands, that one goes on."""
    device = _device(request)
    if device.record is None:
        until = now + dt.timedelta(days=settings.VISITOR_DAYS)
        device.record = Learner.objects.create(started_at=now, expires_at=until)
    return device.record


@transaction.atomic
def renew(*, request: HttpRequest, now: dt.datetime) -> None:
    """Have the device's record stand for its full time again.

    Raises RecordGoneError where the device has none, or none any longer.
    """
    record = device_record_in(request)
    locked = Learner.objects.select_for_update(no_key=True).filter(pk=record.pk).first() if record else None
    if record is None or locked is None:
        raise RecordGoneError
    record.expires_at = locked.expires_at
    record.put_off(now)


def leave(*, request: HttpRequest) -> None:
    """Erase the device's record at once, and have the device forget it. Without one, nothing is done."""
    record = device_record_in(request)
    if record is not None:
        erase(learner=record)
    forget(request=request)


def forget(*, request: HttpRequest) -> None:
    """Have the device forget its record, which stands no longer."""
    device = _device(request)
    device.record, device.is_stale = None, True


def answer(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Give an answer the cookie of the device's record, where it is one to a POST, or take away one that names none."""
    device: _Device | None = getattr(request, "_device", None)
    if device is None:
        return response
    if device.record is None:
        if device.is_stale and settings.RECORD_COOKIE_NAME in request.COOKIES:
            response.delete_cookie(settings.RECORD_COOKIE_NAME, samesite="Lax")
    elif request.method == "POST" and response.status_code < 400 and account_in(request) is None:
        response.set_cookie(
            settings.RECORD_COOKIE_NAME,
            signing.Signer(salt=SALT).sign(str(device.record.pk)),
            max_age=dt.timedelta(days=settings.VISITOR_DAYS),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def _device(request: HttpRequest) -> _Device:
    device: _Device | None = getattr(request, "_device", None)
    if device is None:
        device = _read(request.COOKIES.get(settings.RECORD_COOKIE_NAME, ""))
        request._device = device  # type: ignore[attr-defined]
    return device


def _read(cookie: str) -> _Device:
    if not cookie:
        return _Device(record=None)
    try:
        pk = UUID(signing.Signer(salt=SALT).unsign(cookie))
    except (signing.BadSignature, ValueError):
        return _Device(record=None, is_stale=True)
    record = Learner.objects.filter(pk=pk, account__isnull=True, expires_at__gt=timezone.now()).first()
    return _Device(record=record, is_stale=record is None)
