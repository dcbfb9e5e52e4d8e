"""The style guide: each component and block in each of its states. Debug only."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
