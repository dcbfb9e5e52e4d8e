"""What quizzes do when pages are published, withdrawn, moved or deleted."""

from typing import Any

from django.db.models.signals import post_delete, pre_delete
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from quizzes.models import BankPage, QuizPage
from quizzes.models.questions import lock_lesson
from quizzes.versions.freezing import freeze_bank_translation, freeze_lesson, freeze_translation, freeze_version


@receiver(page_published, sender=QuizPage)
def freeze(instance: QuizPage, **kwargs: Any) -> None:
    """Freeze a published quiz, or add the words of a translation to the version of its source."""
    if instance.alias_of_id is not None:
        return  # it shows another page, whose version and words serve it
    if _is_of_source(instance):
        freeze_version(quiz=instance, now=timezone.now())
    else:
        freeze_translation(quiz=instance, now=timezone.now())


@receiver(page_published, sender=BankPage)
def freeze_with_bank(instance: BankPage, **kwargs: Any) -> None:
    """Freeze the quizzes that draw from a published bank, or add the words of a translation to their versions."""
    if instance.alias_of_id is not None:
        return
    if _is_of_source(instance):
        _freeze_beside(instance)
    else:
        freeze_bank_translation(bank=instance, now=timezone.now())


@receiver(page_unpublished, sender=BankPage)
def freeze_without_bank(instance: BankPage, **kwargs: Any) -> None:
    """Have new attempts draw from a withdrawn bank no more."""
    if _is_of_source(instance):
        _freeze_beside(instance)


@receiver(pre_delete, sender=BankPage)
def lock_before_deletion(instance: BankPage, **kwargs: Any) -> None:
    """Wait for who is publishing a quiz of the lesson, before the bank's own row is locked."""
    lock_lesson(instance)


@receiver(post_delete, sender=BankPage)
def freeze_after_deletion(instance: BankPage, **kwargs: Any) -> None:
    """Have new attempts draw from a deleted bank no more."""
    if _is_of_source(instance):
        _freeze_beside(instance)


@receiver(post_page_move, sender=BankPage)
@receiver(post_page_move, sender=QuizPage)
def freeze_where_it_was_and_is(
    instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any
) -> None:
    """Freeze anew what draws from another bank, or from none, after a quiz or a bank was moved."""
    if not _is_of_source(instance) or parent_page_before.pk == parent_page_after.pk:
        return
    # The move may have changed the paths of both.
    for path in Page.objects.filter(pk__in=[parent_page_before.pk, parent_page_after.pk]).values_list(
        "path", flat=True
    ):
        freeze_lesson(lesson=path, now=timezone.now())


def _freeze_beside(bank: BankPage) -> None:
    freeze_lesson(lesson=bank.path[: -bank.steplen], now=timezone.now())


def _is_of_source(page: Page) -> bool:
    return bool(page.locale_id == Locale.get_default().pk and page.alias_of_id is None)
