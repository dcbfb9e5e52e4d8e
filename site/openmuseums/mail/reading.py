"""How the queue of letters stands, and the letters that the demo keeps."""

import datetime as dt

from django.utils.translation import gettext as _

from openmuseums.clock.signs import Reading
from openmuseums.mail.models import Letter

LATE = dt.timedelta(minutes=30)


def read_letters(now: dt.datetime) -> Reading:
    """Return how many letters wait, since when, and how many were given up; nobody is named."""
    waiting, given_up = Letter.objects.waiting(), Letter.objects.given_up()
    counts = {"waiting": waiting.count(), "failed": given_up.count()}
    sentence = _("Waiting: %(waiting)s. Given up: %(failed)s.") % counts
    errors = sorted(set(given_up.exclude(error="").values_list("error", flat=True)[:100]))
    if errors:
        sentence += " " + _("The mail server’s answers: %(errors)s.") % {"errors": ", ".join(errors)}
    if counts["failed"]:
        advice = _("See that the mail server can be reached and takes letters from the site, then try again.")
        return Reading(sentence, advice, can_try_again=True)
    if waiting.filter(queued_at__lte=now - LATE).exists():
        return Reading(sentence, _("Letters are late. See that the mail server can be reached (EMAIL_HOST)."))
    return Reading(sentence)
