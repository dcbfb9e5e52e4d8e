"""The acts of inviting: invite, withdraw, let an invitation hold again; and following one."""

import datetime as dt
import secrets
from collections.abc import Sequence

from django.db import transaction

from openmuseums.learners.recording import learner_of, locked_record
from openmuseums.people.models import User
from openmuseums.trainers.entering import CohortClosedError
from openmuseums.trainers.inviting.planning import Guest, known_addresses
from openmuseums.trainers.inviting.writing import send_invitations
from openmuseums.trainers.joining.acts import join
from openmuseums.trainers.joining.sharing import Shared
from openmuseums.trainers.models import Cohort, Invitation, Participation, Staff

# In all groups that one trainer answers for, in a day.
MOST_A_DAY = 10_000
_DAY = dt.timedelta(days=1)


class TooManyError(ValueError):
    """Raised where more would be invited than a trainer may invite in a day; `left` says how many still may."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


class InvitationGoneError(LookupError):
    """Raised where an invitation holds no longer: it was used or withdrawn, or its group is closed for good."""


@transaction.atomic
def invite(*, cohort: Cohort, guests: Sequence[Guest], now: dt.datetime) -> int:
    """Invite people, each address once, and return how many were invited now; their letters are written soon after.

    Raises CohortClosedError where the cohort is in the archive, and TooManyError: then nobody is invited.
    """
    answers = Staff.objects.filter(cohort=cohort, role=Staff.Role.TRAINER).values("account")
    # The account first: two files at once, in two groups of one trainer, are counted one after the other.
    list(User.objects.select_for_update(no_key=True).filter(pk__in=answers).values_list("pk"))
    locked = Cohort.objects.select_for_update(no_key=True).filter(pk=cohort.pk, archived_at=None).first()
    if locked is None:
        raise CohortClosedError
    known = known_addresses(locked)
    new = {guest.email: guest for guest in guests if guest.email not in known}
    left = left_today(cohort, now=now)
    if len(new) > left:
        raise TooManyError(left)
    Invitation.objects.bulk_create(
        [
            Invitation(
                cohort=locked,
                email=guest.email,
                name=guest.name,
                museum=guest.museum,
                language=guest.language or locked.languages[0],
                token=secrets.token_urlsafe(24),
                invited_at=now,
            )
            for guest in new.values()
        ],
        batch_size=500,
    )
    if new:
        # Robust: what is not announced the clock finds.
        transaction.on_commit(send_invitations.enqueue, robust=True)
    return len(new)


def left_today(cohort: Cohort, *, now: dt.datetime) -> int:
    """Return how many more people may be invited today in the groups of who answers for this one."""
    answers = Staff.objects.filter(cohort=cohort, role=Staff.Role.TRAINER).values("account")
    cohorts = Staff.objects.filter(account__in=answers, role=Staff.Role.TRAINER).values("cohort")
    return max(0, MOST_A_DAY - Invitation.objects.filter(cohort__in=cohorts, invited_at__gt=now - _DAY).count())


def withdraw(*, cohort: Cohort, invitation_id: int, now: dt.datetime) -> None:
    """Have an invitation hold no longer. Who followed it already stays; twice changes nothing."""
    Invitation.objects.filter(cohort=cohort, pk=invitation_id, withdrawn_at=None).update(withdrawn_at=now)


def renew(*, cohort: Cohort, invitation_id: int) -> None:
    """Have an invitation that was withdrawn hold again, with the same link; no second letter is written."""
    Invitation.objects.filter(cohort=cohort, pk=invitation_id).update(withdrawn_at=None)


def invitation_to_follow(token: str) -> Invitation | None:
    """Return the invitation that a link is for, if it still holds."""
    rows = Invitation.objects.filter(token=token, used_at=None, withdrawn_at=None, cohort__archived_at=None)
    return rows.select_related("cohort__organisation").first()


@transaction.atomic
def follow_invitation(*, token: str, account: User, shared: Shared, now: dt.datetime) -> Participation:
    """Have somebody join by an invitation, whatever address their account has. It is used up by it.

    Raises InvitationGoneError.
    """
    # In the order in which all else is locked.
    locked_record(learner_of(user=account, now=now), now)
    invitation = invitation_to_follow(token)
    if invitation is None or not Invitation.objects.filter(pk=invitation.pk, used_at=None, withdrawn_at=None).update(
        used_at=now
    ):
        raise InvitationGoneError
    try:
        row = join(cohort=invitation.cohort, account=account, shared=shared, now=now, is_invited=True)
    except CohortClosedError as error:
        raise InvitationGoneError from error
    # Somebody may follow two, sent to two addresses of theirs.
    if not Invitation.objects.filter(participation=row).exists():
        Invitation.objects.filter(pk=invitation.pk).update(participation=row)
    return row
