"""What happens to pictures when a page that shows them is published."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published

from openmuseums.uploads.renditions import make_renditions, pictures_in


@receiver(page_published)
def render_pictures(instance: Page, **kwargs: Any) -> None:
    """Make the sizes in which the page shows its pictures."""
    make_renditions(pictures_in(instance))
