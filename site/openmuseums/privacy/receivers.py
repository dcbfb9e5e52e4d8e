"""An account that is deleted by another way than erasing leaves nothing behind either."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils import timezone

from openmuseums.privacy.erasing import erase_declared, is_under_way
from openmuseums.privacy.registry import subject_of_account


@receiver(pre_delete, sender=get_user_model())
def erase_what_is_declared(sender: type, instance: AbstractBaseUser, **kwargs: Any) -> None:
    """Erase what is declared about an account, wherever it is deleted: in Wagtail's lists, or in a shell."""
    if not is_under_way(instance):
        with transaction.atomic():
            erase_declared(subject_of_account(instance), timezone.now())
