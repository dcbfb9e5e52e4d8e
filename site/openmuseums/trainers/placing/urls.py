"""Addresses of places that are kept."""

from django.urls import path

from openmuseums.trainers.placing import views

urlpatterns = [
    path("<slug:key>/places/", views.places, name="places"),
    path("<slug:key>/places/slips/<slug:token>/", views.slips, name="places-slips"),
    path("<slug:key>/places/<uuid:place_id>/code/", views.code, name="places-code"),
    path("<slug:key>/places/<uuid:place_id>/account/", views.account, name="places-account"),
    path("<slug:key>/places/<uuid:place_id>/rename/", views.rename_one, name="places-rename"),
    path("<slug:key>/places/<uuid:place_id>/remove/", views.remove_one, name="places-remove"),
]
