"""Mail as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    """Letters to people, in their language, sent in the background."""

    name = "openmuseums.mail"
    verbose_name = _("Mail")
