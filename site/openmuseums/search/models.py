"""What of a page is searched."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Entry(models.Model):
    """The words of a published page. Made of the page, and may be made again at any time."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))
    weights = models.JSONField(_("weights"), help_text=_("By stem: how much the page is about it."))
    passages = models.JSONField(
        _("passages"), help_text=_("In the order of the page: anchor, sentence, and its stems with blanks between.")
    )

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")

    def __str__(self) -> str:
        return str(self.page_id)
