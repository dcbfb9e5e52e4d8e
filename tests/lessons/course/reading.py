"""The shipped course as tests ask about it: read once from its files, without a load."""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import Any

from lessons.authoring.coverage import questions_in, unit_pages
from lessons.pack.checking import check_pack
from lessons.pack.content import PackContent, PageContent
from lessons.pack.markup import Html
from lessons.pack.reading import read_pack
from openmuseums.competences.guide import get_guide
from tests.packs import SHIPPED

LESSONS = [lesson.key for lesson in get_guide().lessons]
UNITS = [(chapter.key, unit.key) for chapter in get_guide().chapters for unit in chapter.units]


@cache
def read_course() -> PackContent:
    """Return the course as it stands in its files."""
    return check_pack(read_pack(SHIPPED))


def pages(kind: str) -> list[PageContent]:
    """Return all pages of a kind."""
    return [page for page in read_course().pages if page.type.name == kind]


def page_of(lesson: str, kind: str) -> PageContent:
    """Return the one page of a kind right below a lesson."""
    (page,) = [page for page in pages(kind) if page.parent and page.parent.slug == lesson]
    return page


def pages_of_unit(key: str) -> list[PageContent]:
    """Return the page of a unit and its second part, where it has one."""
    return [page for page in unit_pages(read_course()) if page.values["key"] == key]


def blocks_of(page: PageContent, *kinds: str) -> list[dict[str, Any]]:
    """Return the blocks of some kinds in the body of a page."""
    return [block for block in page.values.get("body", []) if block["type"] in kinds]


def checks_of(page: PageContent) -> list[dict[str, Any]]:
    """Return the self-checks of a page of a unit."""
    return list(questions_in(page.values.get("body", [])))


def quiz_questions(lesson: str) -> list[dict[str, Any]]:
    """Return the questions of a lesson's quiz, those under a scenario in its place."""
    return list(questions_in(page_of(lesson, "quiz").values["questions"]))


def bank_questions(lesson: str) -> list[dict[str, Any]]:
    """Return the questions of a lesson's bank; none where it has no bank."""
    banks = [page for page in pages("bank") if page.parent and page.parent.slug == lesson]
    return [question for bank in banks for question in questions_in(bank.values["questions"])]


def topics_of_lesson(lesson: str) -> set[str]:
    """Return the guide's topics of a chapter."""
    (chapter,) = [chapter for chapter in get_guide().chapters if chapter.key == lesson]
    return {topic.key for unit in chapter.units for topic in unit.topics}


def texts(value: Any, name: str = "") -> Iterator[str]:
    """Yield every text that a reader reads."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in {
                "id",
                "type",
                "topic",
                "topics",
                "facet",
                "address",
                "source_address",
                "kind",
                "level",
                "image",
                "diagram",
            }:
                yield from texts(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, name)
    elif isinstance(value, str):
        yield unescape(re.sub(r"<[^>]+>", " ", value)) if isinstance(value, Html) else value


def html_in(value: Any) -> Iterator[Html]:
    """Yield every piece of HTML in a value of the pack."""
    if isinstance(value, Html):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from html_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from html_in(inner)
