"""Letters leave the queue: each is sent once, as far as the way mail works allows.

Whoever sends a letter claims it first, by one conditional update: two workers never send one twice. No transaction is
held open meanwhile, for a mail server may take its time. Where a worker dies between the mail server's yes and its own
note of it, the letter is sent again, under the same Message-ID.
"""

import datetime as dt
import logging
import time
from enum import Enum
from smtplib import SMTPRecipientsRefused
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.utils import DNS_NAME
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from openmuseums.mail.kinds import UnknownKindError, kind_of
from openmuseums.mail.models import Letter
from openmuseums.mail.refusing import refuses
from openmuseums.privacy.consents import has_consent

logger = logging.getLogger(__name__)

# After the first attempt, the second, and so on; the last for all that follow.
PAUSES = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))
# Longer than one go of the clock, so that nobody else tries a letter that is being sent.
CLAIM = dt.timedelta(minutes=15)
ONE_GO = dt.timedelta(minutes=5)
FAILURES_IN_ONE_GO = 3
NO_ANSWER = "The last attempt ended without a word."


class Outcome(Enum):
    """What became of a letter: sent, not sent, not wanted any more, or left to somebody else."""

    SENT = "sent"
    NOT_SENT = "not sent"
    NOT_WANTED = "not wanted"
    LEFT = "left"


@task(backend="queue")
def deliver_letter(letter_id: str) -> str:
    """Send a letter in the background."""
    return deliver(letter_id=UUID(letter_id), now=timezone.now()).value


def deliver(*, letter_id: UUID, now: dt.datetime) -> Outcome:
    """Send a letter, unless it is sent already, somebody is sending it, or it is not its time."""
    # What is due by then is claimed until later: of two who ask, the database lets one.
    claim = Letter.objects.due(now).filter(pk=letter_id)
    if not claim.update(attempts=F("attempts") + 1, next_try_at=now + CLAIM, error=NO_ANSWER):
        return Outcome.LEFT
    letter = Letter.objects.select_related("account").filter(pk=letter_id).first()
    if letter is None:  # erased with its account, this very moment
        return Outcome.LEFT
    if not _is_wanted(letter):
        letter.delete()
        return Outcome.NOT_WANTED
    try:
        _message(letter).send()
    except Exception as error:  # noqa: BLE001 - whatever a mail server does, the letter stays in the queue
        _note_failure(letter, error, now=now)
        return Outcome.NOT_SENT
    if settings.KEEP_SENT_LETTERS:
        Letter.objects.filter(pk=letter_id).update(sent_at=now, error="")
    else:
        letter.delete()
    return Outcome.SENT


def deliver_due(now: dt.datetime) -> str:
    """Send the letters that are due, for some minutes at most; say in a sentence what became of them.

    Ends early where letters fail in a row: then it is the mail server, and the others would wait for it in vain.
    """
    sent = failed = in_a_row = 0
    began = time.monotonic()
    for letter_id in Letter.objects.due(now).order_by("next_try_at").values_list("pk", flat=True)[:1000]:
        outcome = deliver(letter_id=letter_id, now=now)
        sent += outcome is Outcome.SENT
        failed += outcome is Outcome.NOT_SENT
        in_a_row = in_a_row + 1 if outcome is Outcome.NOT_SENT else 0
        if in_a_row == FAILURES_IN_ONE_GO or time.monotonic() - began > ONE_GO.total_seconds():
            break
    return f"Letters sent: {sent}; not sent: {failed}; waiting: {Letter.objects.waiting().count()}."


def try_again(now: dt.datetime) -> int:
    """Have the letters that were given up be tried again, as if they had been queued now; return how many."""
    return Letter.objects.given_up().update(failed_at=None, queued_at=now, next_try_at=now, attempts=0, error="")


def _is_wanted(letter: Letter) -> bool:
    """Return whether the person still wants letters of this kind, and has an open account where it takes one."""
    try:
        kind = kind_of(letter.kind)
    except UnknownKindError:
        return False
    if kind.is_invitation:
        return not refuses(kind=kind.key, address=letter.address)
    if not kind.purpose:
        return True
    return letter.account is not None and letter.account.is_active and has_consent(letter.account, kind.purpose)


def _message(letter: Letter) -> EmailMultiAlternatives:
    headers = {"Message-ID": f"<{letter.pk}@{DNS_NAME}>", "Auto-Submitted": "auto-generated"}
    headers["Content-Language"] = letter.language
    if letter.stop_url:
        headers["List-Unsubscribe"] = f"<{letter.stop_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(letter.subject, letter.text, to=[letter.address], headers=headers)
    message.attach_alternative(letter.html, "text/html")
    return message


def _note_failure(letter: Letter, error: Exception, *, now: dt.datetime) -> None:
    """Note that a letter was not sent, and when it is tried again, if at all."""
    said = _nameless(error)
    is_over = _is_final(error) or now - letter.queued_at >= kind_of(letter.kind).lasts
    pause = PAUSES[min(letter.attempts, len(PAUSES)) - 1]
    # Only while it is still ours.
    Letter.objects.waiting().filter(pk=letter.pk, attempts=letter.attempts).update(
        error=said, next_try_at=now + pause, failed_at=now if is_over else None
    )
    logger.warning("Letter %s was not sent at attempt %d: %s", letter.pk, letter.attempts, said)


def _nameless(error: Exception) -> str:
    """Return what went wrong without what the error says in words, where addresses may stand."""
    code = getattr(error, "smtp_code", None)
    if isinstance(error, SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()), (None,))[0]
    return type(error).__name__ + (f" {code}" if isinstance(code, int) else "")


def _is_final(error: Exception) -> bool:
    """Return whether the mail server says that there is no such address, now and later."""
    return isinstance(error, SMTPRecipientsRefused) and all(code >= 500 for code, _ in error.recipients.values())
