"""Addresses of rules, and of where somebody stands by them."""

from django.urls import path

from openmuseums.trainers.completing import views

urlpatterns = [
    path("<slug:key>/rule/", views.rule, name="rule"),
    path("<slug:key>/people/<uuid:participation_id>/", views.person, name="person"),
]
