"""From an address to the page that answers it."""

from django.http import Http404, HttpRequest, HttpResponse
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from openmuseums.delivery.languages import reader_language


def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """Answer with the page at a path below the home page, as Wagtail does once it has found it."""
    request._wagtail_route_for_request = route_to(request, path)  # type: ignore[attr-defined]
    response: HttpResponse = serve(request, path)
    return response


def route_to(request: HttpRequest, path: str) -> RouteResult | None:
    """Return the route to the page at a path below the home page of the reader's language; None where there is none.

    Wagtail's own way asks once more in every language but the source's.
    """
    site = Site.find_for_request(request)
    homes = Page.objects.live().filter(locale__language_code=reader_language())
    home = homes.filter(translation_key=site.root_page.translation_key).first() if site else None
    if home is None:
        return None
    try:
        return home.specific.route(request, [part for part in path.split("/") if part])
    except Http404:
        return None
