"""Addresses of those who are invited."""

from django.urls import path

from openmuseums.trainers.inviting import guest_views

urlpatterns = [path("invitation/<slug:token>/", guest_views.invitation, name="invitation")]
