"""Who opened a source and found that it still says so."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from openmuseums.append_only import AppendOnly


class SourceCheck(AppendOnly):
    """That somebody opened the sources of a block, or of an item in it, and that it is still right.

    digest: of what stood there, so that a check is void once something else stands there.
    """

    page_key = models.UUIDField(_("translation key of the page"))
    block_id = models.CharField(_("block"), max_length=36)
    item_id = models.CharField(_("item"), max_length=36, blank=True)
    digest = models.CharField(_("digest of what stood there"), max_length=64)
    checked_on = models.DateField(_("checked on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("checked by")
    )

    class Meta:
        verbose_name = _("check of a source")
        verbose_name_plural = _("checks of sources")
        ordering = ["checked_on", "pk"]
        constraints = [
            # Who presses twice, or at the same time as somebody else, has said it once.
            models.UniqueConstraint(
                fields=["page_key", "block_id", "item_id", "digest", "checked_on"], name="lessons_source_check_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.page_key} {self.block_id} {self.item_id} {self.checked_on}"
