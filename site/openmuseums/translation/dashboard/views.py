"""The dashboard of the partners, what changed in a source, and acts on many pages at once."""

from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openmuseums.delivery.languages import own_name, source_language
from openmuseums.people.admin_pages import in_language, titled
from openmuseums.people.models import User
from openmuseums.privacy.consents import give, has_consent, withdraw
from openmuseums.segments.states import state_of
from openmuseums.translation.addresses import dashboard_link
from openmuseums.translation.dashboard.changes import changes_since
from openmuseums.translation.dashboard.exporting import as_csv
from openmuseums.translation.dashboard.forms import ALL, FilterForm
from openmuseums.translation.dashboard.publishing import publish_ready
from openmuseums.translation.dashboard.rows import Row, by_page, chapters_of, next_step, rows_of, totals_of
from openmuseums.translation.digests.writing import PURPOSE, PURPOSE_TEXT, is_in_team, languages_of_teams
from openmuseums.translation.rights import Rights, may_look, rights_by_language

ICON = "globe"


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show how each page stands in each language, and what is to do next."""
    rights = _rights(request)
    teams = languages_of_teams(cast("User", request.user))
    form, shown, everything = _asked(request, rights, teams)
    language = "" if form.chosen_language == ALL else form.chosen_language
    mine = rights.get(language, Rights())
    person = cast("User", request.user)
    context = {
        "form": form,
        "language": language,
        "language_name": own_name(language) if language else "",
        "source_language": source_language(),
        "rights": mine,
        "rows": shown,
        "pages": [] if language else by_page(shown),
        "languages": [(code, own_name(code)) for code in rights],
        "totals": totals_of(shown),
        "next": next_step(everything),
        "ready": [row for row in shown if row.is_ready] if mine.may_publish else [],
        "query": urlencode(form.query()),
        "asks_for_letters": bool(teams),
        "gets_letters": bool(teams) and has_consent(person, PURPOSE),
        "letters_text": PURPOSE_TEXT,
        **titled(_("Translations"), icon=ICON, of=in_language(own_name(language), language) if language else ""),
    }
    return render(request, "translation/dashboard/dashboard.html", context)


@require_safe
def dashboard_file(request: HttpRequest) -> HttpResponse:
    """Return the list that was asked for as a file."""
    teams = languages_of_teams(cast("User", request.user))
    form, shown, _everything = _asked(request, _rights(request), teams)
    response = HttpResponse(as_csv(shown), content_type="text/csv; charset=utf-8")
    name = f"translations-{form.chosen_language}-{timezone.localdate():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def changes(request: HttpRequest, language: str, page_key: UUID) -> HttpResponse:
    """Show what a source says otherwise than when a translation of it was made."""
    rights = _rights(request)
    state = state_of(page_key, language) if language in rights else None
    if state is None:
        raise Http404
    context = {
        "state": state,
        "language": language,
        "language_name": own_name(language),
        "source_language": source_language(),
        "changes": changes_since(state) if state.is_behind else [],
        "rights": rights[language],
        **titled(
            _("What changed"),
            icon="history",
            below=dashboard_link(language),
            of=in_language(state.title, source_language()),
        ),
    }
    return render(request, "translation/dashboard/changes.html", context)


@require_POST
def publish_all(request: HttpRequest, language: str) -> HttpResponse:
    """Publish the pages that the list offered, where they are still ready; tell what became of each."""
    if not rights_by_language(request.user).get(language, Rights()).may_publish:
        raise PermissionDenied
    keys = [key for key in map(_key, request.POST.getlist("page")) if key]
    outcome = publish_ready(keys=keys, language=language, person=cast("User", request.user))
    above = dashboard_link(language)
    if not outcome.refused:
        count = len(outcome.published)
        said = ngettext("%(count)d page is published: %(titles)s.", "%(count)d pages are published: %(titles)s.", count)
        titles = ", ".join(_("“%(title)s”") % {"title": title} for title in outcome.published)
        if count:
            messages.success(request, said % {"count": count, "titles": titles})
        else:
            messages.info(request, _("Nothing was ready any longer."))
        return _to(above[1])
    context = {
        "outcome": outcome,
        "language": language,
        "source_language": source_language(),
        "address": above[1],
        **titled(_("What was published"), icon=ICON, below=above, of=in_language(own_name(language), language)),
    }
    return render(request, "translation/dashboard/published.html", context, status=422)


@require_POST
def letters(request: HttpRequest) -> HttpResponse:
    """Keep whether somebody agrees to letters about what there is to do."""
    person = cast("User", request.user)
    if request.POST.get("agree"):
        if not is_in_team(person):
            raise PermissionDenied
        language = get_language() or settings.LANGUAGE_CODE
        give(user=person, key=PURPOSE, language=language, now=timezone.now())
        messages.success(request, _("You get a letter when there is something new for your team."))
    else:
        withdraw(user=person, key=PURPOSE, now=timezone.now())
        messages.success(request, _("You get no such letters any longer."))
    return _to(reverse("translation_admin:dashboard"))


def _rights(request: HttpRequest) -> dict[str, Rights]:
    if not may_look(request.user):
        raise PermissionDenied
    return rights_by_language(request.user)


def _asked(
    request: HttpRequest, rights: dict[str, Rights], teams: list[str]
) -> tuple[FilterForm, list[Row], list[Row]]:
    """Return the form, the rows that were asked for, and all rows of their languages.

    Who is in a team sees its language first, others see all.
    """
    default = next((language for language in rights if language in teams), ALL)
    form = FilterForm(request.GET, languages=rights, default=default)
    languages = list(rights) if form.chosen_language == ALL else [form.chosen_language]
    everything = rows_of(rights, languages, person=request.user, now=timezone.now())
    form.offer_lessons(chapters_of(everything))
    return form, form.chosen(everything), everything


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _to(address: str) -> HttpResponse:
    response: Any = HttpResponseRedirect(address)
    response.status_code = 303
    return cast("HttpResponse", response)
