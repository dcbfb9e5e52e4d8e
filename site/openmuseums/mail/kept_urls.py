"""Addresses of the letters that the demo keeps."""

from django.urls import path

from openmuseums.mail import views

app_name = "kept-letters"
urlpatterns = [
    path("", views.kept_letters, name="list"),
    path("<uuid:letter_id>/", views.kept_letter, name="letter"),
    path("<uuid:letter_id>/html/", views.kept_html, name="html"),
]
