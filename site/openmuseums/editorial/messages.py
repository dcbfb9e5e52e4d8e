"""How a refusal is told to the person who wanted to publish."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.admin import messages

from openmuseums.editorial.gate import NotFitToPublish


def tell_refusal(request: HttpRequest, refusal: NotFitToPublish) -> None:
    """Tell what keeps a page from being published, and lead to where it can be mended."""
    page = refusal.page
    buttons = [messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), _("Edit"))] if page.pk else []
    reasons = format_html_join("", "<li>{}</li>", ((finding.message,) for finding in refusal.findings))
    text = format_html(
        "{}<ul>{}</ul>",
        _("“%(title)s” was not published. What has been saved is kept as a draft. Mend this first:")
        % {"title": page.title},
        reasons,
    )
    messages.error(request, text, buttons=buttons)
