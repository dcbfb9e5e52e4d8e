"""Letters the day before a session, to those who take part and agreed: one for each session, whatever changes."""

import datetime as dt
import logging

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from openmuseums.mail.kinds import Kind
from openmuseums.mail.sending import send_letter
from openmuseums.people.language import language_for
from openmuseums.people.models import User
from openmuseums.trainers.models import Participation, Session

logger = logging.getLogger(__name__)

PURPOSE = "session-reminders"
# When its meaning changes, its version counts up, and people are asked again.
PURPOSE_VERSION = 1
PURPOSE_TEXT = _(
    "You may write to me the day before a session of a group that I take part in, to say when and where it is: once "
    "for each session."
)
KIND = Kind("session-reminder", "trainers/letters/session_reminder", purpose=PURPOSE, lasts=dt.timedelta(hours=12))
AHEAD = dt.timedelta(days=1)


def takes_part(account: AbstractBaseUser) -> bool:
    """Return whether somebody is asked for this consent: who takes part in a cohort."""
    return Participation.objects.filter(account_id=account.pk, status=Participation.Status.JOINED).exists()


def remind_of_sessions(now: dt.datetime) -> str:
    """Write to all who are to be reminded of what is on within a day; say in a sentence how many."""
    due = Session.objects.filter(
        cohort__isnull=False,
        cohort__archived_at=None,
        cancelled_at=None,
        reminded_at=None,
        starts_at__gt=now,
        starts_at__lte=now + AHEAD,
    )
    return f"Reminded: {sum(_remind(session, now) for session in due.order_by('starts_at', 'pk'))}."


@transaction.atomic
def _remind(session: Session, now: dt.datetime) -> int:
    """Write about a session to everybody at once, or, where the clock dies, to nobody; return to how many."""
    if not Session.objects.filter(pk=session.pk, reminded_at=None, cancelled_at=None).update(reminded_at=now):
        return 0
    # As it is now: it may have been changed since it was found.
    session.refresh_from_db()
    return sum(_write(session, account, now) for account in _agreeing(session))


def _agreeing(session: Session) -> list[User]:
    return list(
        User.objects.filter(
            pk__in=Participation.objects.filter(cohort=session.cohort, status=Participation.Status.JOINED).values(
                "account"
            ),
            is_active=True,
        )
        .filter(consents__purpose=PURPOSE, consents__withdrawn_at=None, consents__text__version=PURPOSE_VERSION)
        .filter(emailaddress__primary=True, emailaddress__verified=True)
        .distinct()
        .order_by("pk")
    )


def _write(session: Session, account: User, now: dt.datetime) -> bool:
    language = language_for(account)
    with translation.override(language):
        calendar = reverse("groups:calendar")
    context = {"name": account.name, "session": session, "cohort": session.cohort, "calendar": calendar}
    try:
        send_letter(kind=KIND.key, to=account, context=context, language=language, now=now)
    except ValidationError:
        logger.warning("The address of account %s takes no letter.", account.pk)
        return False
    return True
