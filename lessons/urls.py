"""Addresses of lessons that are not pages."""

from django.urls import path

from lessons import sheets, views

app_name = "lessons"
urlpatterns = [
    path("self-checks/<uuid:page_key>/<str:block_id>/", views.self_check, name="self-check"),
    path("<path:page_path>/sheets/<uuid:block_id>/", sheets.sheet, name="sheet"),
]
