"""What changes pages that no page says itself renews the versions that pages are known by."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from openmuseums.delivery.versions import OUTLINE, renew
from openmuseums.home.models import Operator
from openmuseums.home.operators import forget_operator


@receiver([post_save, post_delete], sender=Operator)
def renew_pages(**kwargs: Any) -> None:
    """Have the site, and browsers, ask again who runs it."""
    forget_operator()
    renew(OUTLINE)
