"""Learners as an app."""

import datetime as dt

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearnersConfig(AppConfig):
    """Records of what people learned."""

    name = "openmuseums.learners"
    verbose_name = _("Learners")

    def ready(self) -> None:
        """Ask about the device's record after a sign-in, erase visitors' in time, remind, declare what records say."""
        from openmuseums.clock.duties import Duty, register_duty  # noqa: PLC0415
        from openmuseums.delivery.languages import public_languages  # noqa: PLC0415
        from openmuseums.learners import reminding  # noqa: PLC0415
        from openmuseums.learners.arriving import joining_stop  # noqa: PLC0415 - models must be ready
        from openmuseums.learners.declaring import declare_records  # noqa: PLC0415
        from openmuseums.learners.erasing import visitors_duty  # noqa: PLC0415
        from openmuseums.mail.kinds import register_kind  # noqa: PLC0415
        from openmuseums.people.arrivals import register_stop  # noqa: PLC0415
        from openmuseums.people.language import register_public_languages  # noqa: PLC0415
        from openmuseums.privacy.consents import register_purpose  # noqa: PLC0415

        register_stop(joining_stop)
        register_public_languages(public_languages)
        register_duty(
            Duty(
                name="learners.visitors",
                title=_("Erase visitors’ records whose time is up"),
                every=dt.timedelta(hours=1),
                run=visitors_duty,
            )
        )
        register_purpose(reminding.PURPOSE, reminding.PURPOSE_TEXT, reminding.PURPOSE_VERSION)
        register_kind(reminding.KIND)
        register_duty(
            Duty("learners.reminders", _("Remind of the next step"), dt.timedelta(days=1), reminding.remind_due)
        )
        declare_records()
