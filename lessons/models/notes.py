"""The facilitator notes of a lesson: how to spend two hours on it with a group."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from lessons.blocks.plans import PlanStepBlock
from openmuseums.delivery.pages import DeliveredPage
from openmuseums.editorial.blocks import INLINE_FEATURES
from openmuseums.editorial.models import GuardedPage

FEWEST, MOST = 2, 200
LONGEST = 480
_NUMBERS = ("minutes", "group_min", "group_max")


class FacilitatorNotesPage(GuardedPage, DeliveredPage):
    """A plan for working on a lesson with a group. It is for who leads the group, and no step of the course."""

    introduction = RichTextField(_("introduction"), features=INLINE_FEATURES)
    minutes = models.PositiveSmallIntegerField(
        _("minutes in all"),
        default=120,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST)],
        help_text=_("The minutes of the steps add up to this."),
    )
    group_min = models.PositiveSmallIntegerField(
        _("people at least"), default=6, validators=[MinValueValidator(FEWEST), MaxValueValidator(MOST)]
    )
    group_max = models.PositiveSmallIntegerField(
        _("people at most"), default=30, validators=[MinValueValidator(FEWEST), MaxValueValidator(MOST)]
    )
    aims = RichTextField(_("aims"), features=INLINE_FEATURES, help_text=_("What people take home."))
    materials = RichTextField(_("what to prepare"), features=INLINE_FEATURES)
    plan = StreamField([("step", PlanStepBlock())], verbose_name=_("plan"), blank=True)
    discussion = RichTextField(_("questions for the discussion"), features=INLINE_FEATURES)
    signs = RichTextField(_("how to see whether it worked"), features=INLINE_FEATURES)

    override_translatable_fields = [
        *GuardedPage.override_translatable_fields,
        *(SynchronizedField(name, overridable=False) for name in _NUMBERS),
    ]
    content_panels = [
        *GuardedPage.content_panels,
        FieldPanel("introduction"),
        FieldRowPanel([FieldPanel(name) for name in _NUMBERS], heading=_("Time and people")),
        FieldPanel("aims"),
        FieldPanel("materials"),
        FieldPanel("plan"),
        FieldPanel("discussion"),
        FieldPanel("signs"),
    ]
    promote_panels = [FieldPanel("slug"), FieldPanel("search_description")]
    search_fields = [*GuardedPage.search_fields, index.SearchField("introduction"), index.SearchField("plan")]
    parent_page_types = ["lessons.LessonPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "lessons/notes_page.html"
    page_description = _("A plan for two hours on the lesson with a group, for who leads it.")

    class Meta:
        verbose_name = _("facilitator notes")
        verbose_name_plural = _("facilitator notes")

    @property
    def minutes_of_steps(self) -> int:
        """Return how long the steps take together."""
        return sum(child.value["minutes"] or 0 for child in self.plan)

    def rival(self) -> "FacilitatorNotesPage | None":
        """Return other public notes on the same lesson; None where there are none."""
        if not self.path:
            return None
        found: FacilitatorNotesPage | None = (
            FacilitatorNotesPage.objects.live()
            .filter(path__startswith=self.path[: -self.steplen], depth=self.depth)
            .exclude(pk=self.pk)
            .first()
        )
        return found
