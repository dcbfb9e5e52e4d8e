"""Addresses of the desks in Wagtail's admin."""

from django.urls import URLPattern, path

from openmuseums.translation.bundles import views as bundles
from openmuseums.translation.dashboard import views as dashboard
from openmuseums.translation.desk import views as desk
from openmuseums.translation.review import views as review
from openmuseums.translation.sharing.views import share
from openmuseums.translation.teams import views as teams

app_name = "translation_admin"
urlpatterns: list[URLPattern] = [
    path("", dashboard.dashboard, name="dashboard"),
    path("list.csv", dashboard.dashboard_file, name="dashboard-file"),
    path("letters/", dashboard.letters, name="letters"),
    path("<slug:language>/publish/", dashboard.publish_all, name="publish-ready"),
    path("<slug:language>/<uuid:page_key>/changes/", dashboard.changes, name="changes"),
    path("<slug:language>/<uuid:page_key>/submit/", review.submit, name="submit"),
    path("<slug:language>/<uuid:page_key>/publish/", review.publish, name="publish"),
    path("<slug:language>/<uuid:page_key>/review/", review.review, name="review"),
    path("teams/", teams.teams, name="teams"),
    path("teams/set-up/", teams.set_up, name="set-up-team"),
    path("<str:language>/<uuid:page_key>/", desk.desk, name="desk"),
    path("<str:language>/<uuid:page_key>/draft/", desk.draft, name="desk-draft"),
    path("<str:language>/<uuid:page_key>/machine/", desk.machine, name="desk-machine"),
    path("<str:language>/<uuid:page_key>/pictures/", desk.pictures, name="desk-pictures"),
    path("<str:language>/<uuid:page_key>/preview/", desk.preview, name="desk-preview"),
    path("<str:language>/<uuid:page_key>/share/", share, name="share"),
    path("<str:language>/download/", bundles.download, name="download"),
    path("<str:language>/upload/", bundles.upload, name="upload"),
    path("<str:language>/upload/accept/", bundles.accept, name="upload-accept"),
]
