"""Letters from trainers go to those who agreed to them; all others read announcements on the page of their group."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from openmuseums.people.models import User
from openmuseums.trainers.models import Participation

PURPOSE = "group-messages"
# When its meaning changes, its version counts up, and people are asked again.
PURPOSE_VERSION = 1
PURPOSE_TEXT = _(
    "The trainers of groups that I take part in may have you send me letters: at most ten a day from each group. They "
    "do not learn my address by it."
)


def takes_part(account: AbstractBaseUser) -> bool:
    """Return whether somebody is asked for this consent: who takes part in a cohort."""
    return Participation.objects.filter(account_id=account.pk, status=Participation.Status.JOINED).exists()


def gets_letters() -> Q:
    """Return the condition by which somebody who takes part gets letters: they agreed, to an address they confirmed."""
    rows = User.objects.filter(pk=OuterRef("account"), is_active=True)
    agreed = rows.filter(
        consents__purpose=PURPOSE, consents__withdrawn_at=None, consents__text__version=PURPOSE_VERSION
    )
    confirmed = rows.filter(emailaddress__primary=True, emailaddress__verified=True)
    return Q(Exists(agreed)) & Q(Exists(confirmed))
