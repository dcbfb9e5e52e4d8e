"""Addresses of quizzes that are not pages."""

from django.urls import path

from quizzes import views

app_name = "quizzes"
urlpatterns = [
    path("start/<uuid:quiz_key>/", views.start, name="start"),
    path("<uuid:attempt_id>/", views.attempt, name="attempt"),
    path("<uuid:attempt_id>/review/", views.review, name="review"),
    path("<uuid:attempt_id>/result/", views.result, name="result"),
]
