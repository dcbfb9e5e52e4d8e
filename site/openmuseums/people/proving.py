"""Proving again who one is by a code by mail, for those who have neither password nor second factor."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest

from openmuseums.people.models import User

_KEY = "people.proof"


class ProofProcess(AbstractCodeVerificationProcess):
    """A code by mail to the address of the account that is signed in."""

    def __init__(self, request: HttpRequest, state: dict[str, Any], user: User) -> None:
        self.request = request
        super().__init__(
            max_attempts=app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS,
            timeout=app_settings.LOGIN_BY_CODE_TIMEOUT,
            state=state,
            user=user,
        )

    @classmethod
    def begin(cls, *, request: HttpRequest, user: User) -> "ProofProcess":
        """Send a code; one that was sent before is worth nothing any more."""
        process = cls(request, cls.initial_state(user=user, email=user.email), user)
        process.send()
        process.persist()
        return process

    @classmethod
    def resume(cls, *, request: HttpRequest, user: User) -> "ProofProcess | None":
        """Return the process that waits in this session, if its time is not up and it is this account's."""
        state = request.session.get(_KEY)
        if not state or state.get("user_id") != str(user.pk) or time.time() - state["at"] > cls._timeout():
            return None
        return cls(request, state, user)

    @staticmethod
    def _timeout() -> int:
        return int(app_settings.LOGIN_BY_CODE_TIMEOUT)

    def send(self) -> None:
        """Write a new code and mail it."""
        adapter = get_adapter()
        self.state["code"] = adapter.generate_login_code()
        adapter.send_mail("account/email/login_code", self.state["email"], {"code": self.code})

    def persist(self) -> None:
        """Keep the state in the session."""
        self.request.session[_KEY] = self.state

    def abort(self) -> None:
        """Forget the code."""
        self.request.session.pop(_KEY, None)

    def finish(self) -> None:
        """Note that the person has proved who they are; the code is used up."""
        self.abort()
        record_authentication(self.request, self.user, method="code", reauthenticated=True)
