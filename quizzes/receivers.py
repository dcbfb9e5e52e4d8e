"""What quizzes do when pages are published."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Locale
from wagtail.signals import page_published

from quizzes.models import QuizPage
from quizzes.versions import freeze_translation, freeze_version


@receiver(page_published, sender=QuizPage)
def freeze(instance: QuizPage, **kwargs: Any) -> None:
    """Freeze a published quiz, or add the words of a translation to the version of its source."""
    if instance.alias_of_id is not None:
        return  # it shows another page, whose version and words serve it
    if instance.locale_id == Locale.get_default().pk:
        freeze_version(quiz=instance, now=timezone.now())
    else:
        freeze_translation(quiz=instance, now=timezone.now())
