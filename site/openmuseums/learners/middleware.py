"""The cookie of a visitor's record, and acts that come when their record is gone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from openmuseums.learners import visiting
from openmuseums.learners.models import RecordGoneError
from openmuseums.learners.views import to_begin
from openmuseums.people.views import own_path


class RecordMiddleware:
    """Gives answers the cookie of the device's record; leads to a new one whoever acts on a record that is gone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and have the device keep, renew or forget its record."""
        return visiting.answer(request, self.get_response(request))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Say that the act was not saved by asking where to keep what is done."""
        if not isinstance(exception, RecordGoneError):
            return None
        if visiting.account_in(request) is None:
            visiting.forget(request=request)
        return to_begin(own_path(request, request.POST.get("next", "")))
