"""Addresses of following a group."""

from django.urls import path

from openmuseums.trainers.following import views

urlpatterns = [
    path("<slug:key>/people/", views.people, name="people"),
]
