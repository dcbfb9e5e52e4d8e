"""Public addresses of translations."""

from django.urls import path

from openmuseums.translation.sharing.views import shared

app_name = "translation"
urlpatterns = [
    path("shared/<str:token>/", shared, name="shared"),
]
