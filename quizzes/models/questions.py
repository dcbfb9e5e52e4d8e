"""What a quiz and the bank of a lesson share: both hold questions, and stand side by side below the lesson."""

from functools import reduce
from operator import or_
from typing import Any, Self

from django.db import models, transaction
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import translation
from wagtail.models import Page, Revision

from openmuseums.editorial.fields import language_of
from openmuseums.editorial.models import GuardedPage
from quizzes.authoring.previewing import MODES, preview_of


class QuestionsPage(GuardedPage):
    """A page of a lesson that holds questions."""

    class Meta:
        abstract = True

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Publish a revision, or schedule it; what is published of one lesson at once takes its turns."""
        with transaction.atomic():
            lock_lesson(self)
            super().publish(revision, *args, **kwargs)

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """Return the states in which an editor may look at the questions."""
        return MODES

    def serve_preview(self, request: HttpRequest, mode_name: str) -> TemplateResponse:
        """Show the questions in a state, as they stand in the draft and in the language of the page."""
        if mode_name not in dict(MODES):
            return super().serve_preview(request, mode_name)
        language = language_of(self)
        with translation.override(language):
            preview = preview_of(
                (page.questions for page in self.asked_pages()),
                mode=mode_name,
                language=language,
                pass_mark=getattr(self, "pass_mark", 0),
            )
            context = {
                "quiz_title": self.title,
                "mode_name": dict(MODES)[mode_name],
                "preview": preview,
                # A bank is passed by nobody: that is for the quiz to say.
                "has_pass_mark": hasattr(self, "pass_mark"),
            }
            response = TemplateResponse(request, "quizzes/preview.html", context)
            response.render()
        return response

    def asked_pages(self) -> "list[QuestionsPage]":
        """Return the pages whose questions are asked: this one."""
        return [self]

    def pages_beside(self) -> "list[QuestionsPage]":
        """Return the pages of the lesson that this one goes with, published or not."""
        raise NotImplementedError

    @classmethod
    def beside(cls, page: Page) -> "models.QuerySet[Self]":
        """Return the pages of this model that stand below the same lesson as another page, or did before it went."""
        if not page.path:
            return cls.objects.none()
        return cls.below(page.path[: -page.steplen])

    @classmethod
    def below(cls, path: str) -> "models.QuerySet[Self]":
        """Return the pages of this model right below the lesson at a path; what shows another page is left out."""
        depth = len(path) // Page.steplen + 1
        found: models.QuerySet[Self] = cls.objects.filter(path__startswith=path, depth=depth, alias_of=None)
        return found.select_related("locale").order_by("path")


def lock_lesson(page: Page) -> None:
    """Take the locks of all quizzes and banks of a page's lesson, in all languages, in the order of their keys.

    A version holds a quiz with its bank: whoever publishes either, in whatever language, waits for who does already.
    """
    lesson = Page.objects.filter(path=page.path[: -page.steplen]).values("translation_key")
    paths = Page.objects.filter(translation_key__in=lesson).values_list("path", flat=True)
    below = [models.Q(path__startswith=path, depth=len(path) // Page.steplen + 1) for path in paths]
    keys = Page.objects.filter(reduce(or_, below, models.Q(pk__in=[]))).type(QuestionsPage)
    rows = Page.objects.select_for_update(no_key=True).filter(
        models.Q(translation_key=page.translation_key) | models.Q(translation_key__in=keys.values("translation_key"))
    )
    list(rows.order_by("pk").values_list("pk", flat=True))
