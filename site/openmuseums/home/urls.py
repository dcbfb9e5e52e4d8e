"""Addresses of pages that bring several apps together."""

from django.urls import path

from openmuseums.home import views

app_name = "home"
urlpatterns = [path("my-learning/", views.my_learning, name="my-learning")]
