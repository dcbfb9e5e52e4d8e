"""Who works on which translation: a seat at its desk is taken, taken over and left, and is free again after a while."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from wagtail.models import Locale

from openmuseums.people.models import User
from openmuseums.translation.models import Seat

# A seat that nobody has used for so long is free.
SEAT_LASTS = dt.timedelta(hours=12)


def seat_of(*, page_key: UUID, locale: Locale, now: dt.datetime) -> Seat | None:
    """Return the seat of who works on a page in a language; None where it is free."""
    rows = Seat.objects.filter(page_key=page_key, locale=locale, seen_at__gte=now - SEAT_LASTS)
    return rows.select_related("person").first()


@transaction.atomic
def take_seat(*, page_key: UUID, locale: Locale, person: User, now: dt.datetime, over: bool = False) -> Seat:
    """Give somebody the seat where it is free or theirs, and return it, whosever it is then.

    over: give it to them in any case.
    """
    seat, made = Seat.objects.select_for_update(of=("self",)).get_or_create(
        page_key=page_key, locale=locale, defaults={"person": person, "since": now, "seen_at": now}
    )
    is_free = seat.seen_at < now - SEAT_LASTS
    if made or (seat.person_id != person.pk and not is_free and not over):
        return seat
    if seat.person_id != person.pk or is_free:
        seat.person, seat.since = person, now
    seat.seen_at = now
    seat.save()
    return seat


def leave_seat(*, page_key: UUID, locale: Locale, person: User) -> None:
    """Make a seat free, if it is this person's."""
    Seat.objects.filter(page_key=page_key, locale=locale, person=person).delete()
