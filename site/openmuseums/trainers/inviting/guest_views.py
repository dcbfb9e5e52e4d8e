"""The page that the link in an invitation leads to."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from openmuseums.people.models import User
from openmuseums.trainers.inviting.acts import InvitationGoneError, follow_invitation, invitation_to_follow
from openmuseums.trainers.joining.forms import SharingForm
from openmuseums.trainers.models import Cohort, Participation


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show who invites to what; who is signed in says what they share, and joins."""
    found = invitation_to_follow(token)
    if found is None:
        return _gone(request)
    account = request.user if isinstance(request.user, User) else None
    if account is None and request.method == "POST":
        return redirect_to_login(request.path)
    takes_part = _place_of(found.cohort, account)
    if takes_part and request.method == "POST":
        return HttpResponseRedirect(reverse("groups:group", args=[takes_part.pk]))
    form = SharingForm(request.POST if request.method == "POST" else None, account=account) if account else None
    if account and form and form.is_valid():
        try:
            row = follow_invitation(token=token, account=account, shared=form.shared, now=timezone.now())
        except InvitationGoneError:
            return _gone(request)
        form.keep_agreements(now=timezone.now())
        messages.success(request, _("You take part in “%(name)s”.") % {"name": found.cohort.name})
        return HttpResponseRedirect(reverse("groups:group", args=[row.pk]))
    context = {
        "invitation": found,
        "cohort": found.cohort,
        "form": form,
        "takes_part": takes_part,
        "trainers": found.cohort.staff.select_related("account").order_by("since", "pk"),
    }
    return render(request, "trainers/inviting/invitation.html", context, status=422 if form and form.errors else 200)


def _place_of(cohort: Cohort, account: User | None) -> Participation | None:
    if account is None:
        return None
    return Participation.objects.filter(cohort=cohort, account=account, status=Participation.Status.JOINED).first()


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "trainers/inviting/gone.html", status=404)
