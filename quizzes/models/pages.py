"""The page of a quiz, which editors write and readers begin at."""

import uuid
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from openmuseums.delivery.languages import source_language
from openmuseums.delivery.pages import DeliveredPage
from openmuseums.editorial.blocks import INLINE_FEATURES
from openmuseums.editorial.models import GuardedPage
from openmuseums.learners.visiting import rows_of
from quizzes.authoring.panels import CoveragePanel, KeyPanel
from quizzes.blocks import question_blocks
from quizzes.models.attempts import Attempt
from quizzes.models.banks import BankPage
from quizzes.models.extra_time import ExtraTime
from quizzes.models.questions import QuestionsPage
from quizzes.models.versions import QuizVersion
from quizzes.questions.registry import takes_answer
from quizzes.running.rules import AFTER_CLOSING, AFTER_SUBMIT, AT_ONCE, Rules
from quizzes.running.terms import Terms

# What is the same in every language.
_SETTINGS = [
    "key", "pass_mark", "minutes_allowed", "grace_seconds", "shuffles_questions", "shuffles_choices", "draws",
    "draws_each_facet", "draws_from_bank",
    "feedback", "attempts_allowed", "waiting_minutes", "allows_practice", "opens_at", "closes_at",
]  # fmt: skip


class QuizPage(QuestionsPage, DeliveredPage):
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
    draws_each_facet = models.PositiveSmallIntegerField(
        _("of each facet at least"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text=_(
            "How many questions of each facet are among those drawn. Those of a scenario count. "
            "Empty where it does not matter."
        ),
    )
    draws_from_bank = models.BooleanField(
        _("also draws from the bank"),
        default=False,
        help_text=_("The questions of the lesson’s bank are asked as if they stood here."),
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
        _("minutes between attempts"), null=True, blank=True, help_text=_("Empty where nobody has to wait.")
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
        CoveragePanel(),
        MultiFieldPanel(
            [
                FieldPanel("feedback"),
                FieldPanel("allows_practice"),
                FieldPanel("draws"),
                FieldPanel("draws_each_facet"),
                FieldPanel("draws_from_bank"),
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
    promote_panels = [FieldPanel("slug"), KeyPanel("key"), FieldPanel("search_description")]
    search_fields = [*GuardedPage.search_fields, index.SearchField("introduction")]

    parent_page_types = ["lessons.LessonPage"]
    subpage_types: list[str] = []
    template = "quizzes/quiz_page.html"
    page_description = _("The questions at the end of a lesson.")

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """Return the page that readers begin at, and the states of its questions."""
        return [("", _("Before it begins")), *super().preview_modes]

    def asked_pages(self) -> list[QuestionsPage]:
        """Return the quiz and, where it draws from it, the bank of its lesson as it is published."""
        return [self, *(BankPage.beside(self).filter(live=True) if self.draws_from_bank else ())]

    def pages_beside(self) -> list[QuestionsPage]:
        """Return the bank of its lesson, where it draws from that."""
        return list(BankPage.beside(self)) if self.draws_from_bank else []

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
            draws_each_facet=self.draws_each_facet,
            feedback=self.feedback or AFTER_SUBMIT,
        )

    @property
    def terms(self) -> Terms:
        """Return on which terms it may be begun; they are frozen with no version."""
        return Terms(
            attempts_allowed=self.attempts_allowed,
            waiting_minutes=self.waiting_minutes,
            opens_at=self.opens_at,
            closes_at=self.closes_at,
        )

    @classmethod
    def offered(cls, quiz_key: uuid.UUID) -> "QuizPage | None":
        """Return the live page whose terms hold for a quiz: the source, or a translation where that alone is live."""
        pages = cls.objects.live().filter(translation_key=quiz_key).select_related("locale")
        light = pages.defer("questions", "introduction")
        return min(light, key=lambda page: page.locale.language_code != source_language(), default=None)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what is asked for, and in the kept state the learner's open attempt and earlier results."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        preview = getattr(request, "is_preview", False)
        version = None if preview else QuizVersion.objects.filter(quiz_key=self.quiz_key).order_by("number").last()
        # A translation was given the settings when it was last brought up to date; what holds stands on the source.
        is_source = self.alias_of_id is None and self.locale.language_code == source_language()
        offered = self if preview or is_source else (QuizPage.offered(self.quiz_key) or self)
        rules = version.how if version else self.rules
        count = sum(takes_answer(question) for question in version.questions) if version else len(self.questions)
        context |= {
            "pass_mark": rules.pass_mark,
            "question_count": min(count, rules.draws or count),
            "minutes_allowed": rules.minutes_allowed,
            "terms": offered.terms,
            "allows_practice": offered.allows_practice,
        }
        own = None if preview else rows_of(request)
        if own is not None:
            context |= self._context_of(own, offered.terms)
            if rules.minutes_allowed is not None:
                context["extra_time"] = ExtraTime.objects.filter(own).first()
        return context

    def _context_of(self, own: models.Q, terms: Terms) -> dict[str, Any]:
        """Return what the learner has done at it, and whether they can begin now."""
        now = timezone.now()
        attempts = list(
            Attempt.objects.filter(own, quiz_key=self.quiz_key).select_related("result").order_by("-number")
        )
        counted = [attempt for attempt in attempts if not attempt.is_practice]
        finished = [attempt for attempt in counted if attempt.submitted_at is not None]
        opened = next((attempt for attempt in counted if attempt.submitted_at is None), None)
        handed_in = [attempt.submitted_at for attempt in finished if attempt.submitted_at is not None]
        return {
            "open_attempt": opened,
            "is_due": bool(opened and opened.is_due(now)),
            "open_practice": next((each for each in attempts if each.is_practice and each.submitted_at is None), None),
            "finished_attempts": finished,
            "hindrance": None if opened else terms.hindrance(handed_in, now),
            "is_within_dates": terms.hindrance_by_date(now) is None,
            "attempts_left": terms.attempts_left(len(counted)),
        }
