"""What pages are measured beside: a bare view, a bare view with a session, and a bare page of Wagtail's.

They are asked through a WSGI application of their own, with the middleware that Django and Wagtail put into a new
project and none of this one's.
"""

from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path, re_path
from wagtail.models import Page, Site
from wagtail.views import serve

# As the settings of the benchmarks call it.
BARE_ENGINE = "bare"
HOST = "localhost"
_SESSION = "django.contrib.sessions.middleware.SessionMiddleware"
_STOCK = (
    "django.middleware.security.SecurityMiddleware",
    _SESSION,
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
)


def view(request: HttpRequest) -> HttpResponse:
    """Answer with a word."""
    return HttpResponse("ok")


def session(request: HttpRequest) -> HttpResponse:
    """Read the session, change it, and answer: the least that an act of somebody who is signed in costs."""
    request.session["count"] = request.session.get("count", 0) + 1
    return HttpResponse("ok")


def page(request: HttpRequest, place: str) -> Any:
    """Show a page as Wagtail shows one, with its own template."""
    response = serve(request, place)
    response.using = BARE_ENGINE
    return response


def page_to_reader(request: HttpRequest, place: str) -> Any:
    """Show a page once it is known who asks."""
    assert request.user.is_authenticated
    return page(request, place)


# As Wagtail writes it.
_PLACE = r"((?:[\w\-]+/)*)"
urlpatterns = [
    path("view/", view),
    path("session/", session),
    # The name by which Wagtail makes addresses of pages.
    re_path(rf"^pages/{_PLACE}$", page, name="wagtail_serve"),
    re_path(rf"^reader/{_PLACE}$", page_to_reader),
]


class BareAddresses:
    """Has the addresses of this module be those of a request."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        """Answer a request."""
        request.urlconf = __name__
        return self.get_response(request)


def bare_application(kind: str) -> WSGIHandler:
    """Return an application: "view" has no middleware, "session" has sessions, "stock" is a new project's."""
    rest = {"view": (), "session": (_SESSION,), "stock": _STOCK}[kind]
    with override_settings(MIDDLEWARE=[f"{__name__}.BareAddresses", *rest]):
        return WSGIHandler()


def make_bare_page(beside: Page) -> Page:
    """Make a page at the same depth as another, all above it being bare as well, on a site of its own (HOST)."""
    page = Page.get_first_root_node()
    for depth in range(2, beside.depth + 1):
        page = page.add_child(instance=Page(title="Bare", slug=f"bare-{depth}", locale=beside.locale))
        if depth == 2:
            Site.objects.create(hostname=HOST, root_page=page, site_name="Bare")
    return page


def address_of(page: Page) -> str:
    """Return what the address of a bare page ends with."""
    return str(page.url_path).removeprefix("/bare-2/")
