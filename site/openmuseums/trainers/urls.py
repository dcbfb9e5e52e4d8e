"""Addresses of trainers' pages. All of them stand behind the door: they ask for a second factor."""

from django.urls import include, path

app_name = "trainers"
urlpatterns = [
    # Before cohorts: addresses without a key begin with a word that no key is.
    path("", include("openmuseums.trainers.sessions.urls")),
    path("", include("openmuseums.trainers.attendance.urls")),
    path("", include("openmuseums.trainers.calendars.trainers_urls")),
    path("", include("openmuseums.trainers.cohorts.urls")),
    path("", include("openmuseums.trainers.completing.urls")),
    path("", include("openmuseums.trainers.following.urls")),
    path("", include("openmuseums.trainers.inviting.urls")),
    path("", include("openmuseums.trainers.lists.urls")),
    path("", include("openmuseums.trainers.announcing.urls")),
    path("", include("openmuseums.trainers.placing.urls")),
]
