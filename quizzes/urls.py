"""Addresses of quizzes that are not pages."""

from django.urls import path

from quizzes import result_views, views

app_name = "quizzes"
urlpatterns = [
    path("start/<uuid:quiz_key>/", views.start, name="start"),
    path("time/<uuid:quiz_key>/", views.time, name="time"),
    path("<uuid:attempt_id>/", views.attempt, name="attempt"),
    path("<uuid:attempt_id>/review/", views.review, name="review"),
    path("<uuid:attempt_id>/result/", result_views.result, name="result"),
]
