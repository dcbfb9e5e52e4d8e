"""What changes the outline of the course or its pictures renews their versions."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from openmuseums.delivery.versions import ADDRESSES, OUTLINE, UPLOADS, renew
from openmuseums.uploads.models import Attachment, Picture


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def renew_outline(**kwargs: Any) -> None:
    """Renew the outline when pages come, go, move or change."""
    renew(OUTLINE)


@receiver([page_slug_changed, post_page_move])
def renew_addresses(**kwargs: Any) -> None:
    """Renew what links to pages by address when one gets another."""
    renew(ADDRESSES)


@receiver(post_delete)
def renew_outline_on_delete(sender: type, **kwargs: Any) -> None:
    """Renew the outline when a page is deleted."""
    if issubclass(sender, Page):
        renew(OUTLINE)


@receiver([post_save, post_delete], sender=PageViewRestriction)
def renew_outline_on_closing(**kwargs: Any) -> None:
    """Renew the outline when a page is closed or opened: what finds pages leaves out those that are closed."""
    renew(OUTLINE)


@receiver([post_save, post_delete], sender=Picture)
@receiver([post_save, post_delete], sender=Attachment)
def renew_uploads(**kwargs: Any) -> None:
    """Renew what shows pictures and documents when one changes."""
    renew(UPLOADS)
