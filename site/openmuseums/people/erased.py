"""Somebody who is erased in one tab and saves in another is answered as one who is not signed in."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from openmuseums.people.models import User


class ErasedAccountMiddleware:
    """Leads to sign in where a view failed because the account that it was asked by has been erased meanwhile."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return where to go instead of the page that says that something failed; None where that is not the reason."""
        if not isinstance(exception, DatabaseError | ObjectDoesNotExist) or not isinstance(request.user, User):
            return None
        if User.objects.filter(pk=request.user.pk).exists():
            return None
        logout(request)
        # A form that was sent is not sent again.
        back = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
        return redirect_to_login(back, settings.LOGIN_URL)
