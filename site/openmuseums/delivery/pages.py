"""How a page is answered in its two states."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db.models import F, Q, Subquery, TextField, Value
from django.db.models.functions import Concat
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from openmuseums.delivery.languages import (
    address_in,
    languages_of,
    public_languages,
    reader_language,
    source_language,
)
from openmuseums.delivery.states import State, state_of
from openmuseums.delivery.versions import ADDRESSES, OUTLINE, UPLOADS, beside, version_of

PUBLIC_CACHE_CONTROL = "public, max-age=0, must-revalidate"
KEPT_CACHE_CONTROL = "private, no-store"

ContextProvider = Callable[[Any, HttpRequest], dict[str, Any]]
_providers: list[tuple[type[Page], ContextProvider]] = []


def register_context(model: type[Page], provider: ContextProvider) -> None:
    """Have a provider add to what the template of a page model (or of one derived from it) is given.

    What it adds in the public state must be the same for everybody.
    """
    if (model, provider) not in _providers:
        _providers.append((model, provider))


class DeliveredPage(Page):
    """A page that everybody shares in its public state and that is nobody else's business in its kept one.

    `is_fallback` says that the page is the source's and answers a reader of a language that lacks it: what frames it is
    in the reader's language, what stands on it in its own.
    """

    is_fallback = False

    class Meta:
        abstract = True

    @property
    def content_language(self) -> str:
        """Return the code of the language that the page is written in, as it answers a request."""
        return source_language() if self.is_fallback else reader_language()

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the page below this one by its whole address; Wagtail's own way asks twice for each level.

        What a language lacks is answered by the page of the source.
        """
        if path_components:
            below = f"{'/'.join(path_components)}/"
            page = self._own_page(below) or self._source_page(below)
            if page is None:
                raise Http404
            return page.route(request, [])
        return super().route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return what the template is given, with what was registered for this kind of page."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs) | self.languages_context(request)
        for model, provider in _providers:
            if isinstance(self, model):
                context |= provider(self, request)
        return context

    def serve_password_required_response(self, request: HttpRequest, form: Any, action_url: str) -> TemplateResponse:
        """Ask for the password of a closed page, in the reader's language; nothing is told of the page yet."""
        context = {"form": form, "action_url": action_url}
        status = 422 if form.errors else 200
        return TemplateResponse(request, "wagtailcore/password_required.html", context, status=status)

    def languages_context(self, request: HttpRequest) -> dict[str, Any]:
        """Return what every template of a page is told of languages.

        `canonical_url` is the page's one address, without a query; `alternates` are language codes and addresses of the
        same page in languages that have it, with `x-default`.
        """
        site = f"{request.scheme}://{request.get_host()}"
        found = () if self.is_fallback else languages_of(self)
        alternates = [(code, f"{site}{address_in(request.path, code)}") for code in found] if len(found) > 1 else []
        if alternates and source_language() in found:
            alternates.append(("x-default", f"{site}{address_in(request.path, source_language())}"))
        return {
            "content_language": self.content_language,
            "reader_language": reader_language(),
            "is_fallback": self.is_fallback,
            "canonical_url": f"{site}{address_in(request.path, self.content_language)}",
            "alternates": alternates,
        }

    def _own_page(self, below: str) -> "DeliveredPage | None":
        """Return the live page below this one; what shows a page of another language is none of this one's."""
        found = (
            Page.objects.live()
            .filter(path__startswith=self.path, url_path=f"{self.url_path}{below}")
            .filter(Q(alias_of=None) | Q(alias_of__locale=F("locale")))
            .first()
        )
        page = found.specific if found else None
        return page if isinstance(page, DeliveredPage) else None

    def _source_page(self, below: str) -> "DeliveredPage | None":
        """Return the live page of the source at the same address, for the reader of another, public, language."""
        language = reader_language()
        if language == source_language() or language not in public_languages():
            return None
        homes = Page.objects.filter(
            translation_key=self.translation_key, locale__language_code=source_language()
        ).values("url_path")
        found = (
            Page.objects.live()
            .filter(locale__language_code=source_language())
            .filter(url_path=Concat(Subquery(homes[:1]), Value(below), output_field=TextField()))
            .first()
        )
        page = found.specific if found else None
        if not isinstance(page, DeliveredPage):
            return None
        page.is_fallback = True
        return page

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer a request in the state it is in; an unchanged public page is a 304, said before it is rendered."""
        if getattr(request, "is_preview", False):
            return super().serve(request, *args, **kwargs)
        return answer_in_state(
            request,
            self,
            variant=request.get_full_path(),
            render=lambda: super(DeliveredPage, self).serve(request, *args, **kwargs),
        )


def answer_in_state(
    request: HttpRequest, page: Page, *, variant: str, render: Callable[[], HttpResponse]
) -> HttpResponse:
    """Answer with what `render` makes of a page, in the state the request is in.

    `variant` tells apart answers about the same page. Nothing is rendered for a visitor who has the answer already.
    """
    request.state = state_of(request)  # type: ignore[attr-defined]
    if request.state == State.KEPT:  # type: ignore[attr-defined]
        return as_kept(render())
    etag = public_etag(page, variant=variant)
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return as_public(HttpResponseNotModified(), etag=etag)
    response = render()
    return as_public(response.render() if hasattr(response, "render") else response, etag=etag)


def as_public(response: HttpResponse, *, etag: str) -> HttpResponse:
    """Mark a response as the same for everybody."""
    response["Cache-Control"] = PUBLIC_CACHE_CONTROL
    response["ETag"] = etag
    patch_vary_headers(response, ["Cookie"])
    return response


def as_kept(response: HttpResponse) -> HttpResponse:
    """Mark a response as one person's."""
    response["Cache-Control"] = KEPT_CACHE_CONTROL
    patch_vary_headers(response, ["Cookie"])
    return response


def public_etag(page: Page, *, variant: str = "") -> str:
    """Return the weak ETag of a page's public state (weak, for the answer may be compressed on its way)."""
    parts = [State.PUBLIC.value, settings.RELEASE, *_identity(page), version_of(OUTLINE, ADDRESSES, UPLOADS), variant]
    return f'W/"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]}"'


def body_key(page: Page, state: State, part: str, *, besides: str = "") -> str:
    """Return the key under which a part of a page's body is kept in the shared cache.

    besides: what it shows of other pages, in a form that changes with that; empty where it shows nothing of them.
    """
    parts = [part, state.value, settings.RELEASE, *_identity(page), version_of(ADDRESSES, UPLOADS)]
    parts += [besides] if besides else []
    return "body:" + hashlib.sha256("|".join(parts).encode()).hexdigest()


def remembered_body(key: str) -> str | None:
    """Return a rendered body from the shared cache, or None."""
    body: str | None = caches["bodies"].get(key)
    return body


def remember_body(key: str, body: str) -> None:
    """Keep a rendered body in the shared cache."""
    caches["bodies"].set(key, body)


def _identity(page: Page) -> list[str]:
    published = page.last_published_at.isoformat() if page.last_published_at else ""
    # The language of its words, and that of the addresses in it: a page may answer readers of another language.
    languages = [get_language() or "", reader_language()]
    return [str(page.pk), str(page.live_revision_id), published, version_of(beside(page.translation_key)), *languages]
