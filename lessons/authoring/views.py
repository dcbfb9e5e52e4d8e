"""The page in Wagtail's admin that authors are helped by."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lessons.authoring.style_sheet import INTRODUCTION, STYLE_SHEET, TITLE
from openmuseums.people.admin_pages import titled


@require_safe
def style_sheet(request: HttpRequest) -> HttpResponse:
    """Show the style sheet."""
    context = {"introduction": INTRODUCTION, "chapters": STYLE_SHEET, **titled(str(TITLE), icon="help")}
    return render(request, "lessons/authoring/style_sheet.html", context)
