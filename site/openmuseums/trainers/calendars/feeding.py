"""Secret addresses of calendars: making one, making another, ending it; and which sessions each shows."""

import datetime as dt
import secrets
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from openmuseums.people.models import User
from openmuseums.trainers.models import Cohort, Feed, Participation, Session


def renew_own_feed(*, account: User, now: dt.datetime) -> Feed:
    """Give somebody an address for their calendar; the one they had shows nothing any longer."""
    return _renewed(now, account=account)


def renew_cohort_feed(*, cohort: Cohort, now: dt.datetime) -> Feed:
    """Give a cohort an address for its calendar; the one it had shows nothing any longer."""
    return _renewed(now, cohort=cohort)


def renew_feed_of_left_cohort(*, cohort_id: UUID, now: dt.datetime) -> None:
    """Give a cohort whose staff somebody left another address, if it has one: who left reads on nowhere."""
    Feed.objects.filter(cohort=cohort_id).update(token=_token(), renewed_at=now)


def end_own_feed(*, account: User) -> None:
    """End the address of somebody's calendar. Twice changes nothing."""
    Feed.objects.filter(account=account).delete()


def sessions_in(feed: Feed) -> QuerySet[Session]:
    """Return the sessions that an address shows now, cancelled ones too."""
    rows = Session.objects.select_related("cohort", "organisation")
    if feed.cohort_id is not None:
        return rows.filter(cohort=feed.cohort_id)
    return sessions_of_account(feed.account_id or 0)


def sessions_of_account(account_id: int) -> QuerySet[Session]:
    """Return the sessions of the cohorts that somebody takes part in."""
    mine = Participation.objects.filter(account=account_id, status=Participation.Status.JOINED)
    return Session.objects.select_related("cohort", "organisation").filter(cohort__in=mine.values("cohort"))


def _renewed(now: dt.datetime, **owner: Any) -> Feed:
    values = {"token": _token(), "renewed_at": now}
    try:
        with transaction.atomic():
            feed, _is_new = Feed.objects.update_or_create(**owner, defaults=values)
    except IntegrityError:
        # Somebody made the first one in another tab just now.
        feed, _is_new = Feed.objects.update_or_create(**owner, defaults=values)
    return feed


def _token() -> str:
    return secrets.token_urlsafe(32)
