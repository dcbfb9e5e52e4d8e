"""What is published is taken note of."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published

from openmuseums.discovery.noting import note_publication


@receiver(page_published)
def note_published(instance: Page, **kwargs: Any) -> None:
    """Note what a page says that was published."""
    note_publication(page=instance, now=instance.last_published_at or timezone.now())
