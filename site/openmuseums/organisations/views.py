"""The page on which people say to which museums and networks they belong."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from openmuseums.organisations.belonging import OrganisationGoneError, join, leave
from openmuseums.organisations.forms import AddForm, ChooseForm
from openmuseums.organisations.models import Membership, Organisation
from openmuseums.organisations.naming import find_or_add
from openmuseums.organisations.searching import found
from openmuseums.people.models import User


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """Show where somebody belongs; find further organisations, choose one, or add it."""
    account = _account_of(request)
    words = (request.POST.get("q") or request.GET.get("q", ""))[:200]
    offered, are_more = found(words=words, language=get_language() or "en")
    sent = request.POST if request.method == "POST" else None
    act = request.POST.get("act", "")
    choose = ChooseForm(sent if act == "choose" else None, offered=offered)
    add = AddForm(sent if act == "add" else None, initial={"name": words})
    if choose.is_valid():
        return _join(request, account, choose.cleaned_data["organisation"], choose.cleaned_data["role"])
    if add.is_valid():
        data = add.cleaned_data
        now = timezone.now()
        there = find_or_add(name=data["name"], country=data["country"], kind=data["kind"], size=data["size"], now=now)
        return _join(request, account, there, data["role"])
    memberships = Membership.objects.filter(account=account).select_related("organisation").order_by("pk")
    context = {
        "memberships": memberships,
        "words": words,
        "searched": "q" in request.GET or "q" in request.POST,
        "offered": offered,
        "are_more": are_more,
        "choose": choose,
        "add": add,
        "form": choose if act == "choose" else add,
    }
    return render(request, "organisations/mine.html", context, status=422 if choose.errors or add.errors else 200)


@never_cache
@require_POST
def leave_one(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Have somebody leave an organisation; other people's memberships are answered as if there were none."""
    account = _account_of(request)
    membership = get_object_or_404(Membership.objects.select_related("organisation"), pk=membership_id, account=account)
    leave(account=account, organisation=membership.organisation)
    messages.success(request, _("You no longer belong to “%(name)s”.") % {"name": membership.organisation.name})
    return HttpResponseRedirect(reverse("organisations:mine"))


def _join(request: HttpRequest, account: User, organisation: Organisation, role: str) -> HttpResponse:
    try:
        join(account=account, organisation=organisation, role=role, now=timezone.now())
    except OrganisationGoneError:
        messages.error(request, _("That organisation was merged with another just now. Search for it again."))
    else:
        messages.success(request, _("You belong to “%(name)s”.") % {"name": organisation.name})
    return HttpResponseRedirect(reverse("organisations:mine"))


def _account_of(request: HttpRequest) -> User:
    """Return the account that is signed in. Raises Http404 without one: the table of access lets nobody else come."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user
