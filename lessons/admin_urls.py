"""Addresses of lessons in Wagtail's admin."""

from django.urls import path

from lessons.ageing.views import AgesView, note_check
from lessons.authoring.views import style_sheet

app_name = "lessons_admin"

urlpatterns = [
    path("ages/", AgesView.as_view(), name="ages"),
    path("ages/<int:page_id>/check/", note_check, name="note-check"),
    path("style-sheet/", style_sheet, name="style-sheet"),
]
