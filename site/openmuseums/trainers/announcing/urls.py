"""Addresses of announcements."""

from django.urls import path

from openmuseums.trainers.announcing import views

urlpatterns = [
    path("<slug:key>/announcements/", views.announcements, name="announcements"),
    path("<slug:key>/announcements/new/", views.write, name="announce"),
]
