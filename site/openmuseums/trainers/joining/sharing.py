"""What somebody lets a cohort know of them."""

from dataclasses import dataclass

from openmuseums.organisations.models import Membership
from openmuseums.people.language import language_for
from openmuseums.people.models import User
from openmuseums.trainers.models import Participation


@dataclass(frozen=True)
class Shared:
    """What somebody shares: their name, their address, and one of the museums or networks that they belong to."""

    name: bool = False
    email: bool = False
    membership: Membership | None = None


def set_shared(participation: Participation, *, account: User, shared: Shared) -> None:
    """Have a participation say what its account shares, as it is now. It is for the caller to enter it."""
    organisation = shared.membership.organisation if shared.membership else None
    participation.name = account.get_full_name() if shared.name else ""
    participation.email = (account.email or "") if shared.email else ""
    participation.museum = organisation.name if organisation else ""
    participation.country = organisation.country if organisation else ""
    participation.role = shared.membership.role if shared.membership else ""
    participation.language = language_for(account)


def shared_now(participation: Participation, *, account: User) -> Shared:
    """Return what a participation shares, as far as it can be told from what it says."""
    named = {row.organisation.name: row for row in account.memberships.select_related("organisation").order_by("-pk")}
    return Shared(
        name=bool(participation.name), email=bool(participation.email), membership=named.get(participation.museum)
    )
