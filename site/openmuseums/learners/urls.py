"""Addresses of what a learner does."""

from django.urls import path

from openmuseums.learners import views

app_name = "learners"
urlpatterns = [
    path("language/", views.choose_language, name="language"),
    path("enrol/", views.enrol_in_course, name="enrol"),
    path("units/<uuid:page_key>/read/", views.mark_unit, {"is_read": True}, name="mark-read"),
    path("units/<uuid:page_key>/unread/", views.mark_unit, {"is_read": False}, name="mark-unread"),
]
