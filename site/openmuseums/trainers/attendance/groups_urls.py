"""Where those who take part type the code that is shown in the room."""

from django.urls import path

from openmuseums.trainers.attendance import views

urlpatterns = [path("attend/", views.attend_here, name="attend")]
