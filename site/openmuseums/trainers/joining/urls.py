"""Addresses of those who take part in groups."""

from django.urls import path

from openmuseums.trainers.joining import views

urlpatterns = [
    path("", views.mine, name="mine"),
    path("join/", views.join_by_code, name="join"),
    path("claim/", views.claim_place, name="claim"),
    path("<uuid:participation_id>/", views.group, name="group"),
    path("<uuid:participation_id>/share/", views.change_shared, name="share"),
    path("<uuid:participation_id>/leave/", views.leave_group, name="leave"),
]
