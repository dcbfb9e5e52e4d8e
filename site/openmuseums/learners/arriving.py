"""What somebody who has just signed in is asked about the record on their device."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from openmuseums.learners.counting import counts_of
from openmuseums.learners.visiting import device_record_in
from openmuseums.people.models import User

# Kept in the session alone: that somebody leaves a record where it is says nothing about them afterwards.
DECLINED = "device-record-declined"


def joining_stop(request: HttpRequest, user: User, wanted: str) -> str | None:
    """Return the page that asks what becomes of the device's record; None where there is none, or nothing in it."""
    device = device_record_in(request)
    if device is None or request.session.get(DECLINED) or counts_of(device).is_empty:
        return None
    return f"{reverse('learners:join')}?{urlencode({'next': wanted})}"
