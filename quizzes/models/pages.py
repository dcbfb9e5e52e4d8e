"""The page of a quiz, which editors write and readers begin at."""

import uuid
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from openmuseums.delivery.pages import DeliveredPage
from openmuseums.editorial.blocks import INLINE_FEATURES
from openmuseums.editorial.models import GuardedPage
from openmuseums.learners.visiting import rows_of
from quizzes.blocks import question_blocks
from quizzes.models.attempts import Attempt
from quizzes.models.versions import QuizVersion
from quizzes.questions.registry import takes_answer
from quizzes.rules import AFTER_CLOSING, AFTER_SUBMIT, AT_ONCE, Rules

# What is the same in every language.
_SETTINGS = [
    "key", "pass_mark", "minutes_allowed", "grace_seconds", "shuffles_questions", "shuffles_choices", "draws",
    "feedback", "attempts_allowed", "waiting_minutes", "allows_practice", "opens_at", "closes_at",
]  # fmt: skip


class QuizPage(GuardedPage, DeliveredPage):
    """The quiz of a lesson. Its questions are blocks, so their ids are the same in every language."""

    class Feedback(models.TextChoices):
        """When answers are explained."""

        AT_ONCE = AT_ONCE, _("At once, after each answer")
        AFTER_SUBMIT = AFTER_SUBMIT, _("After handing in")
        AFTER_CLOSING = AFTER_CLOSING, _("After the quiz has closed")

    key = models.SlugField(_("key"), max_length=64, help_text=_("The key of the lesson it belongs to."))
    introduction = RichTextField(_("introduction"), features=INLINE_FEATURES, blank=True)
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark"),
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("Per cent of the points that are needed."),
    )
    questions = StreamField(question_blocks(), verbose_name=_("questions"), blank=True)
    feedback = models.CharField(
        _("answers are explained"), max_length=16, choices=Feedback.choices, default=Feedback.AFTER_SUBMIT, blank=True
    )
    allows_practice = models.BooleanField(
        _("may be practised"),
        default=False,
        help_text=_("Practice runs explain each answer at once and are counted nowhere."),
    )
    draws = models.PositiveSmallIntegerField(
        _("questions drawn"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("How many questions an attempt asks, spread over topics and facets. Empty for all."),
    )
    shuffles_questions = models.BooleanField(_("shuffle questions"), default=False)
    shuffles_choices = models.BooleanField(_("shuffle choices"), default=False)
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts allowed"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty for as many as one likes."),
    )
    waiting_minutes = models.PositiveIntegerField(
        _("minutes between attempts"), null=True, blank=True, help_text=_("Empty for none.")
    )
    minutes_allowed = models.PositiveSmallIntegerField(
        _("minutes allowed"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty for no time limit. Learners may give themselves more time."),
    )
    grace_seconds = models.PositiveSmallIntegerField(
        _("seconds of grace"),
        null=True,
        blank=True,
        help_text=_("How long after the time is up answers on their way are still taken. Empty for 60."),
    )
    opens_at = models.DateTimeField(_("opens at"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes at"), null=True, blank=True)

    override_translatable_fields = [
        *GuardedPage.override_translatable_fields,
        *(SynchronizedField(name, overridable=False) for name in _SETTINGS),
    ]
    content_panels = [
        *GuardedPage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("pass_mark"),
        FieldPanel("questions"),
        MultiFieldPanel(
            [
                FieldPanel("feedback"),
                FieldPanel("allows_practice"),
                FieldPanel("draws"),
                FieldPanel("shuffles_questions"),
                FieldPanel("shuffles_choices"),
                FieldPanel("attempts_allowed"),
                FieldPanel("waiting_minutes"),
                FieldPanel("minutes_allowed"),
                FieldPanel("grace_seconds"),
                FieldPanel("opens_at"),
                FieldPanel("closes_at"),
            ],
            heading=_("How an attempt runs"),
        ),
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

    @property
    def rules(self) -> Rules:
        """Return the rules that are frozen with a version of it."""
        return Rules(
            pass_mark=self.pass_mark,
            minutes_allowed=self.minutes_allowed,
            grace_seconds=Rules.grace_seconds if self.grace_seconds is None else self.grace_seconds,
            shuffles_questions=self.shuffles_questions,
            shuffles_choices=self.shuffles_choices,
            draws=self.draws,
            feedback=self.feedback or AFTER_SUBMIT,
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what is asked for, and in the kept state the learner's open attempt and earlier results."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        preview = getattr(request, "is_preview", False)
        version = None if preview else QuizVersion.objects.filter(quiz_key=self.quiz_key).order_by("number").last()
        context["pass_mark"] = version.pass_mark if version else self.pass_mark
        context["question_count"] = (
            sum(takes_answer(question) for question in version.questions) if version else len(self.questions)
        )
        own = None if preview else rows_of(request)
        if own is not None:
            found = Attempt.objects.filter(own, quiz_key=self.quiz_key).select_related("result").order_by("-number")
            attempts = list(found)
            context["open_attempt"] = next((attempt for attempt in attempts if attempt.submitted_at is None), None)
            context["finished_attempts"] = [attempt for attempt in attempts if attempt.submitted_at is not None]
        return context
