"""What is kept in step with accounts: their addresses as allauth keeps them, and little of their devices."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.usersessions.models import UserSession
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from django.http import HttpRequest

from openmuseums.people.addresses import keep_in_step
from openmuseums.people.devices import device_of
from openmuseums.people.factors import count_as_given
from openmuseums.people.models import User


@receiver(post_save, sender=User, dispatch_uid="people-address")
def keep_address(sender: type[User], instance: User, update_fields: Any = None, raw: bool = False, **_: Any) -> None:
    """Have allauth's row of an address follow the account's."""
    if not (raw or instance.address_is_kept_later) and (update_fields is None or "email" in update_fields):
        keep_in_step(instance)


@receiver(pre_save, sender=EmailAddress, dispatch_uid="people-address-case")
def fold_address(sender: type[EmailAddress], instance: EmailAddress, **_: Any) -> None:
    """Store addresses in small letters, as allauth looks for them."""
    instance.email = instance.email.lower()


@receiver(pre_save, sender=UserSession, dispatch_uid="people-device")
def keep_little(sender: type[UserSession], instance: UserSession, **_: Any) -> None:
    """Store no network address, and of what the browser says the names of browser and system alone."""
    instance.ip = "::"
    instance.user_agent = device_of(instance.user_agent)


@receiver(authenticator_added, dispatch_uid="people-new-factor")
def note_new_factor(
    sender: type[Authenticator], request: HttpRequest, user: User, authenticator: Authenticator, **_: Any
) -> None:
    """Let who has just set up a second factor go where it is asked for."""
    count_as_given(request=request, user=user, authenticator=authenticator)
