"""A second factor: who has one, who has given it in this session, and what becomes of one that is lost."""

import datetime as dt

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from openmuseums.mail.sending import send_letter
from openmuseums.people.language import language_for
from openmuseums.people.models import User
from openmuseums.people.sessions import end_all_sessions
from openmuseums.people.slips import MayHelp, MayNotHelpError, may_help
from openmuseums.privacy.looks import note_look
from openmuseums.privacy.models import Look

RESET = "people.second_factor_reset"
# Recovery codes stand in for one of these, and are none themselves.
_KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def second_factors(user: User) -> set[str]:
    """Return of which kinds somebody has a second factor: passkey, authenticator app."""
    return set(Authenticator.objects.filter(user=user, type__in=_KINDS).values_list("type", flat=True))


def has_given_second_factor(request: HttpRequest, user: User) -> bool:
    """Return whether it was given in this session: a passkey, an app's code, or a recovery code."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, user))


def count_as_given(*, request: HttpRequest, user: User, authenticator: Authenticator) -> None:
    """Have a passkey or app that was set up just now count as given: it was tried in being set up."""
    if authenticator.type in _KINDS and request.user == user:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


@transaction.atomic
def reset_second_factor(*, account: User, by: User, now: dt.datetime, may: MayHelp = may_help) -> int:
    """Take away all passkeys, the app and the recovery codes of an account, end its sessions, and tell its owner.

    Return how many passkeys and apps it was. Whoever may open the admin is led to set one up anew.
    Raises MayNotHelpError.
    """
    if not may(by, account):
        raise MayNotHelpError
    locked = User.objects.select_for_update(no_key=True).get(pk=account.pk)
    count: int = Authenticator.objects.filter(user=locked, type__in=_KINDS).count()
    Authenticator.objects.filter(user=locked).delete()
    end_all_sessions(user=locked)
    log(instance=locked, action=RESET, user=by)
    note_look(by, locked.pk, Look.What.FACTOR, now)
    if locked.email:
        language = language_for(locked)
        with translation.override(language):
            addresses = {"account_url": reverse("people:account"), "sign_in_url": reverse("account_login")}
        change = _(
            "An administrator took away the passkeys, the authenticator app and the recovery codes of your account, as "
            "for somebody who has lost them. You are signed out everywhere."
        )
        send_letter(
            kind="sign-in",
            template="people/letters/account_changed",
            to=locked,
            context={"change": change, "code": "", **addresses},
            language=language,
            now=now,
        )
    return count
