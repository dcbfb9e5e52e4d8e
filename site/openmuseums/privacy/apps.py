"""Privacy as an app."""

import datetime as dt

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    """What the site keeps of people, told to them and erased for them."""

    name = "openmuseums.privacy"
    verbose_name = _("Privacy")

    def ready(self) -> None:
        """Declare what this app and others' models keep of people, and the cookies; let go daily what is due."""
        from openmuseums.clock.duties import Duty, register_duty  # noqa: PLC0415 - models must be ready
        from openmuseums.privacy import receivers  # noqa: F401, PLC0415 - connects on import
        from openmuseums.privacy.holdings import declare_cookies, declare_own  # noqa: PLC0415
        from openmuseums.privacy.retention import run_retention  # noqa: PLC0415
        from openmuseums.privacy.third_parties import declare_third_parties  # noqa: PLC0415

        declare_own()
        declare_cookies()
        declare_third_parties()
        register_duty(
            Duty("retention", _("Let go what has been kept for long enough"), dt.timedelta(days=1), run_retention)
        )
