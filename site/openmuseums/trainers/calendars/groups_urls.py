"""Where those who take part find their sessions, and the address of their calendar."""

from django.urls import path

from openmuseums.trainers.calendars import own_views

urlpatterns = [path("calendar/", own_views.own_calendar, name="calendar")]
