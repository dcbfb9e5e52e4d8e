"""The report of what ages, and the button by which somebody says that they opened a source."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.reports import ReportView
from wagtail.models import Locale
from wagtail.permissions import page_permission_policy

from lessons.ageing.checking import HasChangedError, check_source
from lessons.ageing.listing import AgeingLine, ageing_lines, chapters, editable_units
from lessons.models import LessonPage, PartPage, UnitPage
from openmuseums.delivery.languages import source_language

TITLE = gettext_lazy("Sources and their age")
DUE, ALL = "due", "all"
_MAY_CHECK = "may_check_sources"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class AgesForm(forms.Form):
    """What of the list is shown."""

    which = forms.ChoiceField(
        label=gettext_lazy("Show"),
        choices=[(DUE, gettext_lazy("What is over a year old")), (ALL, gettext_lazy("All that ages"))],
        required=False,
    )
    lesson = forms.ChoiceField(label=gettext_lazy("Lesson"), required=False)

    def __init__(self, data: Any, lessons: list[LessonPage | PartPage]) -> None:
        super().__init__(data)
        self.fields["lesson"].choices = [  # type: ignore[attr-defined]
            ("", gettext_lazy("All lessons")),
            *((str(lesson.translation_key), lesson.title) for lesson in lessons),
        ]

    def chosen(self, name: str) -> str:
        """Return what was chosen; nothing where that is not known."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")


class AgesView(ReportView):
    """What ages in the published source: as of when it is known, who opened its source, and how long ago that was."""

    template_name = "lessons/ageing/ages.html"
    page_title = TITLE
    header_icon = "history"
    index_url_name = "lessons_admin:ages"
    export_filename = "sources-and-their-age"
    list_export = [
        "lesson.title",
        "page.title",
        "part.section",
        "part.label",
        "part.name",
        "part.addresses",
        "part.known_on",
        "check.checked_on",
        "checked_by",
        "last",
    ]
    export_headings = {
        "lesson.title": gettext_lazy("Lesson"),
        "page.title": gettext_lazy("Page"),
        "part.section": gettext_lazy("Section"),
        "part.label": gettext_lazy("Kind"),
        "part.name": gettext_lazy("What"),
        "part.addresses": gettext_lazy("Addresses"),
        "part.known_on": gettext_lazy("As known on"),
        "check.checked_on": gettext_lazy("Checked on"),
        "checked_by": gettext_lazy("Checked by"),
        "last": gettext_lazy("Right at last on"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the list to those who may edit pages of the source. Raises PermissionDenied."""
        if not may_check(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def lessons(self) -> list[LessonPage | PartPage]:
        """Return the published lessons and parts."""
        return chapters()

    @cached_property
    def form(self) -> AgesForm:
        """Return the form with what was chosen."""
        return AgesForm(self.request.GET, self.lessons)

    def get_filtered_queryset(self) -> list[AgeingLine]:
        """Return the lines that are asked for."""
        lines = ageing_lines(editable_units(self.request.user), self.lessons, today=timezone.localdate())
        lesson, which = self.form.chosen("lesson"), self.form.chosen("which")
        return [
            line
            for line in lines
            if (which == ALL or line.is_due)
            and (not lesson or (line.lesson and str(line.lesson.translation_key) == lesson))
        ]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to the page."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse_lazy("wagtailadmin_reports:site_history"), "label": _("Reports")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the form, and where the buttons come back to."""
        context = super().get_context_data(*args, **kwargs)
        is_due = self.form.chosen("which") != ALL
        here = self.request.get_full_path()
        return {**context, "form": self.form, "is_due": is_due, "here": here, "source": source_language()}

    def to_row_dict(self, item: AgeingLine) -> dict[str, Any]:
        """Return what a file says of a line: texts that no program takes for a formula."""
        values = {
            "lesson.title": item.lesson.title if item.lesson else "",
            "page.title": item.page.title,
            "part.section": item.part.section,
            "part.label": item.part.label,
            "part.name": item.part.name,
            "part.addresses": "\n".join(item.part.addresses),
            "part.known_on": item.part.known_on,
            "check.checked_on": item.check.checked_on if item.check else None,
            "checked_by": item.checked_by,
            "last": item.last,
        }
        return {name: _cell(value) for name, value in values.items()}


@require_POST
def note_check(request: HttpRequest, page_id: int) -> HttpResponse:
    """Keep that somebody opened a source of a page and that it is still right."""
    page = get_object_or_404(UnitPage, pk=page_id, live=True, locale=Locale.get_default(), alias_of=None)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    place = (request.POST.get("block", ""), request.POST.get("item", ""))
    try:
        part = check_source(
            page=page, place=place, digest=request.POST.get("digest", ""), by=request.user, now=timezone.now()
        )
    except HasChangedError:
        messages.error(request, _("This was changed meanwhile. Read it again, then say whether it is right."))
    else:
        messages.success(request, _("“%(name)s” was checked today.") % {"name": part.name or part.label})
    return HttpResponseRedirect(get_valid_next_url_from_request(request) or reverse("lessons_admin:ages"))


def may_check(user: Any) -> bool:
    """Return whether somebody may edit units of the source: one query a request at most, though menus ask twice."""
    if user.is_active and user.is_superuser:
        return True
    if not page_permission_policy.user_has_permission(user, "change"):
        return False
    if _MAY_CHECK not in vars(user):
        vars(user)[_MAY_CHECK] = editable_units(user).exists()
    return bool(vars(user)[_MAY_CHECK])


def _cell(value: str | dt.date | None) -> str | dt.date:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value or ""
