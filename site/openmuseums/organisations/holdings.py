"""What is declared of memberships: what they are for, and how they are told and erased."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from openmuseums.organisations.belonging import leave_all
from openmuseums.organisations.models import Membership
from openmuseums.people.models import User
from openmuseums.privacy.registry import Basis, Declaration, Subject, declare


def declare_holdings() -> None:
    """Declare what the app keeps of people."""
    declare(
        Declaration(
            model="organisations.Membership",
            title=_("Museums and networks that you belong to"),
            purpose=_("You told us, so that trainers and your museum’s network can be of use to you. You need not."),
            basis=Basis.CONSENT,
            retention=_("Until you leave the organisation or erase your account."),
            export=_exported,
            erase=_erased,
            labels={"organisation": _("Organisation"), "country": _("Country")},
        )
    )


def _exported(subject: Subject) -> Iterator[dict[str, Any]]:
    if not isinstance(subject.account, User):
        return
    rows = Membership.objects.filter(account=subject.account).select_related("organisation").order_by("pk")
    for row in rows:
        yield {
            "organisation": row.organisation.name,
            "country": str(row.organisation.get_country_display()),
            "role": str(row.get_role_display()),
            "joined_at": row.joined_at,
        }


def _erased(subject: Subject, now: dt.datetime) -> None:
    if isinstance(subject.account, User):
        leave_all(account=subject.account)
