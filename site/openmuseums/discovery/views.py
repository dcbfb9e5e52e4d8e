"""What programs ask for: the sitemap, robots.txt and the feeds."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import condition, require_safe

from openmuseums.delivery.languages import known_languages, public_languages, reader_language
from openmuseums.delivery.pages import PUBLIC_CACHE_CONTROL
from openmuseums.delivery.versions import OUTLINE, version_of
from openmuseums.discovery.feeds import feed_of, latest_change, newest_pages
from openmuseums.discovery.pages import known_pages, known_views
from openmuseums.discovery.sitemap import sitemap_of

# Pages that are somebody's own, or that there are without number.
PERSONAL = ("learners:begin", "home:my-learning", "search:search")


def site_of(request: HttpRequest) -> str:
    """Return what the addresses of the site begin with, as it was asked for."""
    return f"{request.scheme}://{request.get_host()}"


def etag_of(request: HttpRequest) -> str:
    """Return the weak ETag of what is made of the site's pages."""
    parts = [settings.RELEASE, version_of(OUTLINE), site_of(request), request.path]
    return f'W/"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]}"'


@require_safe
@condition(etag_func=etag_of)
def sitemap(request: HttpRequest) -> HttpResponse:
    """List every page in every language that it is translated into, and what is for everybody beside them."""
    text = sitemap_of([*known_pages(), *known_views()], site=site_of(request))
    return _public(HttpResponse(text, content_type="application/xml"))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say where programs find the sitemap, and what is not for them."""
    paths = ["/admin/"]
    for language in known_languages():
        with translation.override(language):
            paths += [reverse(name) for name in PERSONAL]
            paths += [f"/{language}/learning/", f"/{language}/quiz-attempts/"]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in paths),
        "",
        f"Sitemap: {site_of(request)}{reverse('sitemap')}",
    ]
    return _public(HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8"))


def last_modified(request: HttpRequest) -> datetime | None:
    """Return when the feed that is asked for last changed."""
    return latest_change(reader_language())


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """List the pages of a public language that are new or changed in meaning."""
    if reader_language() not in public_languages():
        raise Http404
    return _changed_feed(request)


@condition(etag_func=etag_of, last_modified_func=last_modified)
def _changed_feed(request: HttpRequest) -> HttpResponse:
    language = reader_language()
    text = feed_of(newest_pages(language), language=language, site=site_of(request))
    return _public(HttpResponse(text, content_type="application/rss+xml; charset=utf-8"))


def _public(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = PUBLIC_CACHE_CONTROL
    return response
