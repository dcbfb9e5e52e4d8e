"""Quiz pages, the versions of them that were published, and learners' attempts and answers."""

import uuid
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from openmuseums.delivery.pages import DeliveredPage
from openmuseums.editorial.blocks import INLINE_FEATURES
from openmuseums.editorial.models import GuardedPage
from openmuseums.learners.models import Learner
from openmuseums.learners.visiting import rows_of
from quizzes.blocks import question_blocks
from quizzes.scoring import Question, read_structure


class QuizPage(GuardedPage, DeliveredPage):
    """The quiz of a lesson. Its questions are blocks, so their ids are the same in every language."""

    key = models.SlugField(_("key"), max_length=64, help_text=_("The key of the lesson it belongs to."))
    introduction = RichTextField(_("introduction"), features=INLINE_FEATURES, blank=True)
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark"),
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("Per cent of the points that are needed."),
    )
    questions = StreamField(question_blocks(), verbose_name=_("questions"), blank=True)

    override_translatable_fields = [
        *GuardedPage.override_translatable_fields,
        SynchronizedField("key", overridable=False),
        SynchronizedField("pass_mark", overridable=False),
    ]
    content_panels = [
        *GuardedPage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("pass_mark"),
        FieldPanel("questions"),
    ]
    promote_panels = [FieldPanel("slug"), FieldPanel("search_description")]
    search_fields = [*GuardedPage.search_fields, index.SearchField("introduction")]

    parent_page_types = ["lessons.LessonPage"]
    subpage_types: list[str] = []
    template = "quizzes/quiz_page.html"
    page_description = _("The questions at the end of a lesson.")

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")

    @property
    def quiz_key(self) -> uuid.UUID:
        """Return the key that attempts are kept under: an alias shares that of the page it shows."""
        return (self.alias_of or self).translation_key

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what is asked for, and in the kept state the learner's open attempt and earlier results."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        preview = getattr(request, "is_preview", False)
        version = None if preview else QuizVersion.objects.filter(quiz_key=self.quiz_key).order_by("number").last()
        context["pass_mark"] = version.pass_mark if version else self.pass_mark
        context["question_count"] = len(version.structure if version else self.questions)
        own = None if preview else rows_of(request)
        if own is not None:
            attempts = list(Attempt.objects.filter(own, quiz_key=self.quiz_key).order_by("-number"))
            context["open_attempt"] = next((attempt for attempt in attempts if attempt.submitted_at is None), None)
            context["finished_attempts"] = [attempt for attempt in attempts if attempt.submitted_at is not None]
        return context


class QuizVersion(models.Model):
    """What was asked and what was right when the source quiz was published. Never changed; texts are added to it."""

    quiz_key = models.UUIDField(_("translation key of the quiz"))
    number = models.PositiveIntegerField(_("number"))
    digest = models.CharField(_("digest of the structure"), max_length=64)
    structure = models.JSONField(
        _("structure"),
        help_text=_("Questions in order: id, kind, facet, topic, points, and choices with id and right."),
    )
    pass_mark = models.PositiveSmallIntegerField(_("pass mark"))
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        verbose_name = _("quiz version")
        verbose_name_plural = _("quiz versions")
        constraints = [
            models.UniqueConstraint(fields=["quiz_key", "number"], name="quizzes_version_number_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.quiz_key} v{self.number}"

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Return what was asked, without its words."""
        return read_structure(self.structure)


class QuizTexts(models.Model):
    """The words of a version in one language from a moment on.

    An open attempt shows the newest of its language, a finished one those that held when it was handed in. The digest
    addresses the content: a publication that changes no word adds no row.
    """

    version = models.ForeignKey(QuizVersion, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(_("language"), max_length=12)
    number = models.PositiveIntegerField(_("number"))
    digest = models.CharField(_("digest of the texts"), max_length=64)
    texts = models.JSONField(
        _("texts"), help_text=_("By question id: prompt, feedback, and choices' text and feedback by choice id.")
    )
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        verbose_name = _("texts of a quiz version")
        verbose_name_plural = _("texts of quiz versions")
        constraints = [
            models.UniqueConstraint(fields=["version", "language", "number"], name="quizzes_texts_number_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.language} {self.number}"


class Attempt(models.Model):
    """One learner's run through a version of a quiz. It points to no page, so it survives whatever happens to pages."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="attempts")
    quiz_key = models.UUIDField(_("translation key of the quiz"))
    version = models.ForeignKey(QuizVersion, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField(_("number"))
    started_at = models.DateTimeField(_("started at"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    points = models.PositiveIntegerField(_("points"), null=True, blank=True)
    points_possible = models.PositiveIntegerField(_("points possible"), null=True, blank=True)
    passed = models.BooleanField(_("passed"), null=True, blank=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        constraints = [
            models.UniqueConstraint(fields=["learner", "quiz_key", "number"], name="quizzes_attempt_number_unique"),
            models.UniqueConstraint(
                fields=["learner", "quiz_key"],
                condition=models.Q(submitted_at__isnull=True),
                name="quizzes_attempt_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    submitted_at__isnull=True, points__isnull=True, points_possible__isnull=True, passed__isnull=True
                )
                | models.Q(
                    submitted_at__isnull=False,
                    points__isnull=False,
                    points_possible__isnull=False,
                    passed__isnull=False,
                    points__lte=models.F("points_possible"),
                ),
                name="quizzes_attempt_scored_when_submitted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz_key} #{self.number}"


class Answer(models.Model):
    """That a learner answered a question, when, and in which language."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers")
    question_id = models.CharField(_("question's block id"), max_length=64)
    language = models.CharField(_("language"), max_length=12)
    saved_at = models.DateTimeField(_("saved at"))

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(fields=["attempt", "question_id"], name="quizzes_answer_unique")]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.question_id}"


class ChosenOption(models.Model):
    """A choice that was chosen in an answer."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="chosen")
    choice_id = models.CharField(_("choice's item id"), max_length=64)

    class Meta:
        verbose_name = _("chosen option")
        verbose_name_plural = _("chosen options")
        constraints = [models.UniqueConstraint(fields=["answer", "choice_id"], name="quizzes_chosen_unique")]

    def __str__(self) -> str:
        return self.choice_id
