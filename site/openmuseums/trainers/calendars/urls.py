"""Addresses of the public calendar, and of calendars that who knows their address reads."""

from django.urls import path

from openmuseums.trainers.calendars import views

app_name = "calendars"
urlpatterns = [
    path("", views.calendar, name="calendar"),
    path("<int:year>/", views.year, name="year"),
    path("sessions.ics", views.calendar_program, name="file"),
    path("sessions/<uuid:session_id>/", views.session, name="session"),
    path("sessions/<uuid:session_id>/session.ics", views.session_file, name="session-file"),
    path("own/<str:token>/sessions.ics", views.secret_file, name="secret"),
]
