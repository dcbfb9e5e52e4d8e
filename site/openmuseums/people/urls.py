"""Addresses of one's own account, and of ending a session."""

from django.urls import path

from openmuseums.people import account_views, slip_views, views

app_name = "people"
urlpatterns = [
    path("account/", account_views.account, name="account"),
    path("account/sessions/", account_views.sessions, name="sessions"),
    path("account/again/code/", account_views.prove, name="prove"),
    path("account/second-factor/", slip_views.second_factor, name="second-factor"),
    path("account/come-back/", slip_views.come_back, name="come-back"),
    # Short, for it is copied from paper.
    path("slip/", slip_views.slip, name="slip"),
    path("sign-out/", views.sign_out, name="sign-out"),
]
