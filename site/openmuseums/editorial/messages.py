"""How a refusal is told to the person who wanted to publish."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from openmuseums.editorial.checks import Finding
from openmuseums.editorial.gate import NotFitToPublish

# As many reasons as a message names: the first ones tell what is the matter.
_NAMED = 10


def tell_refusal(request: HttpRequest, refusal: NotFitToPublish) -> None:
    """Tell what keeps a page from being published, and lead to where it can be mended."""
    page = refusal.page
    buttons = [messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), _("Edit"))] if page.pk else []
    text = format_html(
        "{}<ul>{}</ul>",
        _("“%(title)s” was not published. What has been saved is kept as a draft. Mend this first:")
        % {"title": page.title},
        format_html_join("", "<li>{}</li>", ((reason,) for reason in _reasons(refusal.findings))),
    )
    messages.error(request, text, buttons=buttons)


def _reasons(findings: list[Finding]) -> list[SafeString]:
    """Return what is told of findings: the first ones, each leading to where it is mended, and how many follow."""
    reasons = [_linked(finding) for finding in findings[:_NAMED]]
    more = len(findings) - len(reasons)
    if more:
        told = ngettext("and %(count)d more.", "and %(count)d more.", more) % {"count": more}
        reasons.append(format_html("{}", told))
    return reasons


def _linked(finding: Finding) -> SafeString:
    if finding.address:
        return format_html('<a href="{}">{}</a>', finding.address, finding.message)
    return format_html("{}", finding.message)
