"""Learners' runs through quizzes: what they answered, and what came of it."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from openmuseums.append_only import AppendOnly
from openmuseums.learners.models import Learner
from quizzes.models.versions import QuizVersion
from quizzes.questions.registry import is_typed, takes_answer
from quizzes.rekeying import rekeyed
from quizzes.running.arranging import Arranger
from quizzes.running.rules import AT_ONCE
from quizzes.scoring import Question


class Attempt(models.Model):
    """One learner's run through a version of a quiz. It points to no page, so it survives whatever happens to pages.

    asked: the ids of the version's questions that it asks, in their order; seed: what that order and those of the
    choices follow from, empty for "as written". A practice run is counted nowhere, and kept until the next is begun.
    due_at: None for no time limit. result: the one that holds.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="attempts")
    quiz_key = models.UUIDField(_("translation key of the quiz"))
    version = models.ForeignKey(QuizVersion, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField(_("number"))
    is_practice = models.BooleanField(_("practice"), default=False)
    seed = models.CharField(_("seed of the order"), max_length=32, blank=True)
    asked = models.JSONField(_("questions asked"), default=list)
    started_at = models.DateTimeField(_("started at"))
    due_at = models.DateTimeField(_("time is up at"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    submit_key = models.UUIDField(_("key it was submitted with"), null=True, blank=True)
    result = models.OneToOneField(
        "quizzes.Result", on_delete=models.RESTRICT, null=True, blank=True, related_name="+", verbose_name=_("result")
    )

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "quiz_key", "is_practice", "number"], name="quizzes_attempt_number_unique"
            ),
            models.UniqueConstraint(
                fields=["learner", "quiz_key", "is_practice"],
                condition=models.Q(submitted_at__isnull=True),
                name="quizzes_attempt_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(submitted_at__isnull=True, result__isnull=True, submit_key__isnull=True)
                | models.Q(submitted_at__isnull=False, result__isnull=False),
                name="quizzes_attempt_scored_when_submitted",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(submitted_at__isnull=True), name="quizzes_attempt_due"),
        ]

    def __str__(self) -> str:
        return f"{self.quiz_key} #{self.number}"

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Return what this attempt asks, in its order, scenarios among it."""
        by_id = {question.id: question for question in self.version.questions}
        return tuple(by_id[question_id] for question_id in self.asked)

    @property
    def held(self) -> "Result":
        """Return the result that holds.

        Raises ValueError where the attempt was not handed in.
        """
        if self.result is None:
            raise ValueError("This attempt was not handed in.")
        return self.result

    @cached_property
    def graded(self) -> tuple[Question, ...]:
        """Return the same with the right answers that the result goes by: others, where it was graded again."""
        if self.result is None or self.result.version_id == self.version_id:
            return self.questions
        return self.questions_by(self.result.version)

    def questions_by(self, version: QuizVersion) -> tuple[Question, ...]:
        """Return what this attempt asks with the right answers of a later version; see `rekeyed`."""
        if version.pk == self.version_id:
            return self.questions
        return rekeyed(self.questions, version.questions, is_typed=is_typed)

    @cached_property
    def answerable(self) -> tuple[Question, ...]:
        """Return the questions that can be answered."""
        return tuple(question for question in self.questions if takes_answer(question))

    @property
    def explains_at_once(self) -> bool:
        """Return whether an answer can be explained before the attempt is handed in, after which it stands."""
        return self.is_practice or self.version.how.feedback == AT_ONCE

    @property
    def ended_by_time(self) -> bool:
        """Return whether it was handed in because its time was up."""
        return self.due_at is not None and self.submitted_at is not None and self.submitted_at >= self.due_at

    def is_due(self, now: dt.datetime) -> bool:
        """Return whether its time is up; answers that are on their way are still taken for a while."""
        return self.due_at is not None and now >= self.due_at

    def is_over(self, now: dt.datetime) -> bool:
        """Return whether its time is up and no answer is taken any more."""
        return self.due_at is not None and now > self.due_at + dt.timedelta(seconds=self.version.how.grace_seconds)

    def arranger(self, question: Question) -> Arranger:
        """Return what puts the choices of a question into their order."""
        return Arranger(
            seed=self.seed, scope=question.id, shuffles=bool(self.seed) and self.version.how.shuffles_choices
        )


class Answer(models.Model):
    """That a learner answered a question, when, and in which language.

    page_key: translation key of the page that the question was written on, the quiz or a bank. settled_at: when the
    answer was explained, after which it stands.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers")
    page_key = models.UUIDField(_("translation key of the question’s page"))
    question_id = models.CharField(_("question's block id"), max_length=64)
    language = models.CharField(_("language"), max_length=12)
    saved_at = models.DateTimeField(_("saved at"))
    settled_at = models.DateTimeField(_("explained at"), null=True, blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(fields=["attempt", "question_id"], name="quizzes_answer_unique")]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.question_id}"


class GivenValue(models.Model):
    """A value of an answer: the id of what was chosen, or a text, for the question as a whole or for a part of it."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="values")
    part = models.CharField(_("part of the question"), max_length=64, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    value = models.TextField(_("value"))

    class Meta:
        verbose_name = _("given value")
        verbose_name_plural = _("given values")
        constraints = [
            models.UniqueConstraint(fields=["answer", "part", "position"], name="quizzes_given_position_unique"),
        ]

    def __str__(self) -> str:
        return self.value


class Result(AppendOnly):
    """What came of an attempt, by the version it was graded against.

    reason: why it was graded again; empty for the first. by: the person who had it graded again.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="results")
    number = models.PositiveIntegerField(_("number"))
    version = models.ForeignKey(QuizVersion, on_delete=models.PROTECT, related_name="results")
    points = models.DecimalField(_("points"), max_digits=9, decimal_places=4)
    points_possible = models.PositiveIntegerField(_("points possible"))
    passed = models.BooleanField(_("passed"))
    graded_at = models.DateTimeField(_("graded at"))
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("graded again by"),
    )

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        constraints = [
            models.UniqueConstraint(fields=["attempt", "number"], name="quizzes_result_number_unique"),
            models.CheckConstraint(
                condition=models.Q(points__gte=0, points__lte=models.F("points_possible")),
                name="quizzes_result_within_possible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.number}"
