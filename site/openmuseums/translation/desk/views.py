"""The pages of a desk in Wagtail's admin."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import Page
from wagtail.utils.decorators import xframe_options_sameorigin_override

from openmuseums.delivery.languages import own_name, source_language
from openmuseums.people.admin_pages import in_language, titled
from openmuseums.people.models import User
from openmuseums.translation.addresses import dashboard_link, desk_address
from openmuseums.translation.desk.choosing import (
    NotChosenError,
    choosables_of,
    choose,
    has_choosables,
    said_of,
)
from openmuseums.translation.desk.drafting import NoDraftError, keep_draft
from openmuseums.translation.desk.finding import NothingToTranslateError, Work, find_work, missing_parent
from openmuseums.translation.desk.forms import ALL, ChoiceForm, Sheet, sheet_of
from openmuseums.translation.desk.machine import NoAnswerError, machine_for, translate_missing
from openmuseums.translation.desk.previewing import preview_of
from openmuseums.translation.desk.reading import Reading, Segment, read_segments
from openmuseums.translation.desk.saving import Outcome, save_texts
from openmuseums.translation.remarks import last_comment
from openmuseums.translation.rights import may_publish, may_translate, translated_languages
from openmuseums.translation.working import leave_seat, seat_of, take_seat


@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest, language: str, page_key: UUID) -> HttpResponse:
    """Show the texts of a page beside their translations; keep what was written."""
    work = _work(request, language, page_key)
    if isinstance(work, HttpResponse):
        return work
    if request.method != "POST":
        return _shown(request, work, read_segments(work))
    sheet = sheet_of(request.POST)
    if sheet.seat:
        _change_seat(request, work, sheet.seat)
    typed = sheet.typed()
    outcome = Outcome()
    if typed:
        outcome = save_texts(
            page_key=page_key, language=language, typed=typed, person=_person(request), now=timezone.now()
        )
        work = find_work(page_key, language)
    reading = read_segments(work)
    _lay_over(reading, sheet, outcome)
    if request.headers.get("Accept", "").startswith("application/json"):
        return _told(request, work, reading, sheet.save, outcome)
    left_over = _left_over(reading, sheet)
    if outcome.is_whole and not left_over and not any(segment.typed is not None for segment in reading.segments):
        if typed:
            messages.success(request, _("Saved."))
        anchor = f"#{sheet.save}" if sheet.save and sheet.save != ALL else ""
        return HttpResponseRedirect(f"{request.get_full_path()}{anchor}")
    return _shown(request, work, reading, outcome, left_over=left_over)


@require_POST
def draft(request: HttpRequest, language: str, page_key: UUID) -> HttpResponse:
    """Keep the page as a draft."""
    work = _work(request, language, page_key)
    if isinstance(work, HttpResponse):
        return work
    try:
        keep_draft(page_key=page_key, language=language, person=_person(request))
    except NoDraftError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The draft is kept. Nothing of it is public yet."))
    return HttpResponseRedirect(_address(work))


@require_POST
def machine(request: HttpRequest, language: str, page_key: UUID) -> HttpResponse:
    """Have a machine translate what is missing."""
    work = _work(request, language, page_key)
    if isinstance(work, HttpResponse):
        return work
    if machine_for(work) is None:
        raise Http404
    try:
        made = translate_missing(work=work, person=_person(request), now=timezone.now())
    except NoAnswerError:
        messages.error(request, _("The machine gave no answer, so nothing has changed. Try again later."))
    else:
        if made.seat is not None:
            messages.error(request, said_of(made.seat))
        else:
            told = ngettext(
                "A machine translated %(count)d text. Look at it, and save it when it is right.",
                "A machine translated %(count)d texts. Look at each, and save it when it is right.",
                made.kept,
            )
            messages.success(request, told % {"count": made.kept})
        if made.refused:
            told = ngettext(
                "%(count)d answer of the machine had lost a link or a tag, so it was not kept.",
                "%(count)d answers of the machine had lost a link or a tag, so they were not kept.",
                made.refused,
            )
            messages.warning(request, told % {"count": made.refused})
    return HttpResponseRedirect(_address(work))


@require_http_methods(["GET", "HEAD", "POST"])
def pictures(request: HttpRequest, language: str, page_key: UUID) -> HttpResponse:
    """Show the pictures and documents of a page; have another one stand in the language."""
    work = _work(request, language, page_key)
    if isinstance(work, HttpResponse):
        return work
    found = choosables_of(work)
    bound = request.POST.get("name", "") if request.method == "POST" else ""
    rows = []
    for one in found:
        data = request.POST if one.name == bound else None
        initial = {"chosen": one.chosen.pk if one.chosen else None}
        form = ChoiceForm(data, kind=one.spot.chooses, label=one.spot.label, initial=initial, prefix=one.name)
        rows.append((one, form))
        if data is not None and form.is_valid():
            try:
                choose(
                    page_key=page_key,
                    language=language,
                    name=one.name,
                    seen=request.POST.get("version", ""),
                    chosen=form.cleaned_data["chosen"],
                    person=_person(request),
                    now=timezone.now(),
                )
            except NotChosenError as error:
                messages.error(request, str(error))
            else:
                messages.success(request, _("Saved."))
            return HttpResponseRedirect(request.path)
    context = {
        **_context(work),
        "rows": rows,
        "media": sum((form.media for _one, form in rows[1:]), rows[0][1].media) if rows else "",
        **titled(_("Pictures and documents"), icon="image", below=(_title_of(work), _address(work))),
    }
    return render(request, "translation/desk/pictures.html", context)


@require_safe
@xframe_options_sameorigin_override
def preview(request: HttpRequest, language: str, page_key: UUID) -> HttpResponse:
    """Show the page as it would be with all that is translated by now."""
    work = _work(request, language, page_key)
    if isinstance(work, HttpResponse):
        return work
    return preview_of(request, work)


def _work(request: HttpRequest, language: str, page_key: UUID) -> Work | HttpResponse:
    """Return what is worked on, or a page that says why it cannot be.

    Raises Http404 for what is no language of translations, PermissionDenied for who may not translate into it.
    """
    if language not in translated_languages() or not Page.objects.filter(translation_key=page_key).exists():
        raise Http404
    if not may_translate(request.user, language):
        raise PermissionDenied
    try:
        return find_work(page_key, language)
    except NothingToTranslateError as error:
        target = error.target
        title = in_language(target.get_admin_display_title(), language) if target else _("Translation")
        context = {"message": str(error), "target": target, **titled(title, icon="wagtail-localize-language")}
        return render(request, "translation/desk/nothing.html", context, status=409)


def _change_seat(request: HttpRequest, work: Work, wish: str) -> None:
    key, person = work.page_key, _person(request)
    if wish == "leave":
        leave_seat(page_key=key, locale=work.locale, person=person)
    elif wish == "over":
        take_seat(page_key=key, locale=work.locale, person=person, now=timezone.now(), over=True)


def _lay_over(reading: Reading, sheet: Sheet, outcome: Outcome) -> None:
    """Put into the fields again what was written and is not kept."""
    changed = set(sheet.changed())
    for segment in reading.segments:
        name = segment.name
        if name in outcome.saved or name not in sheet.texts or name == sheet.drop:
            continue
        if name not in changed and name not in outcome.faults and name not in outcome.conflicts:
            continue
        segment.typed = sheet.texts[name]
        segment.faults = outcome.faults.get(name, [])
        if sheet.versions.get(name, "") != segment.version:
            segment.theirs = segment.text


def _left_over(reading: Reading, sheet: Sheet) -> list[str]:
    """Return what was written for texts that are gone from the source."""
    names = {segment.name for segment in reading.segments}
    return [sheet.texts[name] for name in sheet.changed() if name not in names]


def _shown(
    request: HttpRequest,
    work: Work,
    reading: Reading,
    outcome: Outcome | None = None,
    *,
    left_over: list[str] | None = None,
) -> HttpResponse:
    only_to_do = request.GET.get("show") == "to-do"
    seat = seat_of(page_key=work.page_key, locale=work.locale, now=timezone.now())
    translator = machine_for(work)
    context = {
        **_context(work),
        "returned": last_comment(work.page_key, work.locale.language_code),
        "reading": reading,
        "groups": reading.groups(only_to_do=only_to_do),
        "only_to_do": only_to_do,
        "outcome": outcome,
        "left_over": left_over,
        "seat": seat,
        "is_ones_own": seat is not None and seat.person_id == request.user.pk,
        "missing_parent": missing_parent(work),
        "machine": translator.display_name if translator and reading.missing else "",
        "has_pictures": has_choosables(work),
        "may_publish": may_publish(request.user, work.language),
        **titled(_title_of(work), icon="wagtail-localize-language", below=dashboard_link()),
    }
    return render(request, "translation/desk/desk.html", context, status=_status(outcome) if outcome else 200)


def _told(request: HttpRequest, work: Work, reading: Reading, name: str, outcome: Outcome) -> JsonResponse:
    """Answer a script: with the texts that it asked about as they stand now, as HTML."""
    asked = [one for one in reading.segments if (name == ALL and one.name in _names(outcome)) or one.name == name]
    html = {one.name: _html(request, work, one) for one in asked}
    answer = {
        "segments": html,
        "progress": render_to_string("translation/desk/progress.html", {"reading": reading}, request),
        "message": _message(outcome),
        "saved": outcome.is_whole,
    }
    return JsonResponse(answer, status=_status(outcome))


def _names(outcome: Outcome) -> set[str]:
    """Return the names of the texts that something became of."""
    return outcome.saved | set(outcome.faults) | set(outcome.conflicts)


def _html(request: HttpRequest, work: Work, segment: Segment) -> str:
    return render_to_string("translation/desk/segment.html", {**_context(work), "segment": segment}, request)


def _message(outcome: Outcome) -> str:
    if outcome.seat is not None:
        return said_of(outcome.seat)
    if outcome.gone:
        return _(
            "The source has changed meanwhile. Your text is still in its field: copy it, then load the page again."
        )
    if outcome.conflicts:
        return _("Somebody else has written here meanwhile. Nothing was overwritten: choose which text is to stay.")
    if outcome.faults:
        return _("Not saved yet: something has to be mended.")
    return _("Saved.")


def _status(outcome: Outcome) -> int:
    if outcome.conflicts or outcome.seat or outcome.gone:
        return 409
    return 422 if outcome.faults else 200


def _context(work: Work) -> dict[str, Any]:
    return {
        "work": work,
        "page_key": work.page_key,
        "language": work.language,
        "language_name": _named(work.language),
        "source_language": source_language(),
        "source_name": _named(source_language()),
        "desk_address": _address(work),
    }


def _title_of(work: Work) -> str:
    return in_language(work.page.title, source_language())


def _address(work: Work) -> str:
    return desk_address(work.language, work.page_key)


def _person(request: HttpRequest) -> User:
    return cast("User", request.user)


def _named(language: str) -> SafeString:
    """Return what a language calls itself, marked as being in it."""
    return format_html('<span lang="{}">{}</span>', language, own_name(language))
