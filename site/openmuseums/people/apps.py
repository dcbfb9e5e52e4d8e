"""People as an app, and Wagtail's user administration with our forms."""

import datetime as dt
from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    """Accounts and sign-in."""

    name = "openmuseums.people"
    verbose_name = _("People")

    def ready(self) -> None:
        """Connect the receivers; register letters, duties and what is kept of people."""
        from openmuseums.clock.duties import Duty, register_duty  # noqa: PLC0415 - models are ready only now
        from openmuseums.mail.kinds import Kind, register_kind  # noqa: PLC0415
        from openmuseums.people.holdings import declare_holdings  # noqa: PLC0415
        from openmuseums.people.rights import grant_after_migrating  # noqa: PLC0415
        from openmuseums.people.sessions import forget_ended_sessions  # noqa: PLC0415

        import_module("openmuseums.people.receivers")
        post_migrate.connect(grant_after_migrating, dispatch_uid="people.grant_after_migrating")
        register_kind(
            Kind(
                key="sign-in",
                template="people/letters/account_changed",
                is_about_signing_in=True,
                lasts=dt.timedelta(hours=1),
            )
        )
        register_duty(
            Duty(
                name="people.sessions",
                title=_("Delete sessions that have ended"),
                every=dt.timedelta(hours=6),
                run=forget_ended_sessions,
            )
        )
        declare_holdings()


class PeopleAdminConfig(WagtailUsersAppConfig):
    """Wagtail's user administration, which knows that an e-mail address and a user name are each optional."""

    user_viewset = "openmuseums.people.viewsets.UserViewSet"
