"""Mail as an app."""

import datetime as dt

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    """Letters to people, in their language, sent in the background."""

    name = "openmuseums.mail"
    verbose_name = _("Mail")

    def ready(self) -> None:
        """Have letters be sent that were not sent at once, shown how they stand, and declared as data about people."""
        from openmuseums.clock.duties import Duty, register_duty  # noqa: PLC0415
        from openmuseums.clock.signs import Sign, register_sign  # noqa: PLC0415
        from openmuseums.mail.delivering import deliver_due, try_again  # noqa: PLC0415 - models must be ready
        from openmuseums.mail.holding import declaration, refusals  # noqa: PLC0415
        from openmuseums.mail.reading import read_letters  # noqa: PLC0415
        from openmuseums.privacy.registry import declare  # noqa: PLC0415

        register_duty(Duty("letters", _("Letters that wait"), dt.timedelta(minutes=1), deliver_due))
        register_sign(Sign("letters", _("Letters that wait"), read_letters, try_again))
        declare(declaration())
        declare(refusals())
