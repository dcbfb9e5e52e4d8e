"""Addresses of signing in and out."""

from django.urls import path

from openmuseums.people import views

app_name = "people"
urlpatterns = [
    path("sign-in/", views.begin, name="begin"),
    path("sign-out/", views.sign_out, name="sign-out"),
]
