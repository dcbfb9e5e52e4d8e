"""Addresses of quizzes in Wagtail's admin."""

from django.urls import path

from quizzes import copying_views, exchange_views, figures_views, regrading_views

app_name = "quizzes_admin"
urlpatterns = [
    path("figures/", figures_views.figures_index, name="figures-index"),
    path("<int:page_id>/figures/", figures_views.show_figures, name="figures"),
    path("<int:page_id>/figures/file/", figures_views.save_figures, name="figures-file"),
    path("<int:page_id>/exchange/", exchange_views.exchange, name="exchange"),
    path("<int:page_id>/exchange/accept/", exchange_views.accept, name="accept"),
    path("<int:page_id>/exchange/export/", exchange_views.export, name="export"),
    path("<int:page_id>/copy/", copying_views.copy, name="copy"),
    path("<int:page_id>/regrade/", regrading_views.regrade_quiz, name="regrade"),
]
