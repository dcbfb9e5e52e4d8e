"""Addresses of trainers' pages. All of them stand behind the door: they ask for a second factor."""

from django.urls import include, path

app_name = "trainers"
urlpatterns = [
    path("", include("openmuseums.trainers.cohorts.urls")),
    path("", include("openmuseums.trainers.completing.urls")),
    path("", include("openmuseums.trainers.following.urls")),
]
