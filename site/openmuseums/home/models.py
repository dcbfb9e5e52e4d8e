"""The home page, the pages that stand beside the course, and who runs the site."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from openmuseums.delivery.pages import DeliveredPage
from openmuseums.editorial.blocks import INLINE_FEATURES
from openmuseums.editorial.models import GuardedPage
from openmuseums.home.blocks import standing_blocks
from openmuseums.segments.fields import OwnField


class HomePage(GuardedPage, DeliveredPage):
    """The first page of a language: what the course is, for whom, how long, and where to begin."""

    tagline = models.TextField(_("tagline"), help_text=_("What the course is, in one sentence."))
    introduction = RichTextField(_("introduction"), features=INLINE_FEATURES, blank=True)
    for_whom = RichTextField(_("for whom"), features=INLINE_FEATURES, blank=True)
    duration = models.CharField(_("how long"), max_length=255, blank=True)
    partners = RichTextField(_("partners"), features=INLINE_FEATURES, blank=True)

    # Home pages stand side by side, where no two may have the same slug.
    override_translatable_fields = [OwnField("slug")]
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
    subpage_types = ["lessons.CoursePage", "home.StandingPage", "lessons.CasesPage", "translation.PartnerPage"]
    template = "home/home_page.html"
    page_description = _("The home page of a language.")

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class StandingPage(GuardedPage, DeliveredPage):
    """A page that says what holds for the whole site, such as its privacy notice. Its footer links it."""

    funding = RichTextField(
        _("funding"),
        features=INLINE_FEATURES,
        blank=True,
        help_text=_("Who pays for the course, as they want it said. While it is empty nothing is shown."),
    )
    body = StreamField(standing_blocks(), verbose_name=_("body"), blank=True)

    content_panels = [*GuardedPage.content_panels, FieldPanel("body"), FieldPanel("funding")]
    promote_panels = [FieldPanel("slug"), FieldPanel("search_description")]
    search_fields = [*GuardedPage.search_fields, index.SearchField("funding"), index.SearchField("body")]
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    template = "home/standing_page.html"
    page_description = _("A page about the site, such as its privacy notice.")

    class Meta:
        verbose_name = _("standing page")
        verbose_name_plural = _("standing pages")


@register_setting(icon="site", order=0)
class Operator(BaseGenericSetting):
    """The organisation that runs the site: the same in every language, and no part of a course pack."""

    organisation = models.CharField(_("organisation"), max_length=255, blank=True)
    address = models.TextField(_("postal address"), blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=64, blank=True)
    data_protection = models.CharField(
        _("data protection"),
        max_length=255,
        blank=True,
        help_text=_("Whom to write to about personal data, where that is somebody else: a name or an e-mail address."),
    )

    panels = [
        FieldPanel("organisation"),
        FieldPanel("address"),
        FieldPanel("email"),
        FieldPanel("telephone"),
        FieldPanel("data_protection"),
    ]

    class Meta:
        verbose_name = _("who runs the site")

    def __str__(self) -> str:
        return self.organisation
