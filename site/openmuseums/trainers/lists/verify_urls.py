"""The address at which anybody verifies a list."""

from django.urls import path

from openmuseums.trainers.lists import verifying

app_name = "verify"
urlpatterns = [path("verify/", verifying.verify_list, name="list")]
