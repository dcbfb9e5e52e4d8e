"""The acts of inviting: invite, withdraw, let an invitation hold again; and following one."""

import datetime as dt
import secrets
from collections.abc import Sequence

from django.db import transaction
from wagtail.log_actions import log

from openmuseums.learners.recording import learner_of, locked_record
from openmuseums.people.models import User
from openmuseums.trainers.entering import CohortClosedError
from openmuseums.trainers.inviting.planning import Guest, known_addresses
from openmuseums.trainers.inviting.writing import send_invitations
from openmuseums.trainers.joining.acts import join
from openmuseums.trainers.joining.sharing import Shared
from openmuseums.trainers.locking import locked_for
from openmuseums.trainers.models import Cohort, Invitation, Participation

INVITED, WITHDRAWN, RENEWED = (f"trainers.invitation_{act}" for act in ("made", "withdrawn", "renewed"))
# By one person in all groups that they run, and to one group by all who run it: in a day.
MOST_A_DAY = 10_000
_DAY = dt.timedelta(days=1)


class TooManyError(ValueError):
    """Raised where more would be invited than may be in a day; `left` says how many still may."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


class InvitationGoneError(LookupError):
    """Raised where an invitation holds no longer: it was used or withdrawn, or its group is closed for good."""


@transaction.atomic
def invite(*, cohort: Cohort, guests: Sequence[Guest], by: User, now: dt.datetime) -> int:
    """Invite people, each address once, and return how many were invited now; their letters are written soon after.

    Raises CohortClosedError where the cohort is in the archive, and TooManyError: then nobody is invited.
    """
    locked = locked_for(by, cohort)
    known = known_addresses(locked)
    new = {guest.email: guest for guest in guests if guest.email not in known}
    left = left_today(cohort=locked, by=by, now=now)
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
                by=by,
            )
            for guest in new.values()
        ],
        batch_size=500,
    )
    if new:
        log(instance=locked, action=INVITED, user=by, data={"count": len(new)})
        # Robust: what is not announced the clock finds.
        transaction.on_commit(send_invitations.enqueue, robust=True)
    return len(new)


def left_today(*, cohort: Cohort, by: User, now: dt.datetime) -> int:
    """Return how many more people somebody may invite to a cohort today.

    Counted twice: what somebody invites to all their groups, so that who helps with a group uses up nothing that is
    for the other groups of who answers for it; and what a group is invited to by all who run it, so that it gets no
    more by having more of them.
    """
    today = Invitation.objects.filter(invited_at__gt=now - _DAY)
    return max(0, MOST_A_DAY - max(today.filter(by=by).count(), today.filter(cohort=cohort).count()))


@transaction.atomic
def withdraw(*, cohort: Cohort, invitation_id: int, by: User, now: dt.datetime) -> None:
    """Have an invitation hold no longer. Who followed it already stays; twice changes nothing."""
    if Invitation.objects.filter(cohort=cohort, pk=invitation_id, withdrawn_at=None).update(withdrawn_at=now):
        log(instance=cohort, action=WITHDRAWN, user=by, data={"invitation": invitation_id})


@transaction.atomic
def renew(*, cohort: Cohort, invitation_id: int, by: User) -> None:
    """Have an invitation that was withdrawn hold again, with the same link; no second letter is written."""
    withdrawn = Invitation.objects.filter(cohort=cohort, pk=invitation_id, withdrawn_at__isnull=False)
    if withdrawn.update(withdrawn_at=None):
        log(instance=cohort, action=RENEWED, user=by, data={"invitation": invitation_id})


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
