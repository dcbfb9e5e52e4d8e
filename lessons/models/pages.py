"""The pages of the course: course, lessons, the parts around them, and units."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from lessons.blocks.body import unit_blocks
from lessons.blocks.final_task import FinalTaskBlock
from lessons.blocks.glossary import EntryBlock
from openmuseums.competences.facets import Facet
from openmuseums.competences.guide import get_guide
from openmuseums.delivery.pages import DeliveredPage
from openmuseums.editorial.blocks import INLINE_FEATURES
from openmuseums.editorial.models import GuardedPage
from openmuseums.editorial.panels import GuardedPageForm


class KeyedPage(GuardedPage, DeliveredPage):
    """A page of the course. Its key is the competence guide's, the same in every language."""

    key = models.SlugField(_("key"), max_length=64, help_text=_("The guide’s key. It never changes."))

    override_translatable_fields = [
        *GuardedPage.override_translatable_fields,
        SynchronizedField("key", overridable=False),
    ]
    promote_panels = [FieldPanel("slug"), FieldPanel("key"), FieldPanel("search_description")]
    settings_panels = GuardedPage.settings_panels

    class Meta:
        abstract = True

    @classmethod
    def known_keys(cls) -> set[str]:
        """Return the guide's keys that a page of this kind may have."""
        raise NotImplementedError

    def clean(self) -> None:
        """Refuse a key that the guide does not know."""
        super().clean()
        if self.key not in self.known_keys():
            raise ValidationError(
                {
                    "key": _("The competence guide has no such key. Choose one of: %(keys)s.")
                    % {"keys": ", ".join(sorted(self.known_keys()))}
                }
            )


