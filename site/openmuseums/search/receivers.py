"""A page is found by its words as soon as it is published, and no longer when it is withdrawn."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from openmuseums.search.indexing import index_page
from openmuseums.search.models import Entry


@receiver(page_published)
def index_published(instance: Page, **kwargs: Any) -> None:
    """Keep the words of a page that was published."""
    index_page(instance)


@receiver(page_unpublished)
def forget_unpublished(instance: Page, **kwargs: Any) -> None:
    """Forget the words of a page that was withdrawn."""
    Entry.objects.filter(page_id=instance.pk).delete()
