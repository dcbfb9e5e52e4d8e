"""Whose pictures and documents the published pages show."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex

from openmuseums.delivery.languages import reader_language, source_language
from openmuseums.formats.collation import in_order
from openmuseums.uploads.models import Attachment, Picture


@dataclass(frozen=True)
class Credit:
    """A picture or document, who made it, and on what terms. `language` is that of its words, "" the reader's."""

    title: str
    credit: str
    licence_name: str
    licence_address: str
    source: str
    is_picture: bool
    language: str


def credits_of_live_pages() -> list[Credit]:
    """Return what is shown on live pages, or linked from them, in the order of its titles.

    Three queries. What a page refers to is what it shows: drafts are not in Wagtail's index of references.
    """
    kinds = ContentType.objects.get_for_models(Picture, Attachment, Page)
    page_type = kinds.pop(Page)
    live = Page.objects.live().annotate(reference=Cast("pk", CharField())).values("reference")
    references = ReferenceIndex.objects.filter(
        base_content_type=page_type, object_id__in=live, to_content_type__in=kinds.values()
    ).values_list("to_content_type_id", "to_object_id")
    shown: dict[int, set[str]] = {}
    for content_type_id, object_id in references:
        shown.setdefault(content_type_id, set()).add(object_id)
    language = source_language() if reader_language() != source_language() else ""
    found = [
        _credit(upload, language=language)
        for model in (Picture, Attachment)
        for upload in model.objects.filter(pk__in=shown.get(kinds[model].pk, ())).order_by("pk")
    ]
    return in_order(found, reader_language(), by=lambda credit: credit.title)


def _credit(upload: Picture | Attachment, *, language: str) -> Credit:
    return Credit(
        title=upload.title,
        credit=upload.credit,
        licence_name=upload.get_licence_display(),
        licence_address=upload.licence_address,
        source=upload.source,
        is_picture=isinstance(upload, Picture),
        language=language,
    )
