"""What the templates of the course's pages are given."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from lessons.confirming import ALL_CONFIRMED, unconfirmed_in
from lessons.models import UnitPage
from lessons.outline import block_anchor, current_map, current_outline, key_of
from lessons.rendering import BodyPart, body_parts, part_with_answer
from lessons.self_checks import TYPED, results_of
from openmuseums.delivery.languages import address_of
from openmuseums.delivery.states import State, state_of
from openmuseums.learners.outline import Outline, OutlineItem
from openmuseums.learners.projection import Record
from openmuseums.learners.reading import is_page_read
from openmuseums.learners.standing import Standing, standing_of
from openmuseums.learners.visiting import record_in
from quizzes.blocks.registry import block_of
from quizzes.questions.typed import LINE
from quizzes.scoring import WHOLE, Given


@dataclass(frozen=True)
class UnitPart:
    """One of the two pages of a unit: which, whether it is the one that is shown, and whether it is read."""

    number: int
    item: OutlineItem
    is_here: bool
    is_read: bool


def course_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Give outline and glossary, and in the kept state where the reader stands; `standing` is None in the other."""
    outline = current_outline()
    return {"outline": outline, "glossary": current_map().glossary, "standing": _standing(outline, _record(request))}


def chapter_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Give in addition the chapter that a lesson, part or quiz is or stands in, and what comes before and after.

    `notes` links a lesson's plan for who leads a group, where there is one: it is no step of the course.
    """
    context = _chapter_context(page, current_outline(), _record(request))
    return {
        **context,
        "notes": current_map().notes.get(context["page_key"]),
        "page_url": address_of(page.url_path),
    }


def unit_context(page: UnitPage, request: HttpRequest) -> dict[str, Any]:
    """Give in addition the table of contents, the blocks of the body, and the reader's own results by block id.

    `page_key` is the page's own key, `unit_key` that of its unit: they differ on the second of two pages. `parts` are
    both of them, where there are two; `is_read` is about the page that is shown.

    `takes_answers` says whether its questions can be answered; `unanswered` is the id of the one that was sent without
    an answer, or empty, and `fault` what was wrong with the one that was sent, which stands in its field again.
    `unconfirmed` says by block id since when a question has had other right answers than the page's language knows of.
    """
    record = _record(request)
    context = _chapter_context(page, current_outline(), record)
    unit = context["item"]
    pages = unit.page_keys if unit else (context["page_key"],)
    is_preview = getattr(request, "is_preview", False)
    # Where session and record have ended nobody's answer could be kept: the questions stand there to be read.
    takes_answers = record is not None or (is_preview and state_of(request) == State.KEPT)
    unconfirmed = ALL_CONFIRMED if is_preview else unconfirmed_in(page)
    state = State.KEPT if takes_answers else State.PUBLIC
    parts = body_parts(page, state, is_preview=is_preview, unconfirmed=unconfirmed)
    unanswered = request.GET.get("unanswered", "") if record else ""
    refused = next((part for part in parts if part.is_check and part.id == unanswered), None)
    fault = _fault(refused, request) if refused else ""
    if refused and fault:
        given = Given({WHOLE: (request.GET.get(TYPED, "")[:LINE],)}, page.content_language)
        answered = part_with_answer(page, refused, given=given, fault=fault, unconfirmed=unconfirmed)
        parts = [answered if part is refused else part for part in parts]
    return {
        **context,
        "unit_item": unit,
        "is_read": record is not None and is_page_read(pages, context["page_key"], record),
        "parts": _parts_of(unit, context["page_key"], record),
        "contents": [
            {"anchor": block_anchor(block["id"]), "text": block["value"]["text"]}
            for block in page.body.raw_data
            if block["type"] == "heading" and block["value"]["level"] == "h2" and block.get("id")
        ],
        "body_parts": parts,
        "takes_answers": takes_answers,
        "check_results": (
            results_of(page=page, unit_key=context["unit_key"], record=record, unconfirmed=unconfirmed)
            if record
            else {}
        ),
        "unconfirmed": unconfirmed.since,
        "unanswered": unanswered,
        "fault": fault,
    }


def _parts_of(unit: OutlineItem | None, page_key: UUID, record: Record | None) -> list[UnitPart]:
    """Return the two pages of a unit; none of one that is told on one page."""
    if unit is None or unit.continuation is None:
        return []
    return [
        UnitPart(
            number=number,
            item=page,
            is_here=page.page_key == page_key,
            is_read=record is not None and is_page_read(unit.page_keys, page.page_key, record),
        )
        for number, page in enumerate(unit.pages, start=1)
    ]


def _fault(part: BodyPart, request: HttpRequest) -> Any:
    return block_of(part.type).fault_messages.get(request.GET.get("fault", ""), "")


def _chapter_context(page: Any, outline: Outline | None, record: Record | None) -> dict[str, Any]:
    page_key = key_of(page)
    standing = _standing(outline, record)
    chapter = outline.chapter_of(page_key) if outline else None
    item = outline.step(page_key) if outline else None
    before, after = outline.neighbours(page_key) if outline else (None, None)
    return {
        "outline": outline,
        "standing": standing,
        "lesson_total": sum(chapter.number is not None for chapter in outline.chapters) if outline else 0,
        "page_key": page_key,
        "chapter": chapter,
        "chapter_standing": standing.chapter(chapter.page_key) if standing and chapter else None,
        "item": item,
        "unit_key": item.page_key if item else page_key,
        "previous_item": before,
        "next_item": after,
    }


def _record(request: HttpRequest) -> Record | None:
    """Return the reader's record; None in the public state, in a preview, and where session and record have ended."""
    return None if getattr(request, "is_preview", False) else record_in(request)


def _standing(outline: Outline | None, record: Record | None) -> Standing | None:
    return standing_of(outline, record) if outline and record is not None else None
