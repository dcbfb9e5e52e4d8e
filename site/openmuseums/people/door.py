"""The door: what only people with a second factor may open, Wagtail's admin first of all."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode

from openmuseums.people.factors import has_given_second_factor, second_factors
from openmuseums.people.models import User

May = Callable[[User], bool]

# By URL name, or by the namespace before a colon.
_doors: dict[str, May] = {}
# What below the admin's address is for everybody: it leads to pages of the site, or ends a session.
_OPEN = {"wagtailadmin_login", "wagtailadmin_logout", "wagtailadmin_password_reset"}


def register_door(name: str, may: May) -> None:
    """Put an address behind the door, by its URL name; a name that ends in a colon stands for a whole namespace.

    may: who may open it at all, a second factor apart.
    """
    _doors[name] = may


def may_open_admin(user: User) -> bool:
    """Return whether an account may open Wagtail's admin."""
    return user.has_perm("wagtailadmin.access_admin")


class DoorMiddleware:
    """Lets through to Wagtail's admin, and to what else is registered, who has given a second factor in this session.

    Who has none is led to the page that sets one up, and who has not given it to the one that asks for it. Who is not
    signed in is led to sign in; who may not open the place at all is told so.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.admin = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on: the door is decided on once it is known which view answers."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Return where to go instead, or None where the view may answer.

        Raises PermissionDenied for who may not open the place, and for scripts that are not let through.
        """
        name = request.resolver_match.view_name if request.resolver_match else ""
        may = self._door(request.path_info, name)
        if may is None or name in _OPEN:
            return None
        user = request.user
        if not isinstance(user, User):
            return _lead(request, to=reverse(settings.LOGIN_URL))
        if not may(user):
            raise PermissionDenied
        if not settings.SECOND_FACTOR_REQUIRED:
            return None
        kinds = second_factors(user)
        if not kinds:
            return _lead(request, to=reverse("people:second-factor"))
        if not has_given_second_factor(request, user):
            app = Authenticator.Type.TOTP in kinds
            return _lead(request, to=reverse("mfa_reauthenticate" if app else "mfa_reauthenticate_webauthn"))
        return None

    def _door(self, path: str, name: str) -> May | None:
        # By its path and not by names: whatever an app adds to the admin stands behind the door.
        if path.startswith(self.admin):
            return may_open_admin
        return _doors.get(name) or _doors.get(name.rpartition(":")[0] + ":")


def _lead(request: HttpRequest, *, to: str) -> HttpResponseBase:
    """Lead a person on, and refuse a script, which would take the page that it is led to for an answer."""
    if request.headers.get("x-requested-with") == "XMLHttpRequest" or "/api/" in request.path_info:
        raise PermissionDenied
    # A form that was sent is not sent again: its page may be one that only takes forms.
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else reverse("wagtailadmin_home")
    return HttpResponseRedirect(f"{to}?{urlencode({'next': back})}")


@register(Tags.security, deploy=True)
def check_second_factor(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Refuse to be deployed where the admin opens without a second factor."""
    if settings.SECOND_FACTOR_REQUIRED:
        return []
    return [
        Error(
            "SECOND_FACTOR_REQUIRED is False: a password alone would open Wagtail's admin.",
            hint="Leave it out of the settings. Only the demo does without.",
            id="people.E001",
        )
    ]
