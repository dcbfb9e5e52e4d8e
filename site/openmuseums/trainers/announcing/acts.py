"""Announcing: once, to those who take part now and match; letters are written soon after."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from wagtail.log_actions import log

from openmuseums.people.language import language_for
from openmuseums.people.models import User
from openmuseums.trainers.announcing.consenting import gets_letters
from openmuseums.trainers.announcing.wording import text_for
from openmuseums.trainers.announcing.writing import write_announcements
from openmuseums.trainers.following.seeking import Sought, people_sought
from openmuseums.trainers.locking import locked_cohort
from openmuseums.trainers.models import Addressed, Announcement, AnnouncementText, Cohort, Participation

TOLD = "trainers.cohort_told"
# To one group by all who run it: what one of them told it the others see, with who did.
MOST_A_DAY = 10
_DAY = dt.timedelta(days=1)


class TooManyAnnouncementsError(ValueError):
    """Raised where a cohort was told as much today as it may be told in a day."""


class NobodyError(ValueError):
    """Raised where nobody who takes part matches."""


@dataclass(frozen=True)
class Said:
    """What an announcement says in a language."""

    language: str
    subject: str
    text: str


@dataclass(frozen=True)
class Audience:
    """To how many an announcement goes: all in all, and of these by letter."""

    everybody: int
    letters: int


@dataclass(frozen=True)
class Shown:
    """An announcement as somebody reads it."""

    sent_at: dt.datetime
    text: AnnouncementText


def audience(*, cohort: Cohort, sought: Sought, now: dt.datetime) -> Audience:
    """Return to how many an announcement would go. Who they are and how they can be reached is not told."""
    counts = (
        _matching(cohort, sought, now)
        .order_by()
        .annotate(by_letter=gets_letters())
        .aggregate(everybody=Count("pk"), letters=Count("pk", filter=Q(by_letter=True)))
    )
    return Audience(counts["everybody"], counts["letters"])


@transaction.atomic
def announce(  # noqa: PLR0913 - these are the parts of an announcement
    *, cohort: Cohort, sought: Sought, said: Sequence[Said], by: User, token: str, now: dt.datetime
) -> Announcement:
    """Tell those who take part and match; the same token tells nobody twice, and returns what was told by it.

    Raises CohortClosedError, TooManyAnnouncementsError and NobodyError.
    """
    locked = locked_cohort(cohort)
    earlier = Announcement.objects.filter(cohort=locked)
    sent = earlier.filter(token=token).first()
    if sent is not None:
        return sent
    if earlier.filter(sent_at__gt=now - _DAY).count() >= MOST_A_DAY:
        raise TooManyAnnouncementsError
    found = list(_matching(locked, sought, now).annotate(by_letter=gets_letters()).values_list("pk", "by_letter"))
    if not found:
        raise NobodyError
    letters = sum(by_letter for _key, by_letter in found)
    row = Announcement.objects.create(
        cohort=locked, by=by, sent_at=now, recipients=len(found), letters=letters, token=token
    )
    AnnouncementText.objects.bulk_create(
        [AnnouncementText(announcement=row, language=x.language, subject=x.subject, text=x.text) for x in said]
    )
    Addressed.objects.bulk_create(
        [
            Addressed(announcement=row, participation_id=key, waits_since=now if by_letter else None)
            for key, by_letter in found
        ],
        batch_size=500,
    )
    told = {"announcement": row.pk, "people": row.recipients, "letters": row.letters}
    log(instance=locked, action=TOLD, user=by, data=told)
    if letters:
        # Robust: what is not announced the clock finds.
        transaction.on_commit(write_announcements.enqueue, robust=True)
    return row


def announcements_for(participation: Participation) -> list[Shown]:
    """Return what somebody was told, the latest first, each in their language where it was said in it."""
    rows = Announcement.objects.filter(addressed__participation=participation).prefetch_related("texts")
    language = language_for(participation.account) if participation.account else participation.language
    order = participation.cohort.languages
    return [Shown(row.sent_at, text_for(list(row.texts.all()), language=language, order=order)) for row in rows]


def _matching(cohort: Cohort, sought: Sought, now: dt.datetime) -> QuerySet[Participation]:
    return people_sought(cohort, sought, now=now).filter(status=Participation.Status.JOINED)
