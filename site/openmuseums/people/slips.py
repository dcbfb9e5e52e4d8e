"""Slips: a code on paper lets somebody in once who has no e-mail address, or whose other ways in are lost."""

import datetime as dt
import secrets
from collections.abc import Callable

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from openmuseums.people.models import Slip, User
from openmuseums.people.rights import may_look_after
from openmuseums.privacy.looks import note_look
from openmuseums.privacy.models import Look

MADE = "people.slip_made"
LASTS = dt.timedelta(days=14)
# How long a slip that was used, or whose time is up, is still known of.
REMEMBERED = dt.timedelta(days=30)
# Digits alone: they are the same on every keyboard. 66 bits, so that nobody guesses them.
_GROUPS, _DIGITS = 5, 4

MayHelp = Callable[[User, User], bool]


class MayNotHelpError(PermissionError):
    """Raised where somebody may not let another person in."""


class ClosedAccountError(ValueError):
    """Raised where an account is closed."""


def may_help(helper: User, account: User) -> bool:
    """Return whether somebody who looks after accounts may let this one in: never themselves, nor one above them."""
    return (
        helper.is_active
        and helper.has_perm("people.change_user")
        and helper.pk != account.pk
        and may_look_after(helper, account)
    )


@transaction.atomic
def make_slip(*, account: User, made_by: User, now: dt.datetime, may: MayHelp = may_help) -> str:
    """Make a slip for an account and return its code, in groups of digits; it is told this once.

    may: who may, given who makes it and the account. What slip the account had before is void. The owner sees among
    their data who made it.
    Raises MayNotHelpError and ClosedAccountError.
    """
    if not may(made_by, account):
        raise MayNotHelpError
    code = " ".join("".join(secrets.choice("0123456789") for _digit in range(_DIGITS)) for _group in range(_GROUPS))
    # Two who make one at once wait for each other here, and the later one holds.
    locked = User.objects.select_for_update(no_key=True).get(pk=account.pk)
    if not locked.is_active:
        raise ClosedAccountError
    # Asked again under the lock: somebody may have come in meanwhile, by the slip that this one would make void.
    if not may(made_by, locked):
        raise MayNotHelpError
    Slip.objects.filter(account=locked, used_at=None).delete()
    Slip.objects.create(
        account=locked, digest=make_password(_plain(code)), made_by=made_by, made_at=now, expires_at=now + LASTS
    )
    note_look(made_by, locked.pk, Look.What.SLIP, now)
    return code


def redeem_slip(*, name: str, code: str, now: dt.datetime) -> User | None:
    """Return the account that a user name (or e-mail address) and a code belong to, and use the slip up; else None.

    The account's password is taken away with it: whoever comes by a slip sets a new one. No slip, another code and a
    name that nobody has take as long as the right answer.
    """
    name, code = name.strip(), _plain(code)
    slip = (
        Slip.objects.filter(Q(account__username__iexact=name.casefold()) | Q(account__email__iexact=name))
        .filter(account__is_active=True, used_at=None, expires_at__gt=now)
        .first()
    )
    if slip is None:
        make_password(code)
        return None
    # Before anything is locked: it takes its time, and nobody should wait for a guess.
    if not check_password(code, slip.digest):
        return None
    with transaction.atomic():
        # The account first, as where a slip is made: what two lock in turn can lock them up.
        account = User.objects.select_for_update(no_key=True).filter(pk=slip.account_id).first()
        # It may have been taken away meanwhile, with the place that it was made for.
        if account is None:
            return None
        is_used_up = Slip.objects.filter(pk=slip.pk, used_at=None).update(used_at=now)
        if not (is_used_up and account.is_active):
            return None
        account.set_unusable_password()
        account.save(update_fields=["password"])
    return account


@transaction.atomic
def forget_slips(now: dt.datetime) -> str:
    """Delete slips that were used, or could have been used, a month ago."""
    before = now - REMEMBERED
    gone = Slip.objects.filter(Q(used_at__lt=before) | Q(expires_at__lt=before)).delete()[0]
    return f"{gone} slips deleted."


def slip_state(account: User, now: dt.datetime) -> str:
    """Return a sentence on the slip that an account has, if it has one that can be used; else an empty text."""
    if Slip.objects.filter(account=account, used_at=None, expires_at__gt=now).exists():
        return _("There is a slip that has not been used yet. A new one makes it void.")
    return ""


def _plain(code: str) -> str:
    """Return the digits of what somebody typed, in whatever script and groups."""
    return "".join(str(int(each)) for each in code if each.isdecimal())[:64]
