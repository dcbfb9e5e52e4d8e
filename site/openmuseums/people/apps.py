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
        from openmuseums.limits.stores import sweep_limits  # noqa: PLC0415
        from openmuseums.mail.kinds import Kind, register_kind  # noqa: PLC0415
        from openmuseums.people.holdings import declare_holdings  # noqa: PLC0415
        from openmuseums.people.leaving import KIND, tell_of_erasure  # noqa: PLC0415
        from openmuseums.people.rights import grant_after_migrating, may_look_after  # noqa: PLC0415
        from openmuseums.people.sessions import forget_ended_sessions  # noqa: PLC0415
        from openmuseums.people.slips import forget_slips  # noqa: PLC0415
        from openmuseums.privacy.inactivity import register_teller  # noqa: PLC0415
        from openmuseums.privacy.registry import register_guard  # noqa: PLC0415

        import_module("openmuseums.people.receivers")
        # Its check is found wherever checks run, also where no request has come yet.
        import_module("openmuseums.people.door")
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
        register_duty(
            Duty(name="people.slips", title=_("Delete old slips"), every=dt.timedelta(days=1), run=forget_slips)
        )
        register_duty(
            Duty(
                name="people.limits",
                title=_("Forget how often somebody tried"),
                every=dt.timedelta(hours=1),
                run=sweep_limits,
            )
        )
        declare_holdings()
        register_guard(may_look_after)
        # Nobody can be spared it, as the letters about signing in.
        register_kind(Kind(key=KIND, template="people/letters/erased_soon", is_about_signing_in=True))
        register_teller(tell_of_erasure)


class PeopleAdminConfig(WagtailUsersAppConfig):
    """Wagtail's user administration, which knows that an e-mail address and a user name are each optional."""

    user_viewset = "openmuseums.people.viewsets.UserViewSet"
