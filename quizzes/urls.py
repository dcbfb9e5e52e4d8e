"""Addresses of quizzes that are not pages."""

from django.urls.resolvers import URLPattern

app_name = "quizzes"
urlpatterns: list[URLPattern] = []
