"""Addresses of readers' reports, and those of the editors' queue in Wagtail's admin."""

from django.urls import path

from openmuseums.reports import desk, views

app_name = "reports"
urlpatterns = [
    path("<uuid:page_key>/", views.write, name="write"),
    path("<uuid:page_key>/thanks/", views.thanks, name="thanks"),
]
admin_urlpatterns = (
    [
        path("", desk.queue, name="queue"),
        path("settle/", desk.settle_reports, name="settle"),
        path("<int:report_id>/reopen/", desk.reopen_report, name="reopen"),
    ],
    "readers_reports",
)
