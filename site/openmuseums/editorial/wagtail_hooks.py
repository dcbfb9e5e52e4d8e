"""What the editorial rules add to Wagtail's admin."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from openmuseums.editorial.gate import NotFitToPublish, refuse_unfit
from openmuseums.editorial.messages import tell_refusal
from openmuseums.editorial.models import REFUSED


@hooks.register("before_publish_page")
def stop_unfit_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Stop a publication from the edit form; what was written has just been saved as a draft."""
    try:
        refuse_unfit(page)
    except NotFitToPublish as refusal:
        tell_refusal(request, refusal)
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


@hooks.register("register_log_actions")
def register_refusal(actions: LogActionRegistry) -> None:
    """Let a page's history say why its schedule was not kept."""
    actions.register_action(REFUSED, _("Not published on schedule"), _("Not published on schedule: it has errors"))
