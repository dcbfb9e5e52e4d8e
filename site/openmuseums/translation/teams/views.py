"""Administrators' pages about the teams of the languages: who is in them, and setting one up."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import Group
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.auth import permission_required

from openmuseums.delivery.languages import own_name
from openmuseums.people.admin_pages import titled
from openmuseums.people.models import User
from openmuseums.translation.models import Team
from openmuseums.translation.rights import translated_languages
from openmuseums.translation.teams.forms import TeamForm
from openmuseums.translation.teams.setting_up import TeamError, set_up_team

PERMISSION = "translation.add_team"


@dataclass(frozen=True)
class Members:
    """A group of a team, what it is for, and who is in it."""

    title: str
    may: str
    group: Group
    people: list[User]


@dataclass(frozen=True)
class Entry:
    """A language and its team; None where it has none yet."""

    language: str
    name: str
    team: Team | None
    groups: list[Members]


@require_safe
@permission_required(PERMISSION)
def teams(request: HttpRequest) -> HttpResponse:
    """List the languages with their teams."""
    people = Prefetch("user_set", queryset=User.objects.filter(is_active=True).order_by("name", "username", "email"))
    there = {
        team.locale.language_code: team
        for team in Team.objects.select_related("locale").prefetch_related(
            Prefetch("translators", Group.objects.prefetch_related(people)),
            Prefetch("reviewers", Group.objects.prefetch_related(people)),
        )
    }
    entries = [
        Entry(language, own_name(language), there.get(language), _groups(there.get(language)))
        for language in translated_languages()
    ]
    context = {
        "entries": entries,
        "may_see_accounts": request.user.has_perm("people.change_user"),
        **titled(_("Teams of the languages"), icon="group"),
    }
    return render(request, "translation/teams/list.html", context)


def _groups(team: Team | None) -> list[Members]:
    if team is None:
        return []
    told = [
        (_("Translators"), _("They translate, and submit what they have translated."), team.translators),
        (_("Reviewers"), _("They translate too, review what is submitted, and publish it."), team.reviewers),
    ]
    return [Members(title, may, group, list(group.user_set.all())) for title, may, group in told]


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(PERMISSION)
def set_up(request: HttpRequest) -> HttpResponse:
    """Ask who the partner is, and set up the team or mend what is missing of it."""
    if request.method == "POST":
        form = TeamForm(request.POST)
        if form.is_valid() and _is_set_up(request, form):
            return redirect("translation_admin:teams")
    else:
        form = TeamForm(initial=_initial(request.GET.get("language", "")))
    context = {
        "form": form,
        **titled(
            _("Set up a team"), icon="group", below=(_("Teams of the languages"), reverse("translation_admin:teams"))
        ),
    }
    return render(request, "translation/teams/set_up.html", context, status=422 if form.errors else 200)


def _initial(language: str) -> dict[str, Any]:
    team = Team.objects.filter(locale__language_code=language).first()
    return {"language": language, "name": team.name if team else "", "country": team.country if team else ""}


def _is_set_up(request: HttpRequest, form: TeamForm) -> bool:
    """Set up the team and tell what was done; False where it could not be, which the form says."""
    done: list[str] = []
    user = request.user if isinstance(request.user, User) else None
    try:
        team = set_up_team(**form.cleaned_data, now=timezone.now(), user=user, tell=done.append)
    except TeamError as error:
        form.add_error(None, str(error))
        return False
    told = " ".join(done or [_("Everything was there already. Nothing was changed.")])
    messages.success(request, _("The team of %(name)s is ready. %(done)s") % {"name": team.name, "done": told})
    return True
