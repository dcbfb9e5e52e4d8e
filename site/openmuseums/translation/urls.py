"""Public addresses of translations."""

from django.urls import path

from openmuseums.translation.coverage.views import coverage
from openmuseums.translation.sharing.views import shared

app_name = "translation"
urlpatterns = [
    path("translations/", coverage, name="coverage"),
    path("shared/<str:token>/", shared, name="shared"),
]
