"""When a unit is read: once each of its pages is, and for good once that was entered."""

from collections.abc import Collection, Sequence
from uuid import UUID

from openmuseums.learners.models import Event
from openmuseums.learners.projection import Record

# What is entered: the kind of event, and the key of the unit or page that it is about.
Mark = tuple[Event.Kind, UUID]


def is_page_read(pages: Sequence[UUID], page_key: UUID, record: Record) -> bool:
    """Return whether a page of a unit counts as read. pages: the keys of the unit's pages; the first is its own.

    Whoever has read a unit has read all of it, also what was told on one page when she read it and on two since.
    """
    if pages[0] in record.units:
        return True
    # Where each is marked and the unit is not entered, as two records may leave it, marking one again enters it.
    return len(pages) > 1 and page_key in record.pages and not is_whole(pages, record.pages)


def marks_of_reading(pages: Sequence[UUID], page_key: UUID, record: Record) -> list[Mark]:
    """Return what is entered where a page of a unit is marked as read; nothing where it counts as read already.

    That the unit is read is an event of its own, with the page that is marked last. So it stays read when it is split
    into two pages later, and every list that is reckoned from the events stays as it was.
    """
    if is_page_read(pages, page_key, record):
        return []
    if len(pages) == 1:
        return [(Event.Kind.UNIT_READ, pages[0])]
    marks: list[Mark] = [] if page_key in record.pages else [(Event.Kind.PAGE_READ, page_key)]
    if is_whole(pages, {*record.pages, page_key}):
        marks.append((Event.Kind.UNIT_READ, pages[0]))
    return marks


def marks_of_unreading(pages: Sequence[UUID], page_key: UUID, record: Record) -> list[Mark]:
    """Return what is entered where that is taken back: the unit is not read any more, its other page still is."""
    if not is_page_read(pages, page_key, record):
        return []
    marks: list[Mark] = [(Event.Kind.UNIT_UNREAD, pages[0])] if pages[0] in record.units else []
    if page_key in record.pages:
        marks.append((Event.Kind.PAGE_UNREAD, page_key))
    if marks[0][0] == Event.Kind.UNIT_UNREAD:
        # Of who read it as one page, or when it was one, nothing says yet that the other page is read.
        others = [key for key in pages if key != page_key and key not in record.pages]
        marks += [(Event.Kind.PAGE_READ, key) for key in others]
    return marks


def is_whole(pages: Sequence[UUID], marked: Collection[UUID]) -> bool:
    """Return whether each page of a unit is among those that are marked."""
    return all(key in marked for key in pages)
