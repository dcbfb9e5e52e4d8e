"""Addresses of lessons in Wagtail's admin."""

from django.urls import path

from lessons.authoring.views import style_sheet

app_name = "lessons_admin"

urlpatterns = [
    path("style-sheet/", style_sheet, name="style-sheet"),
]
