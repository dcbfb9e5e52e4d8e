"""Accounts that a trainer makes for people without an e-mail address, and what a trainer may do with them: little.

A trainer is nobody's administrator. They may make a sign-in slip for an account only while it is an empty shell that
was made for a place of theirs and that nobody has come into; after that it is its owner's, and nobody else's.
"""

import datetime as dt
from functools import partial

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import Exists, OuterRef, QuerySet

from openmuseums.learners.models import Learner
from openmuseums.organisations.models import Membership
from openmuseums.people.models import Slip, User
from openmuseums.people.slips import make_slip
from openmuseums.trainers.models import Cohort, Participation, Staff
from openmuseums.trainers.secrets import make_code

_NAME = "guest-"


def make_account(*, place: Participation, by: User, now: dt.datetime) -> tuple[str, str]:
    """Make an account for a place and a slip for it; return its user name, and the code, which is told this once.

    The user name is made up: by one that a trainer chose they would learn who has an account.
    """
    account = User.objects.create_user(username=f"{_NAME}{make_code(8).lower()}", name=place.name)
    Participation.objects.filter(pk=place.pk).update(made_account=account)
    place.made_account = account
    return account.username or "", new_slip(place=place, account=account, by=by, now=now)


def new_slip(*, place: Participation, account: User, by: User, now: dt.datetime) -> str:
    """Make another slip for the account of a place, which makes an earlier one void. Raises MayNotHelpError."""
    return make_slip(account=account, made_by=by, now=now, may=partial(_may_help, place))


def untouched(accounts: QuerySet[User]) -> QuerySet[User]:
    """Return those accounts that nobody has come into, that have no other way in, and that hold nothing."""
    own = {"account": OuterRef("pk")}
    return accounts.filter(
        ~Exists(Participation.objects.filter(**own)),
        ~Exists(Slip.objects.filter(used_at__isnull=False, **own)),
        ~Exists(Staff.objects.filter(**own)),
        ~Exists(Membership.objects.filter(**own)),
        ~Exists(Learner.objects.filter(**own)),
        ~Exists(EmailAddress.objects.filter(user=OuterRef("pk"))),
        ~Exists(Authenticator.objects.filter(user=OuterRef("pk"))),
        ~Exists(SocialAccount.objects.filter(user=OuterRef("pk"))),
        is_active=True,
        is_superuser=False,
        email=None,
        last_login=None,
        username__startswith=_NAME,
        password__startswith="!",  # noqa: S106 - what Django writes where there is no password
        groups=None,
        user_permissions=None,
    )


def _may_help(place: Participation, helper: User, account: User) -> bool:
    """Return whether a trainer may make a slip for an account: made for this place, in a group that they change."""
    cohorts = Cohort.objects.changed_by(helper).filter(archived_at=None)
    is_theirs = Participation.objects.filter(
        pk=place.pk, status=Participation.Status.PLACED, made_account=account, cohort__in=cohorts
    ).exists()
    return is_theirs and helper.is_active and untouched(User.objects.filter(pk=account.pk)).exists()
