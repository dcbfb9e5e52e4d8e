"""Has translations follow whatever way their source is moved, unpublished or deleted."""

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_slug_changed, page_unpublished, post_page_move

from openmuseums.translation.following import acts


@receiver(post_page_move, dispatch_uid="translations-follow-move")
def follow_move(instance: Page, **kwargs: Any) -> None:
    """Move the translations of a page that was moved."""
    acts.follow_move(source=instance)


@receiver(page_slug_changed, dispatch_uid="translations-follow-slug")
def follow_slug(instance: Page, instance_before: Page, **kwargs: Any) -> None:
    """Give the translations of a page its new slug."""
    acts.follow_slug(source=instance, old_slug=instance_before.slug)


@receiver(page_unpublished, dispatch_uid="translations-follow-unpublication")
def follow_unpublication(instance: Page, **kwargs: Any) -> None:
    """Unpublish the translations of a page that was unpublished."""
    acts.follow_unpublication(source=instance)


@receiver(pre_delete, sender=Page, dispatch_uid="translations-follow-deletion")
def follow_deletion(instance: Page, **kwargs: Any) -> None:
    """Delete the translations of a page that is being deleted."""
    acts.follow_deletion(source=instance)
