"""Headers on every answer, and languages by address alone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from openmuseums.delivery.languages import (
    known_languages,
    language_of_address,
    nearest_language,
    public_languages,
    source_language,
)

STRICT_POLICY = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "connect-src": "'self'",
    "font-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "img-src": "'self'",
    "manifest-src": "'self'",
    "media-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
}
# Wagtail's admin writes styles and some scripts into its pages; it still asks no other host for anything.
ADMIN_POLICY = {
    **STRICT_POLICY,
    "default-src": "'self'",
    "frame-ancestors": "'self'",
    "frame-src": "'self'",
    "img-src": "'self' data: blob:",
    "script-src": "'self' 'unsafe-inline'",
    "style-src": "'self' 'unsafe-inline'",
    "worker-src": "'self' blob:",
}
PERMISSIONS_POLICY = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"


def policy_header(policy: dict[str, str]) -> str:
    """Return a Content-Security-Policy as the header's text."""
    return "; ".join(f"{name} {value}" for name, value in policy.items())


class SecurityHeadersMiddleware:
    """Gives every answer its Content-Security-Policy and its kin."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set each header that the answer does not carry yet."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy_header(self._policy(request)))
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    @staticmethod
    def _policy(request: HttpRequest) -> dict[str, str]:
        if getattr(request, "is_preview", False):
            return STRICT_POLICY | {"frame-ancestors": "'self'"}
        if request.path.startswith("/admin/"):
            return ADMIN_POLICY
        # A view names the origins that its forms lead on to, past the site's own.
        targets = getattr(request, "form_targets", ())
        return STRICT_POLICY | {"form-action": " ".join(("'self'", *targets))} if targets else STRICT_POLICY


class PrefixLocaleMiddleware(LocaleMiddleware):
    """Takes the language from the address alone, so that a public page is the same for everybody who asks for it.

    Django's own would answer every unknown address without a language with a redirect into one, and read a cookie.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Activate the language of the address; without one, the nearest to what the browser asks for.

        Where the language is not public, none of its addresses is: they are not found, in the nearest that is.
        """
        language = language_of_address(request.path_info)
        # The admin follows the editor's own choice, which Wagtail activates in its views.
        translation.activate(language or nearest_language(request, known_languages()))
        # What an editor previews need not be public.
        if language not in {"", source_language()} and not getattr(request, "is_dummy", False):
            public = public_languages()
            if language not in public:
                translation.activate(nearest_language(request, public))
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Say which language the answer is in."""
        response.headers.setdefault("Content-Language", translation.get_language() or "")
        return response
