"""Addresses of what a learner does."""

from django.urls.resolvers import URLPattern

app_name = "learners"
urlpatterns: list[URLPattern] = []
