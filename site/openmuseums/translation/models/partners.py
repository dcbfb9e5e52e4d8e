"""The partner of a language, as learners meet it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from openmuseums.delivery.pages import DeliveredPage
from openmuseums.editorial.blocks import INLINE_FEATURES
from openmuseums.editorial.models import GuardedPage
from openmuseums.organisations.countries import COUNTRIES


class HelperBlock(blocks.StructBlock):
    """An organisation, or an office of one, that helps museums in a country."""

    organisation = blocks.CharBlock(label=_("Organisation or office"), max_length=200)
    what_for = blocks.TextBlock(label=_("What it helps with"), rows=2)
    email = blocks.EmailBlock(label=_("E-mail address"), required=False, default="")
    address = blocks.URLBlock(label=_("Address on the web"), required=False, default="")

    class Meta:
        icon = "help"
        label = _("Who helps")
        description = _("An organisation or office that helps museums: what it helps with, and how to reach it.")
        template = "translation/partners/helper.html"
        preview_value = {
            "organisation": "NEMO",
            "what_for": _("Meeting colleagues from museums all over Europe."),
            "email": "",
            "address": "https://www.ne-mo.org/",
        }


class PartnerPage(GuardedPage, DeliveredPage):
    """Who makes the course in a language: the partner, how to reach it, and who helps museums in its country.

    It is written in that language alone, so it is never translated.
    """

    is_native = True

    country = models.CharField(_("country"), max_length=2, choices=COUNTRIES)
    logo = models.ForeignKey(
        "uploads.Picture", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("logo")
    )
    logo_alt = models.CharField(
        _("text alternative of the logo"),
        max_length=200,
        blank=True,
        help_text=_("What the logo says, for people who cannot see it."),
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    website = models.URLField(_("website"), blank=True)
    about = RichTextField(_("what it does"), features=INLINE_FEATURES, blank=True)
    helpers = StreamField([("helper", HelperBlock())], verbose_name=_("who helps in this country"), blank=True)

    content_panels = [
        *GuardedPage.content_panels,
        FieldPanel("country"),
        MultiFieldPanel([FieldPanel("logo"), FieldPanel("logo_alt")], heading=_("Logo")),
        MultiFieldPanel([FieldPanel("email"), FieldPanel("website")], heading=_("Contact")),
        FieldPanel("about"),
        FieldPanel("helpers"),
    ]
    promote_panels = [FieldPanel("slug"), FieldPanel("search_description")]
    search_fields = [*GuardedPage.search_fields, index.SearchField("about"), index.SearchField("helpers")]
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "translation/partners/partner_page.html"
    page_description = _("The partner of a language: who it is, how to reach it, and who helps in its country.")

    class Meta:
        verbose_name = _("page of a partner")
        verbose_name_plural = _("pages of partners")
