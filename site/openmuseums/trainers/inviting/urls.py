"""Addresses of inviting."""

from django.urls import path

from openmuseums.trainers.inviting import views

urlpatterns = [
    path("<slug:key>/invitations/", views.invitations, name="invitations"),
    path("<slug:key>/invitations/file/", views.send_file, name="invitations-file"),
    path("<slug:key>/invitations/file/<slug:token>/", views.accept_file, name="invitations-accept"),
    path("<slug:key>/invitations/<int:invitation_id>/withdraw/", views.withdraw_one, name="invitations-withdraw"),
    path("<slug:key>/invitations/<int:invitation_id>/renew/", views.renew_one, name="invitations-renew"),
]
