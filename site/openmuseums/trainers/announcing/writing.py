"""Letters of announcements are written in the background: each once, however often a worker dies."""

import datetime as dt
import logging

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks import task

from openmuseums.mail.kinds import Kind
from openmuseums.mail.sending import NoAddressError, send_letter
from openmuseums.people.language import language_for
from openmuseums.trainers.announcing.consenting import PURPOSE
from openmuseums.trainers.announcing.wording import text_for
from openmuseums.trainers.models import Addressed

logger = logging.getLogger(__name__)

KIND = Kind("group-message", "trainers/letters/announcement", purpose=PURPOSE)
# In one transaction, and in one go: see the letters of invitations.
TOGETHER = 25
IN_ONE_GO = 500


@task(backend="queue")
def write_announcements() -> str:
    """Write letters that wait, in the background; where more are left, another go follows."""
    written = write_letters(now=timezone.now(), most=IN_ONE_GO)
    if _waiting().exists():
        write_announcements.enqueue()
    return f"Announcements written: {written}."


def write_due(now: dt.datetime) -> str:
    """Write the letters that were left behind; say in a sentence how many."""
    return f"Announcements written: {write_letters(now=now, most=2 * IN_ONE_GO)}."


def write_letters(*, now: dt.datetime, most: int) -> int:
    """Write letters that wait, at most so many; return how many were written."""
    written = looked_at = 0
    while looked_at < most:
        with transaction.atomic():
            rows = _waiting().select_related("announcement__cohort", "participation__account")
            batch = list(rows.prefetch_related("announcement__texts")[:TOGETHER])
            if not batch:
                break
            written += sum(_write(row, now) for row in batch)
        looked_at += len(batch)
    return written


def _waiting() -> QuerySet[Addressed]:
    return Addressed.objects.filter(waits_since__isnull=False).order_by("pk")


def _write(row: Addressed, now: dt.datetime) -> bool:
    """Write a letter, unless somebody else does. What is claimed and its letter are saved together or not at all."""
    if not _waiting().filter(pk=row.pk).update(waits_since=None):
        return False
    account, cohort = row.participation.account, row.announcement.cohort
    if account is None or row.participation.status != row.participation.Status.JOINED:
        return False
    language = language_for(account)
    text = text_for(list(row.announcement.texts.all()), language=language, order=cohort.languages)
    with translation.override(language):
        path = reverse("groups:group", args=[row.participation_id])
    context = {"name": account.name, "group": cohort.name, "text": text, "path": path}
    try:
        with transaction.atomic():
            send_letter(kind=KIND.key, to=account, context=context, language=language, now=now)
    except (ValidationError, NoAddressError):
        logger.warning("The address of account %s takes no letter.", account.pk)
        return False
    return True
