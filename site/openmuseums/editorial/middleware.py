"""A refusal to publish becomes a message, on whichever of Wagtail's ways it was met."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from openmuseums.editorial.gate import NotFitToPublish
from openmuseums.editorial.messages import tell_refusal


class RefusalMiddleware:
    """Answers with a message where a view of the admin was refused a publication.

    Approving, publishing many pages at once, copying and translating end in `publish()` or `save()` without a hook
    before it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return to the page that was refused, or to where the person came from."""
        if not isinstance(exception, NotFitToPublish) or not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        tell_refusal(request, exception)
        address = _way_back(request, exception)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # The moderator's dialogue asks by script and follows this answer.
            return JsonResponse({"step": "success", "redirect": address})
        return HttpResponseRedirect(address)


def _way_back(request: HttpRequest, refusal: NotFitToPublish) -> str:
    if refusal.page.pk:
        return reverse("wagtailadmin_pages:edit", args=[refusal.page.pk])
    referer = request.headers.get("referer", "")
    if url_has_allowed_host_and_scheme(referer, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return urlsplit(referer).path
    return reverse("wagtailadmin_home")
