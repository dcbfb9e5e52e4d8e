"""The bank of a lesson: questions that quizzes draw from and that nobody finds listed."""

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from openmuseums.editorial.models import GuardedPage
from quizzes.authoring.panels import CoveragePanel, KeyPanel
from quizzes.blocks import question_blocks
from quizzes.models.questions import QuestionsPage


class BankPage(QuestionsPage):
    """The questions of a lesson that its quizzes may draw from. It has no address: readers meet them in attempts."""

    key = models.SlugField(_("key"), max_length=64, help_text=_("The key of the lesson it belongs to."))
    questions = StreamField(question_blocks(), verbose_name=_("questions"), blank=True)

    override_translatable_fields = [
        *GuardedPage.override_translatable_fields,
        SynchronizedField("key", overridable=False),
    ]
    content_panels = [*QuestionsPage.content_panels, FieldPanel("questions"), CoveragePanel()]
    promote_panels = [FieldPanel("slug"), KeyPanel("key")]

    parent_page_types = ["lessons.LessonPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    page_description = _("Questions that the quizzes of a lesson may draw from. Readers do not see the page.")

    class Meta:
        verbose_name = _("bank of questions")
        verbose_name_plural = _("banks of questions")

    def pages_beside(self) -> list[QuestionsPage]:
        """Return the quizzes that draw from it, in their latest drafts."""
        if not self.path:
            return []
        found = Page.objects.filter(path__startswith=self.path[: -self.steplen], depth=self.depth, alias_of=None)
        quizzes = found.type(QuestionsPage).exclude(pk=self.pk).order_by("path").specific()
        return [quiz for quiz in quizzes if getattr(quiz.get_latest_revision_as_object(), "draws_from_bank", False)]

    def get_url_parts(self, request: HttpRequest | None = None) -> None:
        """Return None, as Wagtail wants it of a page that has no address."""
        return

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answer as if there were no such page: to everybody, editors among them."""
        raise Http404