class CoursePage(KeyedPage):
    """A whole course: where a learner sees all lessons and what comes next."""

    introduction = RichTextField(_("introduction"), features=INLINE_FEATURES, blank=True)

    content_panels = [*KeyedPage.content_panels, FieldPanel("introduction")]
    search_fields = [*KeyedPage.search_fields, index.SearchField("introduction")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["lessons.LessonPage", "lessons.PartPage", "lessons.GlossaryPage"]
    template = "lessons/course_page.html"
    page_description = _("The course with its lessons.")

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    @classmethod
    def known_keys(cls) -> set[str]:
        """Return the guide's one course."""
        return {get_guide().course_key}


class OpenedPage(KeyedPage):
    """A page of the course that stands above units and says what they are about."""

    opening = RichTextField(_("opening"), features=INLINE_FEATURES)

    content_panels = [*KeyedPage.content_panels, FieldPanel("opening")]
    search_fields = [*KeyedPage.search_fields, index.SearchField("opening")]
    parent_page_types = ["lessons.CoursePage"]

    class Meta:
        abstract = True


class LessonPage(OpenedPage):
    """A numbered lesson: what it is about, what one can do after it, its units, its quiz and its final task."""

    message = models.CharField(_("message"), max_length=255, help_text=_("The lesson in one sentence."))
    statement_use = models.TextField(_("use"), help_text=_("What one can use after this lesson."))
    statement_manage = models.TextField(_("manage"), help_text=_("What one can manage after this lesson."))
    statement_make = models.TextField(_("make"), help_text=_("What one can make after this lesson."))
    statement_understand = models.TextField(_("understand"), help_text=_("What one understands after this lesson."))
    final_task = StreamField(
        [("final_task", FinalTaskBlock())],
        verbose_name=_("final task"),
        max_num=1,
        blank=True,
        help_text=_("It builds on the activities of the units. Readers find it after the quiz."),
    )

    content_panels = [
        *KeyedPage.content_panels,
        FieldPanel("message"),
        FieldPanel("opening"),
        MultiFieldPanel(
            [FieldPanel(f"statement_{facet}") for facet in Facet.values], heading=_("Competence statements")
        ),
        FieldPanel("final_task"),
    ]
    search_fields = [*OpenedPage.search_fields, index.SearchField("message"), index.SearchField("final_task")]
    subpage_types = ["lessons.UnitPage", "quizzes.QuizPage", "quizzes.BankPage", "lessons.FacilitatorNotesPage"]
    template = "lessons/lesson_page.html"
    page_description = _("A lesson with its units, its quiz and its final task.")

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    @classmethod
    def known_keys(cls) -> set[str]:
        """Return the keys of the guide's lessons."""
        return {lesson.key for lesson in get_guide().lessons}

    @property
    def number(self) -> int:
        """Return the lesson's number in the guide."""
        return next((lesson.number or 0 for lesson in get_guide().lessons if lesson.key == self.key), 0)

    @property
    def statements(self) -> list[tuple[Facet, str]]:
        """Return the competence statements with their facets, in the guide's order."""
        return [(facet, getattr(self, f"statement_{facet.value}")) for facet in Facet]


class PartPage(OpenedPage):
    """Units before or after the lessons. They count in progress, not in the grid of facets."""

    subpage_types = ["lessons.UnitPage"]
    template = "lessons/part_page.html"
    page_description = _("Units before or after the lessons.")

    class Meta:
        verbose_name = _("part around the lessons")
        verbose_name_plural = _("parts around the lessons")

    @classmethod
    def known_keys(cls) -> set[str]:
        """Return the keys of the parts before and after the lessons."""
        return {part.key for part in (*get_guide().parts_before, *get_guide().parts_after)}


class FacetsField(models.JSONField):
    """Which of the guide's facets a unit serves: a list of their keys, in the guide's order."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field:
        """Return a field of checkboxes."""
        return forms.MultipleChoiceField(
            choices=Facet.choices,
            widget=forms.CheckboxSelectMultiple,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            required=not self.blank,
        )

    def validate(self, value: Any, model_instance: Any) -> None:
        """Refuse what is no facet."""
        super().validate(value, model_instance)
        unknown = [facet for facet in value if facet not in Facet.values]
        if unknown:
            raise ValidationError(_("“%(facet)s” is no facet.") % {"facet": unknown[0]}, code="unknown")


# The address of the second page of a unit, below the first.
CONTINUATION = "part-2"


class UnitForm(GuardedPageForm):
    """An editor's form of a unit. The second page of a unit begins with what it shares with the first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = self.parent_page
        if self.instance._state.adding and isinstance(above, UnitPage):
            title = _("%(unit)s, part 2") % {"unit": above.title}
            shared = {"title": title, "slug": CONTINUATION, "key": above.key, "facets": above.facets}
            self.initial |= {name: value for name, value in shared.items() if name in self.fields}


class UnitPage(KeyedPage):
    """A unit: what is read in one sitting, with activities and self-checks in place.

    A long one is split: a second page of the same kind and key stands below the first and continues it.
    """

    lead = models.TextField(_("lead"), help_text=_("One paragraph: what the reader gets from this unit."))
    minutes_to_read = models.PositiveSmallIntegerField(_("minutes to read"), default=5)
    minutes_to_do = models.PositiveSmallIntegerField(_("minutes to do"), default=0)
    facets = FacetsField(_("facets"), help_text=_("Which of the guide’s questions the unit answers."))
    body = StreamField(unit_blocks(), verbose_name=_("body"), blank=True)

    override_translatable_fields = [
        *KeyedPage.override_translatable_fields,
        SynchronizedField("minutes_to_read", overridable=False),
        SynchronizedField("minutes_to_do", overridable=False),
        SynchronizedField("facets", overridable=False),
    ]
    content_panels = [
        *KeyedPage.content_panels,
        FieldPanel("lead"),
        FieldRowPanel([FieldPanel("minutes_to_read"), FieldPanel("minutes_to_do")], heading=_("Time")),
        FieldPanel("facets"),
        InlinePanel("outcomes", heading=_("Outcomes"), label=_("Outcome"), min_num=0, max_num=4),
        FieldPanel("body"),
    ]
    search_fields = [*KeyedPage.search_fields, index.SearchField("lead"), index.SearchField("body")]
    parent_page_types = ["lessons.LessonPage", "lessons.PartPage", "lessons.UnitPage"]
    subpage_types = ["lessons.UnitPage"]
    base_form_class = UnitForm
    template = "lessons/unit_page.html"
    page_description = _("A unit of a lesson, or the second page of a long one.")

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Return whether a unit may be written there: below another one page at most, and none below that."""
        return super().can_create_at(parent) and cls._has_room(parent)

    def can_move_to(self, parent: Page) -> bool:
        """Return whether it may be moved there; a unit that has a second page does not become one."""
        if not super().can_move_to(parent):
            return False
        return not _is_unit(parent) or (self.is_leaf() and self._has_room(parent, besides=self))

    @classmethod
    def _has_room(cls, parent: Page, *, besides: Page | None = None) -> bool:
        if not _is_unit(parent):
            return True
        above = parent.get_parent()
        there = parent.get_children().type(cls)
        if besides is not None:
            there = there.not_page(besides)
        return not (above and _is_unit(above)) and not there.exists()

    @property
    def continued(self) -> "UnitPage | None":
        """Return the unit that this page continues, or None where it is a unit's first page: one query, or two."""
        above = self.get_parent() if self.path and self.depth > 1 else None
        found: UnitPage | None = above.specific if above is not None and _is_unit(above) else None
        return found

    def rival(self) -> "UnitPage | None":
        """Return another public page that continues the same unit; None where there is none."""
        found: UnitPage | None = (
            UnitPage.objects.live()
            .filter(path__startswith=self.path[: -self.steplen], depth=self.depth)
            .exclude(pk=self.pk)
            .first()
        )
        return found

    @classmethod
    def known_keys(cls) -> set[str]:
        """Return the keys of the guide's units."""
        return set(get_guide().units)


def _is_unit(page: Page) -> bool:
    return issubclass(page.specific_class or Page, UnitPage)


class Outcome(TranslatableMixin, Orderable):
    """Something that can be seen of who has done the unit."""

    unit = ParentalKey(UnitPage, on_delete=models.CASCADE, related_name="outcomes")
    text = models.CharField(_("outcome"), max_length=255, help_text=_("Begin with a verb: “Write …”, “Choose …”."))

    panels = [FieldPanel("text")]

    class Meta(Orderable.Meta):
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        unique_together = [("translation_key", "locale")]

    def __str__(self) -> str:
        return self.text


class GlossaryPage(GuardedPage, DeliveredPage):
    """The words of the course: what each means, and which forms of it the course uses."""

    introduction = RichTextField(_("introduction"), features=INLINE_FEATURES, blank=True)
    terms = StreamField([("entry", EntryBlock())], verbose_name=_("terms"), blank=True)

    content_panels = [*GuardedPage.content_panels, FieldPanel("introduction"), FieldPanel("terms")]
    promote_panels = [FieldPanel("slug"), FieldPanel("search_description")]
    search_fields = [*GuardedPage.search_fields, index.SearchField("terms")]
    parent_page_types = ["lessons.CoursePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "lessons/glossary_page.html"
    page_description = _("The terms of the course, in the order of the alphabet.")

    class Meta:
        verbose_name = _("glossary")
        verbose_name_plural = _("glossaries")
