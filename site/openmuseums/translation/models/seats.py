"""Who works on which translation."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Seat(models.Model):
    """That somebody works on a page in a language; another can take it over."""

    page_key = models.UUIDField(_("translation key of the page"))
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, verbose_name=_("language"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    since = models.DateTimeField(_("since"))
    seen_at = models.DateTimeField(_("last at work"))

    class Meta:
        verbose_name = _("work on a translation")
        verbose_name_plural = _("work on translations")
        constraints = [
            models.UniqueConstraint(fields=["page_key", "locale"], name="translation_one_seat"),
        ]

    def __str__(self) -> str:
        return f"{self.page_key} {self.locale_id}"
