"""Addresses of lessons that are not pages."""

from django.urls.resolvers import URLPattern

app_name = "lessons"
urlpatterns: list[URLPattern] = []
