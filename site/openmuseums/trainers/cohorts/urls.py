"""Addresses of cohorts."""

urlpatterns: list[object] = []
