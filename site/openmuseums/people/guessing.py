"""A code that came by mail may be tried a few times, however many requests try it at once.

allauth counts wrong codes in the session, which requests that come together all read before one of them has written.
"""

from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.core import context

from openmuseums.limits.counting import allow


class CountsGuesses:
    """Takes part in a form for a code: counts a try before the code is looked at."""

    expected_code: str | None
    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        """Refuse the code unread where the same code was tried often in this session, right or wrong."""
        session = context.request.session.session_key or ""
        if not allow(
            "code",
            who=f"{session}:{self.expected_code}",
            amount=app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS,
            seconds=app_settings.LOGIN_BY_CODE_TIMEOUT,
        ):
            raise get_adapter().validation_error("too_many_login_attempts")
        code: str = super().clean_code()  # type: ignore[misc]
        return code
