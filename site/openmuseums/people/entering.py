"""Coming in with a code by mail: the same for an address that has an account and for one that gets it thereby."""

import datetime as dt
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification import verify_email_indirectly
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import EmailAddress, Login
from allauth.account.signals import user_signed_up
from allauth.account.stages import EmailVerificationStage, LoginByCodeStage, LoginStageController
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from openmuseums.people.models import User

# How long the session of somebody who has asked for a code lasts.
WAITING_SECONDS = 60 * 60


class EntryProcess(LoginCodeVerificationProcess):
    """A code by mail. allauth's sends none to an address that it does not know, and tells it so."""

    @classmethod
    def begin(cls, *, request: HttpRequest, user: User | None, email: str) -> "EntryProcess":
        """Send a code to an address and wait for it in this session. user: whose address it is, if anybody's."""
        login = Login(user=user, email=email)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=user, email=email), initiated_by_user=True)
        process = cls(stage=stage)
        process.send()
        process.persist()
        # What is not finished does not keep an address for long.
        request.session.set_expiry(WAITING_SECONDS)
        return process

    @classmethod
    def resume(cls, stage: LoginByCodeStage) -> "EntryProcess | None":
        """Return the process that a session waits in, or None where its time is up."""
        found: EntryProcess | None = cls(stage=stage).abort_if_invalid()
        return found

    def send_by_email(self, email: str, skip_enumeration_mails: bool = False) -> None:
        """Send a new code; the one before is worth nothing from then on."""
        code = self.generate_code()
        get_adapter().send_mail("account/email/login_code", email, {"code": code})

    def finish(self, redirect_url: str | None) -> HttpResponse:
        """Sign in whoever proved to read the mail of the address; make the account where there is none yet."""
        email = self.state["email"]
        if self.user:
            response: HttpResponse = super().finish(redirect_url)
            return response
        # Used up: a second answer with the same code finds nothing to answer.
        self.abort()
        user, is_new = account_for(email=email, language=get_language() or "", now=timezone.now())
        record_authentication(self.request, user, method="code", email=email)
        verify_email_indirectly(self.request, user, email)
        if is_new:
            user_signed_up.send(sender=User, request=self.request, user=user)
        entered: HttpResponse = perform_login(
            self.request, Login(user=user, redirect_url=redirect_url, email=email, signup=is_new)
        )
        return entered


def account_for(*, email: str, language: str, now: dt.datetime) -> tuple[User, bool]:
    """Return the account of a confirmed address, and whether it was made just now. Twice at once makes one."""
    email = email.lower()
    try:
        with transaction.atomic():
            user = User(email=email, language=language, date_joined=now)
            user.set_unusable_password()
            user.save()
            EmailAddress.objects.filter(user=user, email=email).update(verified=True)
    except IntegrityError:
        return User.objects.get(email__iexact=email), False
    return user, True


class AddressStage(EmailVerificationStage):
    """Has an address confirmed that another place named; otherwise an address is confirmed by its first code."""

    def handle(self) -> Any:
        """Ask for a code by mail, or go on."""
        if not self.login.signup:
            return None, True
        return super().handle()
