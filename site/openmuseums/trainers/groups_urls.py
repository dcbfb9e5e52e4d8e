"""Addresses of those who take part in cohorts: joining, what is shared, where they are, leaving."""

from django.urls import include, path

app_name = "groups"
urlpatterns = [
    path("", include("openmuseums.trainers.attendance.groups_urls")),
    path("", include("openmuseums.trainers.calendars.groups_urls")),
    path("", include("openmuseums.trainers.joining.urls")),
    path("", include("openmuseums.trainers.inviting.guest_urls")),
]
