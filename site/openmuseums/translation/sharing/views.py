"""The page where a link to a draft is made, and what the link shows."""

from typing import cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail_localize.models import Translation

from openmuseums.delivery.languages import own_name, public_languages, source_language
from openmuseums.people.admin_pages import in_language, titled
from openmuseums.translation.rights import may_translate, translated_languages
from openmuseums.translation.sharing.signing import LASTS, NotSharedError, shared_draft, token_of


@require_safe
def share(request: HttpRequest, language: str, page_key: UUID) -> HttpResponse:
    """Show a new link to the draft of a page."""
    if language not in translated_languages():
        raise Http404
    page = get_object_or_404(Page, translation_key=page_key, locale__language_code=language, alias_of=None)
    if not may_translate(request.user, language):
        raise PermissionDenied
    found = get_object_or_404(
        Translation, source__object_id=page_key, target_locale__language_code=language, enabled=True
    )
    # A language that nobody reads yet has no addresses of its own.
    with translation.override(language if language in public_languages() else source_language()):
        address = reverse("translation:shared", args=[token_of(found)])
    title = in_language(page.get_admin_display_title(), language)
    context = {
        "address": request.build_absolute_uri(address),
        "until": timezone.now() + LASTS,
        "language_name": own_name(language),
        **titled(
            _("Share the draft"),
            icon="link",
            below=(title, reverse("translation_admin:desk", args=[language, page_key])),
            of=title,
        ),
    }
    return render(request, "translation/sharing/share.html", context)


@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """Show a draft as a reader would see it, below a notice that it is one."""
    try:
        page = shared_draft(token)
    except NotSharedError:
        response = render(request, "translation/sharing/expired.html", status=404)
    else:
        shown = page.make_preview_request(request, page.default_preview_mode, {"is_shared_draft": True})
        response = cast("HttpResponse", shown)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response
