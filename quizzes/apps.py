"""Quizzes as an app."""

import datetime as dt

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuizzesConfig(AppConfig):
    """Quiz pages, attempts and results."""

    name = "quizzes"
    verbose_name = _("Quizzes")

    def ready(self) -> None:
        """Register the content checks, freeze a version at each publication, hand in what nobody comes back for."""
        from openmuseums.clock.duties import Duty, register_duty  # noqa: PLC0415
        from openmuseums.editorial.checks import register_check  # noqa: PLC0415 - models must be ready
        from quizzes import receivers  # noqa: F401, PLC0415 - connects on import
        from quizzes.attempts.declaring import declare_attempts  # noqa: PLC0415
        from quizzes.attempts.joining import register_attempts  # noqa: PLC0415
        from quizzes.attempts.overdue import overdue_duty  # noqa: PLC0415
        from quizzes.checks import check_bank, check_quiz  # noqa: PLC0415
        from quizzes.models import BankPage, QuizPage  # noqa: PLC0415
        from quizzes.versions.changing import register_changes  # noqa: PLC0415

        register_check(QuizPage, check_quiz)
        register_check(BankPage, check_bank)
        register_changes()
        register_attempts()
        declare_attempts()
        register_duty(
            Duty("quizzes.overdue", _("Hand in quizzes whose time is up"), dt.timedelta(minutes=5), overdue_duty)
        )
