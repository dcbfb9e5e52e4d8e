"""Addresses of what people do about letters."""

from django.urls import path

from openmuseums.mail import views

app_name = "mail"
urlpatterns = [path("letters/stop/<str:token>/", views.stop, name="stop")]
