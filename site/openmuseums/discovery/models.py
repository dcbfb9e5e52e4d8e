"""When a page last changed in meaning."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Statement(models.Model):
    """What a page said when it was last published, as a digest, and since when it has said that."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="statement", verbose_name=_("page"))
    digest = models.CharField(_("digest of the words"), max_length=64)
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("what a page says")
        verbose_name_plural = _("what pages say")

    def __str__(self) -> str:
        return f"{self.page_id} {self.since}"
