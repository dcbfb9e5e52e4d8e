"""What editors see of a quiz or a bank beside its questions: its key, and which topics and facets they cover."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel

from quizzes.authoring.coverage import Coverage, coverage_of


class KeyPanel(FieldPanel):
    """The key of the lesson, which a new page has from the page it is made below: nobody has to know it."""

    class BoundPanel(FieldPanel.BoundPanel):
        def __init__(self, *, panel: Any, instance: Any, request: Any, form: Any, **kwargs: Any) -> None:
            if form is not None and instance.pk is None:
                form.initial[panel.field_name] = getattr(form.parent_page.specific, "key", "")
            super().__init__(panel=panel, instance=instance, request=request, form=form, **kwargs)


class CoveragePanel(Panel):
    """A table of topics by facets with the numbers of questions, of the page and of those that it goes with."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("What the questions cover"))
        kwargs.setdefault("icon", "table")
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "quizzes/coverage_panel.html"

        @cached_property
        def coverage(self) -> Coverage:
            """Return the table, of the latest drafts."""
            beside = [raw for page in self.pages_beside for raw in page.questions.get_prep_value()]
            return coverage_of(key=self.instance.key, own=self.instance.questions.get_prep_value(), beside=beside)

        @cached_property
        def pages_beside(self) -> list[Any]:
            """Return the latest drafts of the pages whose questions are counted beside: the bank, or its quizzes."""
            return [page.get_latest_revision_as_object() for page in self.instance.pages_beside()]
