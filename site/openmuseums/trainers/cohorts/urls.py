"""Addresses of cohorts."""

from django.urls import path

from openmuseums.trainers.cohorts import views

urlpatterns = [
    path("", views.cohorts, name="cohorts"),
    path("new/", views.new, name="new"),
    path("<slug:key>/", views.cohort, name="cohort"),
    path("<slug:key>/change/", views.change, name="change"),
    path("<slug:key>/code/", views.renew_code, name="renew-code"),
    path("<slug:key>/staff/", views.staff, name="staff"),
    path("<slug:key>/staff/<int:staff_id>/take-off/", views.take_off, name="take-off"),
    path("<slug:key>/hand-over/", views.hand_over, name="hand-over"),
    path("<slug:key>/archive/", views.archive, name="archive"),
    path("<slug:key>/copy/", views.copy, name="copy"),
]
