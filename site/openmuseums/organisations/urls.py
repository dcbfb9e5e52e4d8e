"""Addresses of one's own organisations."""

from django.urls import path

from openmuseums.organisations import views

app_name = "organisations"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<int:membership_id>/leave/", views.leave_one, name="leave"),
]
