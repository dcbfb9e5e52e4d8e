"""What quizzes add to Wagtail's admin."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from openmuseums.editorial.recording import has_kind
from quizzes.copying.copies import COPIED
from quizzes.exchanging.importing import IMPORTED
from quizzes.figures.views import may_see
from quizzes.models import QuestionsPage, QuizPage
from quizzes.regrading.grading import REGRADED
from quizzes.regrading.waiting import tell_of_waiting


class RegradedFormatter(LogFormatter):
    """Says in a quiz's history that it was graded again, how many results that gave, and why."""

    label = gettext_lazy("Grade again")

    def format_message(self, log_entry: Any) -> str:
        """Return it in words."""
        count = log_entry.data.get("attempts", 0)
        told = ngettext("Graded again: %(count)d attempt", "Graded again: %(count)d attempts", count)
        return told % {"count": count}

    def format_comment(self, log_entry: Any) -> str:
        """Return the reason."""
        return str(log_entry.data.get("reason", ""))


class FiguresMenuItem(MenuItem):
    """Leads whoever may edit a quiz to the figures of quizzes."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether there is a page that this person may edit."""
        return page_permission_policy.user_has_permission(request.user, "change")


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLResolver]:
    """Give our pages about quizzes their addresses."""
    return [path("quizzes/", include("quizzes.admin_urls"))]


@hooks.register("register_page_header_buttons")
def offer_regrading(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Offer to grade a quiz again, to who may publish it."""
    if isinstance(page, QuizPage) and has_kind(page) and page.permissions_for_user(user).can_publish():
        yield Button(
            _("Grade again"), reverse("quizzes_admin:regrade", args=[page.pk]), icon_name="rotate", priority=80
        )


@hooks.register("after_publish_page")
def tell_of_regrading(request: HttpRequest, page: Page) -> None:
    """Say after other right answers were published what was graded by the ones before."""
    if isinstance(page, QuestionsPage):
        tell_of_waiting(request, page)


@hooks.register("register_page_header_buttons")
def offer_exchange(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Lead from a quiz to its import and export, whoever may edit it."""
    if isinstance(page, QuizPage) and has_kind(page) and page.permissions_for_user(user).can_edit():
        address = reverse("quizzes_admin:exchange", args=[page.pk])
        yield Button(_("Import and export"), address, icon_name="download", priority=81)


@hooks.register("register_page_header_buttons")
def offer_copying(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Lead from a quiz or bank to copying its questions, whoever may edit it."""
    if isinstance(page, QuestionsPage) and has_kind(page) and page.permissions_for_user(user).can_edit():
        yield Button(_("Copy questions"), reverse("quizzes_admin:copy", args=[page.pk]), icon_name="copy", priority=82)


@hooks.register("register_page_header_buttons")
def offer_figures(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Lead from a quiz to its figures, in whichever language the page is."""
    if isinstance(page, QuizPage) and may_see(user, page):
        yield Button(_("Figures"), reverse("quizzes_admin:figures", args=[page.pk]), icon_name="table", priority=75)


@hooks.register("register_reports_menu_item")
def list_figures() -> MenuItem:
    """Show the way to the figures of all quizzes among the reports."""
    return FiguresMenuItem(
        gettext_lazy("Figures of quizzes"),
        reverse_lazy("quizzes_admin:figures-index"),
        name="quiz-figures",
        icon_name="table",
        order=1200,
    )


@hooks.register("register_log_actions")
def register_entries(actions: LogActionRegistry) -> None:
    """Let a quiz's history say that it was graded again, and that questions came from a file."""
    actions.register_action(REGRADED)(RegradedFormatter)
    actions.register_action(COPIED, gettext_lazy("Copy questions"), gettext_lazy("Questions copied from elsewhere"))
    actions.register_action(IMPORTED, gettext_lazy("Import questions"), gettext_lazy("Questions imported"))
