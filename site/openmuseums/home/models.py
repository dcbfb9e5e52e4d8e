"""The home page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from openmuseums.delivery.pages import DeliveredPage
from openmuseums.editorial.blocks import INLINE_FEATURES
from openmuseums.editorial.models import GuardedPage


class HomePage(GuardedPage, DeliveredPage):
    """The first page of a language: what the course is, for whom, how long, and where to begin."""

    tagline = models.TextField(_("tagline"), help_text=_("What the course is, in one sentence."))
    introduction = RichTextField(_("introduction"), features=INLINE_FEATURES, blank=True)
    for_whom = RichTextField(_("for whom"), features=INLINE_FEATURES, blank=True)
    duration = models.CharField(_("how long"), max_length=255, blank=True)
    partners = RichTextField(_("partners"), features=INLINE_FEATURES, blank=True)

    content_panels = [
        *GuardedPage.content_panels,
        FieldPanel("tagline"),
        FieldPanel("introduction"),
        FieldPanel("for_whom"),
        FieldPanel("duration"),
        FieldPanel("partners"),
    ]
    promote_panels = [FieldPanel("slug"), FieldPanel("search_description")]
    search_fields = [*GuardedPage.search_fields, index.SearchField("tagline"), index.SearchField("introduction")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["lessons.CoursePage"]
    template = "home/home_page.html"
    page_description = _("The home page of a language.")

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
