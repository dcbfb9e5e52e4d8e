"""The public calendar: by month, by year, a page for each session, and its file; and calendars at secret addresses."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.http import parse_etags
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openmuseums.delivery.languages import own_name, public_languages, reader_language
from openmuseums.delivery.pages import as_kept, as_public
from openmuseums.delivery.passing_on import passed_on
from openmuseums.delivery.states import State, state_of
from openmuseums.delivery.versions import OUTLINE, version_of
from openmuseums.organisations.countries import countries_in
from openmuseums.trainers.calendars.answering import PUBLIC, SECRET, calendar_file
from openmuseums.trainers.calendars.choosing import Choice, choice_in, chosen, in_year, public_sessions, since
from openmuseums.trainers.calendars.feeding import sessions_in
from openmuseums.trainers.models import Feed, Session
from openmuseums.trainers.sessions.moments import shown

FIRST_YEAR, LAST_YEAR = 2000, 2100
# As much as is shown of a page where its address is passed on.
LONGEST = 200


class Month(NamedTuple):
    """A month, by its first day, and what is on in it."""

    day: dt.date
    sessions: list[Session]


class Option(NamedTuple):
    """Something that can be asked for. language: that of its name, where it is not the reader's."""

    value: str
    name: str
    is_chosen: bool
    language: str = ""


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Show what is on from now on."""
    choice = choice_in(request.GET)
    return _months_page(request, choice, since(chosen(public_sessions(), choice), timezone.now()), year=None)


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Show what is on in a year, past or to come."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    choice = choice_in(request.GET)
    return _months_page(request, choice, in_year(chosen(public_sessions(), choice), year), year=year)


@require_safe
def session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Show a public session."""
    found = get_object_or_404(public_sessions(), pk=session_id)
    is_past = found.ends_at <= timezone.now()
    context = {"session": found, "is_past": is_past, "year": shown(found.starts_at, found.time_zone).year}
    context |= passed_on(request, title=found.title, description=_in_short(found))
    parts = [*_rows([found]), str(is_past)]
    return _public(request, parts, lambda: render(request, "trainers/calendars/session.html", context))


@require_safe
def calendar_program(request: HttpRequest) -> HttpResponse:
    """Hand out the public calendar, or what is asked for of it: from the beginning of last year on."""
    from_day = dt.datetime(timezone.now().year - 1, 1, 1, tzinfo=dt.UTC)
    rows = chosen(public_sessions(), choice_in(request.GET)).filter(ends_at__gte=from_day)
    name = _("Open Museums: sessions")
    return calendar_file(request, rows, name=name, filename="open-museums.ics", cache=PUBLIC)


@require_safe
def session_file(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Hand out a public session for one's own calendar."""
    found = get_object_or_404(public_sessions(), pk=session_id)
    return calendar_file(request, [found], name=found.title, filename="session.ics", cache=PUBLIC)


@require_safe
def secret_file(request: HttpRequest, token: str) -> HttpResponse:
    """Hand out the calendar of somebody or of a cohort to who knows its address."""
    feed = get_object_or_404(Feed.objects.select_related("account", "cohort"), token=token)
    if feed.account is not None and not feed.account.is_active:
        raise Http404
    name = feed.cohort.name if feed.cohort else _("Open Museums: my groups")
    return calendar_file(request, sessions_in(feed), name=name, filename="sessions.ics", cache=SECRET)


def _in_short(session: Session) -> str:
    """Return when a session is, who offers it, and how what it is about begins."""
    when = strip_tags(render_to_string("trainers/sessions/when.html", {"session": session}))
    organisation = session.organisation
    parts = [when, f"{organisation.name}, {organisation.get_country_display()}", session.about]
    return Truncator(". ".join(" ".join(part.split()) for part in parts if part)).chars(LONGEST)


def _months_page(request: HttpRequest, choice: Choice, rows: list[Session], *, year: int | None) -> HttpResponse:
    filters, years = _offered(choice)
    query = f"?{choice.query}" if choice else ""
    context = {
        "year": year,
        "months": _by_month(rows),
        "is_filtered": bool(choice),
        "filters": filters,
        "years": years,
        "query": query,
        "program": request.build_absolute_uri(reverse("calendars:file") + query),
    }
    parts = [repr(filters), repr(years), *_rows(rows)]
    return _public(request, parts, lambda: render(request, "trainers/calendars/calendar.html", context))


def _offered(choice: Choice) -> tuple[list[tuple[str, str, str, list[Option]]], list[int]]:
    """Return what can be asked for of what there is, and the years that have sessions.

    Each field has its name, what it is called, what it says where nothing is asked for, and its options.
    """
    found = list(
        public_sessions().values_list(
            "language", "organisation__country", "organisation", "organisation__name", "starts_at", "time_zone"
        )
    )
    languages, countries = {row[0] for row in found}, {row[1] for row in found}
    organisations = {row[2]: row[3] for row in found}
    fields = [
        (
            "language",
            _("Language"),
            _("All languages"),
            [Option(code, own_name(code), code == choice.language, code) for code in sorted(languages)],
        ),
        (
            "audience",
            _("For whom"),
            _("Whoever it is for"),
            [
                Option(value, str(label), value == choice.audience)
                for value, label in Session.Audience.choices
                if value != Session.Audience.EVERYBODY
            ],
        ),
        (
            "country",
            _("Country"),
            _("All countries"),
            [
                Option(code, str(name), code == choice.country)
                for code, name in countries_in(reader_language())
                if code in countries
            ],
        ),
        (
            "organisation",
            _("Museum or network"),
            _("All museums and networks"),
            [
                Option(str(number), name, number == choice.organisation)
                for number, name in sorted(organisations.items(), key=lambda pair: (pair[1].casefold(), pair[0]))
            ],
        ),
        (
            "kind",
            _("Where"),
            _("On site and online"),
            [Option(value, str(label), value == choice.kind) for value, label in Session.Kind.choices],
        ),
    ]
    return fields, sorted({shown(at, zone).year for *_rest, at, zone in found})


def _by_month(rows: Iterable[Session]) -> list[Month]:
    def month_of(row: Session) -> dt.date:
        return shown(row.starts_at, row.time_zone).date().replace(day=1)

    # Two that start at once may lie in two months, by the clocks of two places.
    return [Month(day, list(found)) for day, found in groupby(sorted(rows, key=month_of), key=month_of)]


def _rows(rows: Iterable[Session]) -> list[str]:
    """Return what changes when a row does that a page shows."""
    return [f"{row.pk} {row.version} {row.organisation.name} {row.organisation.country}" for row in rows]


def _public(request: HttpRequest, parts: Iterable[str], page: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer with a page that is the same for everybody, or with 304 to who has it; in public languages alone."""
    if reader_language() not in public_languages():
        raise Http404
    if state_of(request) == State.KEPT:
        return as_kept(page())
    known: list[Any] = [settings.RELEASE, version_of(OUTLINE), request.get_full_path(), *parts]
    etag = f'W/"{hashlib.sha256("|".join(known).encode()).hexdigest()[:32]}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return as_public(HttpResponseNotModified(), etag=etag)
    return as_public(page(), etag=etag)
