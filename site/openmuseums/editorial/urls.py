"""Addresses of the editorial rules in Wagtail's admin."""

from django.urls import path

from openmuseums.editorial import views

app_name = "editorial_admin"
urlpatterns = [
    path("<int:page_id>/", views.ask_for_kind, name="kind"),
]
