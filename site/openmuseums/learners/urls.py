"""Addresses of what a learner does."""

from django.urls import path

from openmuseums.learners import joining_views, views

app_name = "learners"
urlpatterns = [
    path("begin/", views.begin, name="begin"),
    path("learning/still-me/", views.renew, name="renew"),
    path("learning/start-afresh/", views.start_afresh, name="start-afresh"),
    path("learning/join/", joining_views.join_record, name="join"),
    path("learning/language/", views.choose_language, name="language"),
    path("learning/enrol/", views.enrol_in_course, name="enrol"),
    path("learning/units/<uuid:page_key>/read/", views.mark_unit, {"is_read": True}, name="mark-read"),
    path("learning/units/<uuid:page_key>/unread/", views.mark_unit, {"is_read": False}, name="mark-unread"),
]
