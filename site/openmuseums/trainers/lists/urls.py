"""Addresses of completion lists."""

from django.urls import path

from openmuseums.trainers.lists import views

urlpatterns = [
    path("<slug:key>/lists/", views.lists, name="lists"),
    path("<slug:key>/lists/<uuid:export_id>/", views.one, name="list"),
    path("<slug:key>/lists/<uuid:export_id>/file/", views.file, name="list-file"),
    path("<slug:key>/lists/<uuid:export_id>/manifest/", views.manifest, name="list-manifest"),
]
