"""Tells who is about to move, unpublish or delete a page of the source what becomes of its translations."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import Locale, Page


class Act(StrEnum):
    """What is about to be done with a page."""

    MOVE = "move"
    UNPUBLISH = "unpublish"
    DELETE = "delete"


_SENTENCES = {
    Act.MOVE: _("The translations are moved with it, to the same place in their languages:"),
    Act.UNPUBLISH: _("The translations are taken from the public with it:"),
    Act.DELETE: _(
        "The translations are deleted with it. What translators wrote is kept, and comes back with the page:"
    ),
}


def sentence_of(act: Act) -> Any:
    """Return what is said above the list."""
    return _SENTENCES[act]


def languages_following(pages: Iterable[Page], act: Act) -> list[str]:
    """Return, by language, how many translations follow and how many of them are public; empty where none does."""
    sources = [page for page in pages if page.locale_id == Locale.get_default().pk and page.alias_of_id is None]
    if not sources:
        return []
    keys = {page.translation_key for page in sources}
    if act is not Act.UNPUBLISH:
        for page in sources:
            keys |= set(Page.objects.descendant_of(page).values_list("translation_key", flat=True))
    rows = Page.objects.filter(translation_key__in=keys, alias_of=None).exclude(locale=sources[0].locale_id)
    if act is Act.UNPUBLISH:
        rows = rows.filter(live=True)
    counted = {
        locale: (count, public)
        for locale, count, public in rows.order_by()
        .values_list("locale")
        .annotate(count=Count("pk"), public=Count("pk", filter=Q(live=True)))
    }
    return [
        _in_words(str(locale), *counted[locale.pk])
        for locale in Locale.objects.filter(pk__in=counted).order_by("language_code")
    ]


def _in_words(language: str, count: int, public: int) -> str:
    pages = ngettext("%(language)s: %(count)d page", "%(language)s: %(count)d pages", count)
    shown = ngettext("%(count)d public", "%(count)d public", public)
    return f"{pages % {'language': language, 'count': count}}, {shown % {'count': public}}"


def warn_before_deletion(request: HttpRequest, page: Page) -> None:
    """Tell it at the top of the page that asks whether a page is to be deleted."""
    _warn(request, page, Act.DELETE)


def warn_before_move(request: HttpRequest, page: Page, destination: Page) -> None:
    """Tell it at the top of the page that asks whether a page is to be moved."""
    _warn(request, page, Act.MOVE)


def _warn(request: HttpRequest, page: Page, act: Act) -> None:
    languages = languages_following([page], act) if request.method == "GET" else []
    if not languages:
        return
    items = format_html_join("", "<li>{}</li>", ((language,) for language in languages))
    messages.warning(request, format_html("{}<ul>{}</ul>", sentence_of(act), items))
