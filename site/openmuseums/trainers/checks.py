"""What `manage.py check --deploy` says of trainers' work."""

import stat
from typing import Any

from django.core import checks
from django.core.checks import CheckMessage, Tags, register

from openmuseums.trainers.lists.keys import key_path


@register(Tags.security, deploy=True)
def check_signing_key(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn where others than the site itself may read the key that lists are signed with."""
    try:
        mode = key_path().stat().st_mode
    except OSError:
        return []  # made at first use, for its owner alone
    if not mode & (stat.S_IRWXG | stat.S_IRWXO):
        return []
    return [
        checks.Warning(
            "Others may read the key that completion lists are signed with.",
            hint=f"chmod 600 {key_path()}; if somebody may have read it: manage.py rotate_signing_key",
            id="trainers.W001",
        )
    ]
