"""Addresses of one's own data."""

from django.urls import path

from openmuseums.privacy import views

app_name = "privacy"
urlpatterns = [
    path("", views.my_data, name="my-data"),
    path("download/", views.download, name="export"),
    path("erase/", views.erase_mine, name="erase"),
    path("erased/", views.erased, name="erased"),
    path("agreements/<slug:purpose>/", views.choose, name="consent"),
]
