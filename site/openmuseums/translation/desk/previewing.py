"""Shows a page as it would be with all that is translated by now; what is not stands in the source's words, marked so.

Nothing is written: a page that is not there in the language yet is a copy of its source in memory.
"""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from wagtail.models import Page
from wagtail_localize.fields import copy_synchronised_fields
from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.ingest import ingest_segments
from wagtail_localize.strings import StringValue

from openmuseums.delivery.languages import source_language
from openmuseums.segments.storing import Name, translated_texts
from openmuseums.segments.units import units_of
from openmuseums.translation.desk.finding import Work
from openmuseums.translation.desk.marking import as_source, marked
from openmuseums.translation.rights import root_of


def preview_of(request: HttpRequest, work: Work) -> HttpResponse:
    """Answer with a page as its readers would see it."""
    page = _as_translated(work)
    response = cast("HttpResponse", page.make_preview_request(request, page.default_preview_mode))
    response.content = marked(response.text, source_language()).encode(response.charset)
    if response.has_header("Content-Length"):
        response["Content-Length"] = str(len(response.content))
    return response


def _as_translated(work: Work) -> Any:
    """Return the page of a language with what is translated; it is not to be saved."""
    page: Any
    if work.target is not None:
        page = work.target.specific
        copy_synchronised_fields(work.page, page)
    else:
        page = work.source.as_instance() if work.source else Page.objects.get(pk=work.page.pk).specific
        page.locale, page.url_path = work.locale, _path_in(work)
    ingest_segments(work.page, page, work.page.locale, work.locale, _segments(work))
    return page


def _segments(work: Work) -> list[Any]:
    """Return the texts of a page as they are to be put into it: the translation, or else the source's own, marked."""
    texts = _texts(work)
    found = []
    for segment in _raw_segments(work):
        name = (segment.path, segment.string.data) if isinstance(segment, StringSegmentValue) else None
        if name in texts:
            segment.string = StringValue(texts[name] or as_source(name[1]))
        found.append(segment)
    return found


def _raw_segments(work: Work) -> list[Any]:
    there = extract_segments(work.page)
    if work.source is None:
        # Nobody has translated anything: pictures and addresses are the source's.
        return [segment for segment in there if isinstance(segment, StringSegmentValue | TemplateSegmentValue)]
    # An update may have taken out kinds of blocks whose texts are kept still.
    paths = {segment.path for segment in there}
    kept = work.source._get_segments_for_translation(work.locale, fallback=True)
    return [segment for segment in kept if segment.path in paths]


def _texts(work: Work) -> dict[Name, str]:
    """Return the translation of each text by path and source; an empty one where there is none."""
    units = [unit for unit in units_of(work.page) if not unit.is_address]
    kept = translated_texts(units, work.language)
    return {(unit.path, unit.source): kept.get((unit.context, unit.source), "") for unit in units}


def _path_in(work: Work) -> str:
    """Return the path in the tree that a page will have in the language: slugs are the same in every language."""
    home = root_of(work.language)
    _slash, _home, below = work.page.url_path.split("/", 2)
    return f"{home.url_path}{below}" if home else work.page.url_path
