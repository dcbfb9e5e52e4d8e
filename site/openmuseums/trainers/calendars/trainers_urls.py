"""Where trainers find the address of a cohort's calendar."""

from django.urls import path

from openmuseums.trainers.calendars import own_views

urlpatterns = [path("<slug:key>/calendar/", own_views.cohort_calendar, name="calendar")]
