"""Addresses of quizzes that are not pages."""

from django.urls import path

from quizzes.attempts.views.answering import attempt
from quizzes.attempts.views.beginning import start, time
from quizzes.attempts.views.results import result
from quizzes.attempts.views.reviewing import review

app_name = "quizzes"
urlpatterns = [
    path("start/<uuid:quiz_key>/", start, name="start"),
    path("time/<uuid:quiz_key>/", time, name="time"),
    path("<uuid:attempt_id>/", attempt, name="attempt"),
    path("<uuid:attempt_id>/review/", review, name="review"),
    path("<uuid:attempt_id>/result/", result, name="result"),
]
