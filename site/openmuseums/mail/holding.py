"""What letters hold of people, as the registry of personal data is told."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openmuseums.mail.models import Letter, Refusal
from openmuseums.mail.refusing import digest_of
from openmuseums.privacy.names import addresses_of
from openmuseums.privacy.registry import Basis, Declaration, Subject

KEPT = dt.timedelta(days=30)


def declaration() -> Declaration:
    """Return what letters hold of people."""
    return Declaration(
        model=Letter._meta.label,
        purpose=_("Letters that wait to be sent to you: your address and what is in them."),
        basis=Basis.CONTRACT,
        retention=_("Until a letter is sent, which takes seconds. One that cannot be sent goes after 30 days."),
        export=_export,
        erase=_erase,
        expire=_expire,
    )


def refusals() -> Declaration:
    """Return what is kept of addresses that are to get no more letters."""
    return Declaration(
        model=Refusal._meta.label,
        purpose=_(
            "Has us pass on no more invitations to an address that asked for none. It is kept as a digest, from which "
            "the address cannot be read."
        ),
        basis=Basis.LEGITIMATE_INTERESTS,
        retention=_("For good, also when you erase your account: else you would be invited again."),
        export=_export_refusals,
        erase=_keep_refusals,
    )


def _export_refusals(subject: Subject) -> Iterable[Mapping[str, Any]]:
    if subject.account is None:
        return []
    digests = [digest_of(address) for address in addresses_of(subject.account)]
    return Refusal.objects.filter(digest__in=digests).order_by("pk").values("kind", "since")


def _keep_refusals(subject: Subject, now: dt.datetime) -> None:
    """Keep them: they are what somebody asked for, and name nobody."""


def _about(subject: Subject) -> Q:
    account = subject.account
    if account is None:
        return Q(pk=None)
    found = Q(account_id=account.pk)
    for address in addresses_of(account):
        found |= Q(address__iexact=address)
    return found


def _export(subject: Subject) -> Iterable[Mapping[str, Any]]:
    for letter in Letter.objects.filter(_about(subject)):
        yield {
            "address": letter.address,
            "kind": letter.kind,
            "language": letter.language,
            "subject": letter.subject,
            "text": letter.text,
            "queued_at": letter.queued_at.isoformat(),
            "sent_at": letter.sent_at.isoformat() if letter.sent_at else None,
        }


def _erase(subject: Subject, now: dt.datetime) -> None:
    Letter.objects.filter(_about(subject)).delete()


def _expire(now: dt.datetime, is_written: bool) -> int:
    old = Letter.objects.filter(queued_at__lte=now - KEPT)
    return old.delete()[0] if is_written else old.count()
