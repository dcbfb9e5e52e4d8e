"""Letters to people who stopped half way and agreed to be reminded: what their next step is, and seldom."""

import datetime as dt
import logging

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from openmuseums.learners.models import Learner
from openmuseums.learners.outline import get_outline
from openmuseums.learners.projection import stored_record
from openmuseums.learners.standing import standing_of
from openmuseums.mail.kinds import Kind
from openmuseums.mail.sending import send_letter
from openmuseums.people.language import language_for

logger = logging.getLogger(__name__)

PURPOSE = "reminders"
# When its meaning changes, its version counts up, and people are asked again.
PURPOSE_VERSION = 1
PURPOSE_TEXT = _(
    "You may write to me when I have not gone on with the course for two weeks, to say what my next step is: at most "
    "once a month, and not once I am through."
)
KIND = Kind("reminder", "learners/letters/reminder", purpose=PURPOSE)
IDLE = dt.timedelta(days=14)
APART = dt.timedelta(days=30)


def remind_due(now: dt.datetime) -> str:
    """Write to all who are to be reminded; say in a sentence how many."""
    # The two weeks count from when somebody agreed, too: nobody agrees to a letter for the next morning.
    due = (
        Learner.objects.filter(
            _is_long_ago(now),
            account__is_active=True,
            account__consents__purpose=PURPOSE,
            account__consents__withdrawn_at=None,
            account__consents__given_at__lte=now - IDLE,
            account__emailaddress__primary=True,
            account__emailaddress__verified=True,
        )
        .annotate(last_act=Max("events__recorded_at"))
        .filter(last_act__lte=now - IDLE)
        .select_related("account")
        .order_by("pk")
    )
    return f"Reminded: {sum(_remind(learner, now) for learner in due)}."


def _is_long_ago(now: dt.datetime) -> Q:
    return Q(reminded_at=None) | Q(reminded_at__lte=now - APART)


def _remind(learner: Learner, now: dt.datetime) -> bool:
    """Write to a learner what comes next; return False where nothing does, or somebody has just written."""
    account = learner.account
    if account is None:
        return False
    language = language_for(account)
    with translation.override(language):
        outline = get_outline()
        standing = standing_of(outline, stored_record(learner)) if outline else None
    if outline is None or standing is None or not standing.is_enrolled or standing.next_step is None:
        return False
    context = {
        "name": account.name,
        "course": outline.title,
        "step": standing.next_step,
        "progress": standing.progress,
        "is_quiz": standing.next_is_quiz,
    }
    try:
        with transaction.atomic():
            if not Learner.objects.filter(_is_long_ago(now), pk=learner.pk).update(reminded_at=now):
                return False
            send_letter(kind=KIND.key, to=account, context=context, language=language, now=now)
    except ValidationError:
        logger.warning("The address of account %s takes no letter.", account.pk)
        return False
    return True
