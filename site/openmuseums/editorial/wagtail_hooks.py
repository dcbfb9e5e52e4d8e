"""What the editorial rules add to Wagtail's admin."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLResolver, include, path
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page

from openmuseums.editorial.gate import NotFitToPublish, refuse_unfit
from openmuseums.editorial.kinds import ChangeKind
from openmuseums.editorial.messages import tell_refusal
from openmuseums.editorial.models import REFUSED
from openmuseums.editorial.recording import KIND_OF_CHANGE


class KindFormatter(LogFormatter):
    """Says in a page's history what kind of change a publication was, and what was chosen where that was less."""

    label = _("Kind of change")

    def format_message(self, log_entry: Any) -> str:
        """Return both in words."""
        kind, chosen = (log_entry.data.get(name, "") for name in ("kind", "chosen"))
        words = {"kind": _label(kind), "chosen": _label(chosen)}
        if chosen in {"", kind}:
            return gettext("Kind of change: %(kind)s") % words
        return gettext("Kind of change: %(kind)s (chosen: %(chosen)s)") % words


def _label(kind: str) -> str:
    return str(ChangeKind(kind).label) if kind in ChangeKind.values else kind


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
def register_entries(actions: LogActionRegistry) -> None:
    """Let a page's history say why its schedule was not kept, and what kind of change a publication was."""
    actions.register_action(REFUSED, _("Not published on schedule"), _("Not published on schedule: it has errors"))
    actions.register_action(KIND_OF_CHANGE)(KindFormatter)


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLResolver]:
    """Give the question what kind of change it is its address."""
    return [path("kind-of-change/", include("openmuseums.editorial.urls"))]


@hooks.register("insert_global_admin_css")
def add_stylesheet() -> str:
    """Keep the fields of every form within the screen."""
    return format_html('<link rel="stylesheet" href="{}">', static("editorial/fields.css"))
