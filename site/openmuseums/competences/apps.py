"""The competence guide as an app: it is checked when the site starts."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class CompetencesConfig(AppConfig):
    """Registers the guide's own check."""

    name = "openmuseums.competences"
    verbose_name = _("Competence guide")

    def ready(self) -> None:
        """Check the guide whenever Django checks the project."""
        from openmuseums.competences.checks import check_guide  # noqa: PLC0415 - models must be ready

        register(check_guide, Tags.models)
