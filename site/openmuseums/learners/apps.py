"""Learners as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearnersConfig(AppConfig):
    """Records of what people learned."""

    name = "openmuseums.learners"
    verbose_name = _("Learners")
