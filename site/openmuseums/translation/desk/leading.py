"""Leads from Wagtail's edit form of a translated page to its desk; wagtail-localize's own editor is not used."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import Translation

from openmuseums.translation.rights import translated_languages


def lead_to_desk(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Return the way to the desk of a page that is translated, and nothing for one that is kept by hand."""
    language = page.locale.language_code
    if page.alias_of_id or language not in translated_languages():
        return None
    rows = Translation.objects.filter(source__object_id=page.translation_key, target_locale=page.locale, enabled=True)
    if not rows.exists():
        return None
    if request.method == "POST":
        messages.error(request, _("Nothing was saved: this page is translated here, and published after a review."))
    return HttpResponseRedirect(reverse("translation_admin:desk", args=[language, page.translation_key]))
