"""What was asked, what was right and in which words, as it was when it was published."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from quizzes.running.rules import Rules, read_rules
from quizzes.scoring import Question, read_structure


class QuizVersion(models.Model):
    """What was asked and what was right when the source quiz was published. Never changed; texts are added to it."""

    quiz_key = models.UUIDField(_("translation key of the quiz"))
    number = models.PositiveIntegerField(_("number"))
    digest = models.CharField(_("digest of the structure"), max_length=64)
    structure = models.JSONField(
        _("structure"),
        help_text=_("Questions in order: id, kind, page, facet, topic, points, and what the kind needs beside."),
    )
    pass_mark = models.PositiveSmallIntegerField(_("pass mark"))
    rules = models.JSONField(_("rules"), default=dict, help_text=_("Time, draws, order, feedback."))
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
        """Return what was asked, without its words; scenarios stand before their questions."""
        return read_structure(self.structure)

    @property
    def page_keys(self) -> frozenset[str]:
        """Return the translation keys of the pages that it was made of: the quiz, and the bank that it draws from."""
        return frozenset({str(self.quiz_key), *(question.page for question in self.questions if question.page)})

    @cached_property
    def how(self) -> Rules:
        """Return the rules that attempts at this version run by."""
        return read_rules({**self.rules, "pass_mark": self.pass_mark})


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
        _("texts"), help_text=_("By question id: prompt, feedback, hint, and those of choices and other parts by id.")
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
