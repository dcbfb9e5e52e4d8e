"""The desks of translation as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    """Teams, dashboard, desk, review and bundles of the languages."""

    name = "openmuseums.translation"
    verbose_name = _("Translation")

    def ready(self) -> None:
        """Declare what is kept of translators, write to teams, listen to what happens elsewhere, tell learners."""
        from openmuseums.delivery.pages import DeliveredPage, register_context  # noqa: PLC0415 - models must be ready
        from openmuseums.translation import receivers  # noqa: F401, PLC0415
        from openmuseums.translation.closing import take_out_buttons  # noqa: PLC0415
        from openmuseums.translation.declaring import declare_seats  # noqa: PLC0415
        from openmuseums.translation.digests.registering import register_digests  # noqa: PLC0415
        from openmuseums.translation.following import receivers as following  # noqa: F401, PLC0415
        from openmuseums.translation.gate import register_gate  # noqa: PLC0415
        from openmuseums.translation.notices.showing import notice_context  # noqa: PLC0415
        from openmuseums.translation.partners.making import set_up_pages  # noqa: PLC0415
        from openmuseums.translation.partners.registering import register_partner_pages  # noqa: PLC0415
        from openmuseums.translation.teams.setting_up import register_setup  # noqa: PLC0415

        declare_seats()
        take_out_buttons()
        register_gate()
        register_partner_pages()
        register_digests()
        register_context(DeliveredPage, notice_context)
        register_setup(set_up_pages)
