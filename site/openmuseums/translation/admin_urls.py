"""Addresses of the desks in Wagtail's admin."""

from django.urls import URLPattern, path

from openmuseums.translation.teams import views as teams

app_name = "translation_admin"
urlpatterns: list[URLPattern] = [
    path("teams/", teams.teams, name="teams"),
    path("teams/set-up/", teams.set_up, name="set-up-team"),
]
