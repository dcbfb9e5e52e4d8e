"""What accounts and their ways of signing in keep of people."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.usersessions.models import UserSession
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from openmuseums.people.models import Slip, User
from openmuseums.privacy.registry import Basis, Declaration, Subject, declare

_WITH_THE_ACCOUNT = _("As long as the account.")
_KINDS = {
    Authenticator.Type.WEBAUTHN: _("Passkey"),
    Authenticator.Type.TOTP: _("Authenticator app"),
    Authenticator.Type.RECOVERY_CODES: _("Recovery codes"),
}


def _rows(rows: QuerySet[Any], path: str, subject: Subject) -> QuerySet[Any]:
    return rows.filter(**{path: subject.account.pk}) if subject.account is not None else rows.none()


def _eraser(rows: QuerySet[Any], path: str) -> Callable[[Subject, dt.datetime], None]:
    def erase(subject: Subject, now: dt.datetime) -> None:
        _rows(rows.all(), path, subject).delete()

    return erase


def _exporter(rows: QuerySet[Any], path: str, *fields: str) -> Callable[[Subject], Iterable[Mapping[str, Any]]]:
    def export(subject: Subject) -> Iterable[Mapping[str, Any]]:
        return _rows(rows.all(), path, subject).order_by("pk").values(*fields)

    return export


def _export_account(subject: Subject) -> Iterable[Mapping[str, Any]]:
    fields = ("username", "email", "name", "language", "is_active", "date_joined", "last_login")
    for user in _rows(User.objects.all(), "pk", subject):
        yield {
            **{field: getattr(user, field) for field in fields},
            "groups": sorted(user.groups.values_list("name", flat=True)),
        }


def _erase_account(subject: Subject, now: dt.datetime) -> None:
    """Leave the row to whoever erases: it goes last."""


def _export_factors(subject: Subject) -> Iterable[Mapping[str, Any]]:
    for row in _rows(Authenticator.objects.all(), "user", subject).order_by("pk"):
        yield {
            "kind": str(_KINDS[row.type]),
            "name": row.data.get("name", ""),
            "created_at": row.created_at,
            "last_used_at": row.last_used_at,
        }


def declare_holdings() -> None:
    """Declare all of it."""
    declare(
        Declaration(
            model="people.User",
            title=_("The account"),
            purpose=_("Lets you in, addresses you by your name and in your language, and holds what you may do."),
            basis=Basis.CONTRACT,
            retention=_("Until you erase it."),
            export=_export_account,
            erase=_erase_account,
            parts=("people.User_groups", "people.User_user_permissions"),
            order=95,
        )
    )
    declare(
        Declaration(
            model="account.EmailAddress",
            title=_("Your e-mail address"),
            purpose=_("Sends you the codes that let you in. Says whether the address was confirmed."),
            basis=Basis.CONTRACT,
            retention=_WITH_THE_ACCOUNT,
            export=_exporter(EmailAddress.objects.all(), "user", "email", "verified", "primary"),
            erase=_eraser(EmailAddress.objects.all(), "user"),
        )
    )
    declare(
        Declaration(
            model="account.EmailConfirmation",
            title=_("Confirmations of addresses"),
            purpose=_("Stays empty: addresses are confirmed by codes."),
            basis=Basis.CONTRACT,
            retention=_WITH_THE_ACCOUNT,
            export=_exporter(EmailConfirmation.objects.all(), "email_address__user", "created"),
            erase=_eraser(EmailConfirmation.objects.all(), "email_address__user"),
            order=40,
        )
    )
    declare(
        Declaration(
            model="mfa.Authenticator",
            title=_("Passkeys, authenticator app and recovery codes"),
            purpose=_("Lets you in, or proves that it is you. The secrets are encrypted; passkeys have none here."),
            basis=Basis.CONTRACT,
            retention=_("Until you take it away, at the latest as long as the account."),
            export=_export_factors,
            labels={"kind": _("Kind"), "name": _("Name")},
            erase=_eraser(Authenticator.objects.all(), "user"),
        )
    )
    declare(
        Declaration(
            model="usersessions.UserSession",
            title=_("Devices that are signed in"),
            purpose=_("Shows you where you are signed in, so that you can end it. Only browser and system are named."),
            basis=Basis.LEGITIMATE_INTERESTS,
            retention=_("Until you sign out there, at the latest two weeks."),
            export=_exporter(UserSession.objects.all(), "user", "user_agent", "created_at"),
            labels={"user_agent": _("Browser and system"), "created_at": _("Since")},
            erase=_eraser(UserSession.objects.all(), "user"),
        )
    )
    declare(
        Declaration(
            model="socialaccount.SocialAccount",
            title=_("Signing in with another place’s account"),
            purpose=_("Knows you again when you come from there. Nothing is kept where no such place is set up."),
            basis=Basis.CONTRACT,
            retention=_("Until you take it away, at the latest as long as the account."),
            export=_exporter(SocialAccount.objects.all(), "user", "provider", "uid", "date_joined", "extra_data"),
            labels={
                "provider": _("The other place"),
                "uid": _("Your number there"),
                "extra_data": _("What it says of you"),
            },
            erase=_eraser(SocialAccount.objects.all(), "user"),
        )
    )
    declare(
        Declaration(
            model="socialaccount.SocialToken",
            title=_("Keys of other places’ accounts"),
            purpose=_("Stays empty: nothing is asked of the other place once you are in."),
            basis=Basis.CONTRACT,
            retention=_WITH_THE_ACCOUNT,
            export=_exporter(SocialToken.objects.all(), "account__user", "expires_at"),
            erase=_eraser(SocialToken.objects.all(), "account__user"),
            order=40,
        )
    )
    declare(
        Declaration(
            model="people.Slip",
            title=_("Slips to sign in with"),
            purpose=_(
                "Lets you in once with a code on paper. "
                "The code itself is not kept, only a value that it can be checked against."
            ),
            basis=Basis.CONTRACT,
            retention=_("A month after the slip was used or could have been used."),
            export=_exporter(Slip.objects.all(), "account", "made_at", "expires_at", "used_at"),
            erase=_eraser(Slip.objects.all(), "account"),
        )
    )
