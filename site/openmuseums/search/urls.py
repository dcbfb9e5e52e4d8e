"""Addresses of search."""

from django.urls import path

from openmuseums.search import views

app_name = "search"
urlpatterns = [path("search/", views.search, name="search")]
