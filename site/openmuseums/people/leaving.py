"""Telling the owners of accounts that nobody uses on what day they are erased."""

import datetime as dt

from django.contrib.auth.base_user import AbstractBaseUser
from django.urls import reverse
from django.utils import translation

from openmuseums.mail.sending import send_letter
from openmuseums.people.language import language_for
from openmuseums.people.models import User

KIND = "erased-soon"


def tell_of_erasure(account: AbstractBaseUser, day: dt.date, now: dt.datetime) -> None:
    """Queue the letter, in the language of the account. Who has no address is told nothing."""
    if not (isinstance(account, User) and account.email):
        return
    language = language_for(account)
    with translation.override(language):
        address = reverse("account_login")
    send_letter(kind=KIND, to=account, context={"day": day, "address": address}, language=language, now=now)
