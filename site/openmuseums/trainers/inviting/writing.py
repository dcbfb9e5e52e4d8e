"""Letters of invitation are written in the background: each once, however often a worker dies."""

import datetime as dt
import logging

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks import task

from openmuseums.delivery.languages import public_languages, source_language
from openmuseums.limits.counting import allow
from openmuseums.mail.kinds import Kind
from openmuseums.mail.sending import send_letter
from openmuseums.trainers.inviting.naming import fit_name
from openmuseums.trainers.models import Invitation, Staff

logger = logging.getLogger(__name__)

KIND = Kind("group-invitation", "trainers/letters/invitation", is_invitation=True)
# In one transaction: a worker that dies leaves none of them half done, and keeps others waiting for a moment only.
TOGETHER = 25
# In one go: then others have their turn.
IN_ONE_GO = 500
# Letters to one address in a day, whoever asks for them. What is above waits for the next day.
MOST_TO_ONE, _DAY = 3, 24 * 60 * 60


@task(backend="queue")
def send_invitations() -> str:
    """Write letters that wait, in the background; where more are left, another go follows."""
    written, last = write_letters(now=timezone.now(), most=IN_ONE_GO)
    if _waiting().filter(pk__gt=last).exists():
        send_invitations.enqueue()
    return f"Invitations written: {written}."


def write_due(now: dt.datetime) -> str:
    """Write the letters that were left behind; say in a sentence how many."""
    return f"Invitations written: {write_letters(now=now, most=2 * IN_ONE_GO)[0]}."


def write_letters(*, now: dt.datetime, most: int) -> tuple[int, int]:
    """Write letters that wait, at most so many; return how many were written, and the last invitation looked at."""
    written = looked_at = last = 0
    while looked_at < most:
        with transaction.atomic():
            batch = list(_waiting().filter(pk__gt=last).select_related("cohort__organisation")[:TOGETHER])
            if not batch:
                break
            trainers = _trainers(batch)
            written += sum(_write(row, trainers.get(row.cohort_id, ""), now) for row in batch)
        looked_at, last = looked_at + len(batch), batch[-1].pk
    return written, last


def _waiting() -> QuerySet[Invitation]:
    rows = Invitation.objects.filter(sent_at=None, withdrawn_at=None, cohort__archived_at=None)
    return rows.order_by("pk")


def _trainers(batch: list[Invitation]) -> dict[object, str]:
    """Return the names of who answers for the cohorts, by cohort."""
    rows = Staff.objects.filter(cohort__in={row.cohort_id for row in batch}, role=Staff.Role.TRAINER)
    return dict(rows.values_list("cohort", "account__name"))


def _write(row: Invitation, trainer: str, now: dt.datetime) -> bool:
    """Write a letter, unless somebody else does, or the address has got enough for today."""
    # Of two who write at once the database lets one; what is claimed and its letter are saved together or not at all.
    # Asked of this row alone: what is asked of another table, PostgreSQL does not ask again of who has waited.
    if not Invitation.objects.filter(pk=row.pk, sent_at=None, withdrawn_at=None).update(sent_at=now):
        return False
    # Counted for who claimed it alone: who came too late has written nothing to this address.
    if not allow("invitation", who=row.email, amount=MOST_TO_ONE, seconds=_DAY):
        Invitation.objects.filter(pk=row.pk).update(sent_at=None)
        return False
    language = _language(row)
    with translation.override(language):
        path = reverse("groups:invitation", args=[row.token])
    context = {
        "name": fit_name(row.name),
        "trainer": fit_name(trainer),
        "organisation": fit_name(row.cohort.organisation.name),
        "group": fit_name(row.cohort.name),
        "cohort": row.cohort,
        "path": path,
    }
    try:
        with transaction.atomic():
            send_letter(kind=KIND.key, address=row.email, context=context, language=language, now=now)
    except ValidationError:
        logger.warning("The address of invitation %s takes no letter.", row.pk)
        return False
    return True


def _language(row: Invitation) -> str:
    """Return the language that somebody is written to in: the one given, else the group's first that is public."""
    public = public_languages()
    return next((code for code in (row.language, *row.cohort.languages) if code in public), source_language())
