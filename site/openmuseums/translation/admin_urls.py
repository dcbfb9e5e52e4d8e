"""Addresses of the desks in Wagtail's admin."""

from django.urls import URLPattern

app_name = "translation_admin"
urlpatterns: list[URLPattern] = []
