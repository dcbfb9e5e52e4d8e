"""The pages of a country's own cases: an index in each language, and the cases, each in a place of a unit."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db import models, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Locale, Revision
from wagtail.search import index

from lessons.blocks.cases import LOCAL_CASE, SourceBlock, case_blocks
from lessons.models.pages import UnitPage
from openmuseums.delivery.pages import DeliveredPage
from openmuseums.editorial.blocks import INLINE_FEATURES
from openmuseums.editorial.models import GuardedPage
from openmuseums.organisations.countries import COUNTRIES


class CasesPage(GuardedPage, DeliveredPage):
    """The cases that are told in one language. It is nobody's translation, and its cases are none either."""

    is_native = True

    introduction = RichTextField(_("introduction"), features=INLINE_FEATURES, blank=True)

    content_panels = [*GuardedPage.content_panels, FieldPanel("introduction")]
    promote_panels = [FieldPanel("slug"), FieldPanel("search_description")]
    search_fields = [*GuardedPage.search_fields, index.SearchField("introduction")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["lessons.CasePage"]
    max_count_per_parent = 1
    template = "lessons/cases_page.html"
    page_description = _("The cases of a country, which stand in the units of the course.")

    class Meta:
        verbose_name = _("cases of a country")
        verbose_name_plural = _("cases of countries")


class PlaceSelect(forms.Select):
    """Offers the places that there are in the published units, and the one that is kept, there or not."""

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        """Return the choices, asked for when the form is shown."""
        known = {slot: f"{title}: {slot}" for slot, title in known_slots()}
        kept = {slot: slot for slot in value if slot and slot not in known}
        self.choices = [("", "---------"), *known.items(), *kept.items()]
        return super().optgroups(name, value, attrs)


class CasePage(GuardedPage, DeliveredPage):
    """What a museum of a country did, told in the language of the country, in a place that a unit keeps for it."""

    is_native = True

    slot = models.CharField(
        _("place in the course"), max_length=64, help_text=_("The unit that shows the case, and the key of its place.")
    )
    summary = models.CharField(
        _("summary"), max_length=300, help_text=_("What was done and what came of it, in two sentences. Units show it.")
    )
    country = models.CharField(_("country"), max_length=2, choices=COUNTRIES)
    place = models.CharField(_("museum or place"), max_length=160, blank=True)
    body = StreamField(case_blocks(), verbose_name=_("body"), blank=True)
    sources = StreamField(
        [("source", SourceBlock())],
        verbose_name=_("sources"),
        blank=True,
        help_text=_("A case without a source is not published."),
    )

    content_panels = [
        *GuardedPage.content_panels,
        FieldPanel("slot", widget=PlaceSelect),
        FieldPanel("summary", widget=forms.Textarea(attrs={"rows": 3})),
        FieldRowPanel([FieldPanel("country"), FieldPanel("place")]),
        FieldPanel("body"),
        FieldPanel("sources"),
    ]
    promote_panels = [FieldPanel("slug"), FieldPanel("search_description")]
    search_fields = [*GuardedPage.search_fields, index.SearchField("summary"), index.SearchField("body")]
    parent_page_types = ["lessons.CasesPage"]
    subpage_types: list[str] = []
    template = "lessons/case_page.html"
    page_description = _("A case from a country, shown in the unit that keeps a place for it.")

    class Meta:
        verbose_name = _("case of a country")
        verbose_name_plural = _("cases of countries")

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Publish a revision; of two that are published at once into the same place, the second is refused."""
        with transaction.atomic():
            self._lock_places()
            super().publish(revision, *args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save the page; where it is public, no other comes into its place meanwhile."""
        if not self.live:
            return super().save(*args, **kwargs)
        with transaction.atomic():
            self._lock_places()
            return super().save(*args, **kwargs)

    @cached_property
    def country_name(self) -> Any:
        """Return the name of the country, in the language that is spoken."""
        return self.get_country_display()

    def rival(self) -> "CasePage | None":
        """Return the case that is public in the same place, in the same language; None where there is none."""
        found: CasePage | None = (
            CasePage.objects.live()
            .filter(slot=self.slot, locale_id=self.locale_id)
            .exclude(pk=self.pk)
            .order_by("pk")
            .first()
        )
        return found

    def _lock_places(self) -> None:
        """Have others wait who publish a case in the same language, until this transaction is over."""
        list(Locale.objects.select_for_update(no_key=True).filter(pk=self.locale_id))


def slots_in(body: Any) -> Iterator[tuple[str, str]]:
    """Yield the keys of the places for cases in a stored body, with the ids of their blocks."""
    for block in body.raw_data:
        if block["type"] == LOCAL_CASE:
            yield block["value"].get("slot") or "", block.get("id") or ""


def known_slots() -> list[tuple[str, str]]:
    """Return the keys of the places in the published units of the source, with the titles of the units."""
    units = UnitPage.objects.live().filter(locale=Locale.get_default()).order_by("path")
    return [(slot, unit.title) for unit in units for slot, _block_id in slots_in(unit.body)]
