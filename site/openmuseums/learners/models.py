"""Learners' records: events that are only ever added, and what follows from them."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from openmuseums.append_only import AppendOnly


class Learner(models.Model):
    """A record of learning: of an account, or of a visitor's device. All that somebody learned hangs on it.

    A visitor's stands until `expires_at`, which every saved act puts off; an account's stands as long as the account.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="learner",
        verbose_name=_("account"),
    )
    started_at = models.DateTimeField(_("started at"))
    expires_at = models.DateTimeField(_("kept until"), null=True, blank=True, db_index=True)
    reminded_at = models.DateTimeField(_("last reminded at"), null=True, blank=True)
    # So that what everybody else does costs no query to find out that nobody follows it.
    is_followed = models.BooleanField(_("others follow what is done"), default=False)

    class Meta:
        verbose_name = _("learner")
        verbose_name_plural = _("learners")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(account__isnull=True, expires_at__isnull=False)
                | models.Q(account__isnull=False, expires_at__isnull=True),
                name="learners_learner_visitor_expires",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_visitor(self) -> bool:
        """Return whether it belongs to a device and to no account."""
        return self.account_id is None

    def put_off(self, now: dt.datetime) -> None:
        """Have a visitor's record stand for its full time from now on, as after every saved act; else do nothing."""
        until = now + dt.timedelta(days=settings.VISITOR_DAYS)
        if self.expires_at is not None and self.expires_at < until:
            Learner.objects.filter(pk=self.pk, account__isnull=True).update(expires_at=until)
            self.expires_at = until


class RecordGoneError(Exception):
    """Raised where an act comes too late: the record it is for was erased, or joined to an account, meanwhile."""


class Event(AppendOnly):
    """Something a learner did. Erasing the learner deletes it; nothing else may."""

    class Kind(models.TextChoices):
        """What can happen."""

        ENROLLED = "enrolled", _("Enrolled")
        UNIT_READ = "unit-read", _("Unit marked as read")
        UNIT_UNREAD = "unit-unread", _("Unit marked as unread")
        PAGE_READ = "page-read", _("Part of a unit marked as read")
        PAGE_UNREAD = "page-unread", _("Part of a unit marked as unread")
        QUESTION_ANSWERED = "question-answered", _("Question answered")
        QUIZ_FINISHED = "quiz-finished", _("Quiz finished")
        QUIZ_REGRADED = "quiz-regraded", _("Quiz graded again")

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(_("kind"), max_length=24, choices=Kind.choices)
    page_key = models.UUIDField(_("translation key of the page"))
    item_id = models.CharField(
        _("block id of the question"), max_length=64, blank=True, help_text=_("Empty but for answered questions.")
    )
    right = models.BooleanField(_("answered right"), null=True, blank=True)
    points = models.DecimalField(_("points"), max_digits=9, decimal_places=4, null=True, blank=True)
    points_possible = models.PositiveIntegerField(_("points possible"), null=True, blank=True)
    passed = models.BooleanField(_("passed"), null=True, blank=True)
    chosen = models.JSONField(
        _("chosen options"), default=list, blank=True, help_text=_("Item ids of the choices made in a self-check.")
    )
    occurred_at = models.DateTimeField(_("occurred at"))
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["id"]
        indexes = [models.Index(fields=["learner", "page_key"], name="learners_event_page")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="question-answered", right__isnull=False) & ~models.Q(item_id="")
                | ~models.Q(kind="question-answered") & models.Q(right__isnull=True, item_id=""),
                name="learners_event_answer_complete",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=("quiz-finished", "quiz-regraded"),
                    points__isnull=False,
                    points_possible__isnull=False,
                    passed__isnull=False,
                    points__lte=models.F("points_possible"),
                )
                | ~models.Q(kind__in=("quiz-finished", "quiz-regraded"))
                & models.Q(points__isnull=True, points_possible__isnull=True, passed__isnull=True),
                name="learners_event_result_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.page_key}"


class Enrolment(models.Model):
    """That a learner takes part in a course. Follows from events."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="enrolments")
    course_key = models.UUIDField(_("translation key of the course"))
    enrolled_at = models.DateTimeField(_("enrolled at"))

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [models.UniqueConstraint(fields=["learner", "course_key"], name="learners_enrolment_unique")]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.course_key}"


class UnitState(models.Model):
    """That a unit is marked as read. Follows from events; unmarking deletes the row."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="units_read")
    unit_key = models.UUIDField(_("translation key of the unit"))
    read_at = models.DateTimeField(_("read at"))

    class Meta:
        verbose_name = _("unit read")
        verbose_name_plural = _("units read")
        constraints = [models.UniqueConstraint(fields=["learner", "unit_key"], name="learners_unit_state_unique")]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.unit_key}"


class PageState(models.Model):
    """That one of the two pages of a unit is marked as read. Follows from events; unmarking deletes the row."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="pages_read")
    page_key = models.UUIDField(_("translation key of the page"))
    read_at = models.DateTimeField(_("read at"))

    class Meta:
        verbose_name = _("part of a unit read")
        verbose_name_plural = _("parts of units read")
        constraints = [models.UniqueConstraint(fields=["learner", "page_key"], name="learners_page_state_unique")]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.page_key}"


class AnswerState(models.Model):
    """What became of a question: whether it was ever answered right, and what was chosen last. Follows from events."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="answered")
    page_key = models.UUIDField(_("translation key of the unit or quiz"))
    item_id = models.CharField(_("block id of the question"), max_length=64)
    right = models.BooleanField(_("answered right at least once"))
    answered_at = models.DateTimeField(_("first answered at"))
    chosen = models.JSONField(_("options chosen last"), default=list, blank=True)
    chosen_at = models.DateTimeField(_("options chosen at"))

    class Meta:
        verbose_name = _("question answered")
        verbose_name_plural = _("questions answered")
        constraints = [
            models.UniqueConstraint(fields=["learner", "page_key", "item_id"], name="learners_answer_state_unique")
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.page_key} {self.item_id}"


class QuizState(models.Model):
    """The best of a learner's finished attempts at a quiz. Follows from events."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="quizzes")
    quiz_key = models.UUIDField(_("translation key of the quiz"))
    attempts = models.PositiveIntegerField(_("finished attempts"))
    best_points = models.DecimalField(_("best points"), max_digits=9, decimal_places=4)
    best_points_possible = models.PositiveIntegerField(_("points possible in the best attempt"))
    passed_at = models.DateTimeField(_("first passed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("quiz result")
        verbose_name_plural = _("quiz results")
        constraints = [
            models.UniqueConstraint(fields=["learner", "quiz_key"], name="learners_quiz_state_unique"),
            models.CheckConstraint(
                condition=models.Q(best_points__lte=models.F("best_points_possible"), attempts__gte=1),
                name="learners_quiz_state_sound",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.quiz_key}"
