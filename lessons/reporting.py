"""The pages of the course that readers report something about, with their blocks by the words they begin with."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from lessons.models import CasePage, FacilitatorNotesPage, LessonPage, UnitPage
from lessons.outline import block_anchor, check_anchor
from lessons.searching import texts_of
from openmuseums.reports.places import Place, ReportedPage, Wanted
from quizzes.blocks.registry import CHECK_BLOCKS

_LONGEST_WORDS = 60


# What a language may lack, and then shows as the source has it; by class, in the order in which they are asked for.
_Translated = UnitPage | LessonPage | FacilitatorNotesPage
_TRANSLATED: tuple[type[_Translated], ...] = (UnitPage, LessonPage, FacilitatorNotesPage)


def reported_pages(wanted: Collection[Wanted]) -> Mapping[Wanted, ReportedPage]:
    """Return units, lessons and notes as readers are shown them: in their language if it has them, else the source's.

    A case is shown to everybody as it is. A kind of page is asked for in one query, where one is still missing.
    """
    found: dict[Wanted, ReportedPage] = {}
    for model in _TRANSLATED:
        found |= _translated(model, [one for one in wanted if one not in found])
    others = {page_key for page_key, language in wanted if (page_key, language) not in found}
    cases = (
        CasePage.objects.filter(translation_key__in=others, alias_of=None).select_related("locale") if others else ()
    )
    by_case = {case.translation_key: case for case in cases}
    for page_key, language in wanted:
        if page_key in by_case:
            found[page_key, language] = _reported(by_case[page_key], by_case[page_key].locale.language_code)
    return found


def _translated(model: type[_Translated], wanted: Collection[Wanted]) -> dict[Wanted, ReportedPage]:
    if not wanted:
        return {}
    source = settings.LANGUAGE_CODE
    rows = model.objects.filter(
        translation_key__in={page_key for page_key, _language in wanted},
        locale__language_code__in={source, *(language for _key, language in wanted)},
        alias_of=None,
    )
    by_key = {(row.translation_key, row.locale.language_code): row for row in rows.select_related("locale")}
    found = {}
    for page_key, language in wanted:
        own = by_key.get((page_key, language))
        row = own if own is not None and (own.live or language == source) else by_key.get((page_key, source), own)
        if row is not None:
            found[page_key, language] = _reported(row, language)
    return found


def _reported(page: _Translated | CasePage, language: str) -> ReportedPage:
    path = page.url_path.lstrip("/").partition("/")[2]
    with translation.override(language):
        url = reverse("wagtail_serve", args=[path])
    with translation.override(page.locale.language_code):
        places = tuple(_places(_stream_of(page)))
    return ReportedPage(
        page_id=page.pk,
        title=page.title,
        language=page.locale.language_code,
        url=url,
        # Of a lesson it is the final task that is reported on.
        is_live=page.live and (bool(places) or not isinstance(page, LessonPage)),
        places=places,
        is_step=isinstance(page, UnitPage),
    )


def _stream_of(page: _Translated | CasePage) -> Any:
    if isinstance(page, FacilitatorNotesPage):
        return page.plan
    return page.final_task if isinstance(page, LessonPage) else page.body


def _places(body: Any) -> Iterator[Place]:
    for number, child in enumerate(body, start=1):
        if not child.id:
            continue
        anchor = (check_anchor if child.block_type in CHECK_BLOCKS else block_anchor)(child.id)
        words = " ".join(next(texts_of(child.block, child.value), "").split())
        parts = {"number": number, "kind": child.block.label, "words": Truncator(words).chars(_LONGEST_WORDS)}
        name = _("%(number)d. %(kind)s: %(words)s") if words else _("%(number)d. %(kind)s")
        yield Place(child.id, anchor, name % parts)
