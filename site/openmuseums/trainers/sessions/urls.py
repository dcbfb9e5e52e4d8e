"""Addresses of trainers' pages about sessions."""

from django.urls import path

from openmuseums.trainers.sessions import public_views, views

urlpatterns = [
    # Before those of cohorts: no cohort's key is this.
    path("public-sessions/", public_views.public_sessions, name="public-sessions"),
    path("public-sessions/add/", public_views.add_public_session, name="public-session-add"),
    path("public-sessions/<uuid:session_id>/", public_views.edit_public_session, name="public-session"),
    path("public-sessions/<uuid:session_id>/cancel/", public_views.cancel_public_session, name="public-session-cancel"),
    path("<slug:key>/sessions/", views.sessions, name="sessions"),
    path("<slug:key>/sessions/add/", views.add_session, name="session-add"),
    path("<slug:key>/sessions/<uuid:session_id>/", views.session, name="session"),
    path("<slug:key>/sessions/<uuid:session_id>/change/", views.edit_session, name="session-change"),
    path("<slug:key>/sessions/<uuid:session_id>/cancel/", views.cancel, name="session-cancel"),
]
