"""Addresses of the feeds, which have a language."""

from django.urls import path

from openmuseums.discovery import views

app_name = "discovery"
urlpatterns = [path("feed/", views.feed, name="feed")]
