"""What this app itself keeps of people, and the cookies that the site sets."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openmuseums.privacy.inactivity import expire_inactive
from openmuseums.privacy.looks import expire_looks, looks_at, name_of
from openmuseums.privacy.models import Consent, InactivityNotice, Look
from openmuseums.privacy.registry import Basis, Cookie, Declaration, Subject, declare, declare_cookie


def _consents(subject: Subject) -> Iterable[Mapping[str, Any]]:
    if subject.account is None:
        return []
    rows = Consent.objects.filter(account_id=subject.account.pk).order_by("pk")
    return rows.values("purpose", "text__text", "given_at", "withdrawn_at")


def _erase_consents(subject: Subject, now: dt.datetime) -> None:
    if subject.account is not None:
        Consent.objects.filter(account_id=subject.account.pk).delete()


def _looks(subject: Subject) -> Iterable[dict[str, Any]]:
    if subject.account is None:
        return []
    return [
        {"looked_at": look.looked_at, "what": look.what, "who": name_of(look.actor) or gettext("An administrator")}
        for look in looks_at(subject.account)
    ]


def _erase_looks(subject: Subject, now: dt.datetime) -> None:
    """Delete looks at the account; those that it took at others stay for them to see, without its name."""
    if subject.account is not None:
        Look.objects.filter(subject_id=subject.account.pk).delete()
        Look.objects.filter(actor_id=subject.account.pk).update(actor=None)


def _notices(subject: Subject) -> Iterable[Mapping[str, Any]]:
    if subject.account is None:
        return []
    return InactivityNotice.objects.filter(account_id=subject.account.pk).values("told_at")


def _erase_notices(subject: Subject, now: dt.datetime) -> None:
    if subject.account is not None:
        InactivityNotice.objects.filter(account_id=subject.account.pk).delete()


def declare_own() -> None:
    """Declare consents, looks and notices."""
    declare(
        Declaration(
            model="privacy.Consent",
            title=_("What you agreed to"),
            purpose=_("Shows what you agreed to, to which words and when."),
            basis=Basis.LEGAL_OBLIGATION,
            retention=_("As long as the account."),
            export=_consents,
            erase=_erase_consents,
            labels={"text__text": _("Text")},
        )
    )
    declare(
        Declaration(
            model="privacy.Look",
            title=_("Who looked at your data"),
            purpose=_(
                "Tells you when somebody who administers the site opened your account, copied your data or let you in."
            ),
            basis=Basis.LEGITIMATE_INTERESTS,
            retention=_("Two years."),
            export=_looks,
            erase=_erase_looks,
            expire=expire_looks,
            labels={"who": _("Who")},
        )
    )
    declare(
        Declaration(
            model="privacy.InactivityNotice",
            title=_("Accounts that nobody uses"),
            purpose=_("Remembers that you were told of the erasure of an account that you do not use any longer."),
            basis=Basis.LEGITIMATE_INTERESTS,
            retention=_("An account is erased three years after the last sign-in, thirty days after a letter says so."),
            export=_notices,
            erase=_erase_notices,
            expire=expire_inactive,
        )
    )


def declare_cookies() -> None:
    """Declare the cookies."""
    declare_cookie(
        Cookie(
            settings.LANGUAGE_COOKIE_NAME,
            _("Language"),
            _("When you choose a language with the language switcher"),
            _("The bare address of the site then leads to that language"),
            _("At most a year"),
            order=10,
        )
    )
    declare_cookie(
        Cookie(
            settings.RECORD_COOKIE_NAME,
            _("Record on this device"),
            _("When you have the site keep your progress on this device"),
            _("Finds your record again; it holds a random number and nothing about you"),
            _("Thirty days after the record last saved something, or until you start afresh"),
            order=20,
        )
    )
    declare_cookie(
        Cookie(
            settings.SESSION_COOKIE_NAME,
            _("Session"),
            _("When you sign in"),
            _("Tells the site that it is you, from page to page"),
            _("Two weeks, or until you sign out"),
            order=30,
        )
    )
    declare_cookie(
        Cookie(
            settings.CSRF_COOKIE_NAME,
            _("Form token"),
            _("When you open a page with a form that changes something"),
            _("Proves that a form was sent by you and not by another website in your name"),
            _("A year"),
            order=40,
        )
    )
    declare_cookie(
        Cookie(
            "messages",
            _("Message"),
            _("When the site has something to tell you on the next page"),
            _("Carries that message"),
            _("Until the message has been shown"),
            order=50,
        )
    )
