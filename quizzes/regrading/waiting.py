"""Who publishes other right answers is told of attempts that were graded by the ones before."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import Page

from openmuseums.editorial.kinds import ChangeKind
from openmuseums.editorial.recording import has_kind, kind_in_force
from quizzes.models import BankPage, QuizPage
from quizzes.regrading.plans import finished_attempts
from quizzes.versions.freezing import newest_version


def tell_of_waiting(request: HttpRequest, page: Page) -> None:
    """Say what was graded by the right answers before those just published, with the way to grading it again."""
    if not (has_kind(page) and kind_in_force(page) is ChangeKind.ANSWER_KEY):
        return
    quizzes = page.pages_beside() if isinstance(page, BankPage) else [page]
    for quiz in quizzes:
        if isinstance(quiz, QuizPage):
            _tell(request, quiz)


def _tell(request: HttpRequest, quiz: QuizPage) -> None:
    count = finished_attempts(quiz.quiz_key).exclude(result__version=newest_version(quiz.quiz_key)).count()
    if not count:
        return
    told = ngettext(
        "%(quiz)s: %(count)d attempt was graded by the right answers before these.",
        "%(quiz)s: %(count)d attempts were graded by the right answers before these.",
        count,
    )
    again = messages.button(reverse("quizzes_admin:regrade", args=[quiz.pk]), _("Grade again"))
    messages.warning(request, told % {"quiz": quiz.get_admin_display_title(), "count": count}, [again])
