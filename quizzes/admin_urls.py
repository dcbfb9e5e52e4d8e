"""Addresses of quizzes in Wagtail's admin."""

from django.urls import path

from quizzes.copying.views import copy
from quizzes.exchanging.views import accept, exchange, export
from quizzes.figures.views import figures_index, save_figures, show_figures
from quizzes.regrading.views import regrade_quiz

app_name = "quizzes_admin"
urlpatterns = [
    path("figures/", figures_index, name="figures-index"),
    path("<int:page_id>/figures/", show_figures, name="figures"),
    path("<int:page_id>/figures/file/", save_figures, name="figures-file"),
    path("<int:page_id>/exchange/", exchange, name="exchange"),
    path("<int:page_id>/exchange/accept/", accept, name="accept"),
    path("<int:page_id>/exchange/export/", export, name="export"),
    path("<int:page_id>/copy/", copy, name="copy"),
    path("<int:page_id>/regrade/", regrade_quiz, name="regrade"),
]
