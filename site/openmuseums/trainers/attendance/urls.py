"""Addresses of trainers' pages about attendance."""

from django.urls import path

from openmuseums.trainers.attendance import views

_SESSION = "<slug:key>/sessions/<uuid:session_id>"

urlpatterns = [
    path(f"{_SESSION}/code/", views.show_code, name="attendance-code"),
    path(f"{_SESSION}/attendance/", views.attendance, name="attendance"),
    path(f"{_SESSION}/sheet/", views.sheet, name="attendance-sheet"),
    path(f"{_SESSION}/scans/", views.scans, name="scans"),
    path(f"{_SESSION}/scans/<int:scan_id>/", views.scan, name="scan"),
    path(f"{_SESSION}/scans/<int:scan_id>/delete/", views.remove_scan, name="scan-delete"),
]
