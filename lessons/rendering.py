"""The body of a unit, rendered block by block, so that somebody's results can stand beside their questions."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from lessons.ageing.checking import checked_in
from lessons.blocks.cases import LOCAL_CASE
from lessons.confirming import ALL_CONFIRMED, Unconfirmed
from lessons.local_cases import cases_in, digest_of_cases
from lessons.models import UnitPage
from lessons.outline import block_anchor, check_anchor, current_map
from lessons.terms import Linking, Terms
from openmuseums.delivery.languages import address_of, source_language, speaking
from openmuseums.delivery.pages import body_key, remember_body, remembered_body
from openmuseums.delivery.states import State
from quizzes.blocks.registry import CHECK_BLOCKS
from quizzes.scoring import Given

_PART = "parts"
# In their texts the first use of a term leads to the glossary.
_WITH_TERMS = frozenset({"callout", "rich_text", "steps"})


@dataclass(frozen=True)
class BodyPart:
    """A block of a unit as HTML, the same for everybody in the same state of the page.

    language: of a question that the page's language has not confirmed, and is shown in the source's; else empty.
    """

    id: str
    type: str
    html: SafeString
    language: str = ""

    @property
    def is_check(self) -> bool:
        """Return whether it is a question, answered in place."""
        return self.type in CHECK_BLOCKS

    @property
    def anchor(self) -> str:
        """Return the id of the element that wraps the block."""
        return check_anchor(self.id) if self.is_check else block_anchor(self.id)


def body_parts(
    page: UnitPage, state: State, *, is_preview: bool, unconfirmed: Unconfirmed = ALL_CONFIRMED
) -> list[BodyPart]:
    """Return a unit's blocks: from the shared cache, or rendered and kept there. A preview is never kept."""
    with speaking(page.content_language):
        return _parts(page, state, is_preview=is_preview, unconfirmed=unconfirmed)


def _parts(page: UnitPage, state: State, *, is_preview: bool, unconfirmed: Unconfirmed) -> list[BodyPart]:
    if is_preview:
        return _render(page, state, unconfirmed)
    part = f"{_PART}:{unconfirmed.name}" if unconfirmed.name else _PART
    key = body_key(page, state, part, besides=digest_of_cases(cases_in(page)) + _terms_of(page).digest)
    kept = remembered_body(key)
    if kept is not None:
        # What is kept was rendered, and escaped, by the template engine.
        return [BodyPart(**part | {"html": mark_safe(part["html"])}) for part in json.loads(kept)]  # noqa: S308
    parts = _render(page, state, unconfirmed)
    remember_body(key, json.dumps([asdict(part) for part in parts]))
    return parts


def part_with_answer(
    page: UnitPage, part: BodyPart, *, given: Given, fault: str, unconfirmed: Unconfirmed = ALL_CONFIRMED
) -> BodyPart:
    """Return a question with an answer in its fields that was not taken, for who sent it alone: it is kept nowhere."""
    with speaking(page.content_language):
        child = next(child for child in page.body if child.id == part.id)
        return _shown(child, {"page": page, "is_kept": True, "given": given, "fault": fault}, unconfirmed)


def _render(page: UnitPage, state: State, unconfirmed: Unconfirmed) -> list[BodyPart]:
    # No request is handed on: nothing of the person who asks can get into what everybody is shown.
    context = {
        "page": page,
        "unit_url": address_of(page.url_path),
        "is_kept": state == State.KEPT,
        "titles_as_written": _titles_as_written(page),
        "local_cases": cases_in(page),
        "checked": checked_in(page),
    }
    parts = _with_links(page, [_shown(child, context, unconfirmed) for child in page.body])
    # A place that no country has filled yet is not there for readers.
    return [part for part in parts if part.type != LOCAL_CASE or part.html.strip()]


def _with_links(page: UnitPage, parts: list[BodyPart]) -> list[BodyPart]:
    glossary = current_map().glossary
    if glossary is None:
        return parts
    linking = Linking(_terms_of(page), glossary.url)
    return [replace(part, html=linking.linked(part.html)) if part.type in _WITH_TERMS else part for part in parts]


def _terms_of(page: UnitPage) -> Terms:
    """Return the forms that lead to the glossary from texts in the language of a page."""
    return current_map().terms.get(page.content_language, Terms())


def _shown(child: Any, context: dict[str, Any], unconfirmed: Unconfirmed) -> BodyPart:
    original = unconfirmed.child_of(child)
    if original is None:
        return _rendered(child, context)
    with speaking(source_language()):
        return replace(_rendered(original, context), language=source_language())


def _rendered(child: Any, context: dict[str, Any]) -> BodyPart:
    block_id = str(child.id or "")
    html = child.render(context={**context, "block_id": block_id})
    return BodyPart(block_id, child.block_type, mark_safe(html))  # noqa: S308 - rendered by the template engine


def _titles_as_written(page: UnitPage) -> frozenset[str]:
    """Return the titles of works and resources in the source of a unit; a translation may keep them."""
    body = page.body
    if page.content_language != settings.LANGUAGE_CODE:
        sources = UnitPage.objects.filter(translation_key=page.translation_key)
        source = sources.filter(locale__language_code=settings.LANGUAGE_CODE).first()
        body = source.body if source else body
    return frozenset(
        title
        for block in body.raw_data
        for value in (block["value"], *_items(block["value"]))
        if isinstance(value, dict)
        for title in (value.get("source_title"), value.get("title") if "address" in value else "")
        if title
    )


def _items(value: Any) -> Iterator[Any]:
    for item in value.get("items") or () if isinstance(value, dict) else ():
        yield item["value"] if isinstance(item, dict) and "value" in item else item
