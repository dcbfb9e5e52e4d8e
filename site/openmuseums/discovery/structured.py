"""What a page of the course is, in the terms of schema.org, in the page's language."""

import json
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from lessons.models import CoursePage, FacilitatorNotesPage, LessonPage, PartPage, UnitPage
from lessons.outline import current_outline, key_of
from openmuseums.delivery.languages import languages_of, source_language
from openmuseums.delivery.pages import body_key, remember_body, remembered_body
from openmuseums.delivery.states import State
from openmuseums.discovery.durations import iso_duration
from openmuseums.home.operators import current_operator
from openmuseums.learners.outline import Outline, OutlineChapter, OutlineItem

LICENCE = "https://creativecommons.org/licenses/by/4.0/"

Data = dict[str, Any]


def structured_data(page: Any, *, site: str, address: str) -> Data | None:
    """Return a course, lesson, part, unit or plan as a Course or LearningResource; None for other pages.

    `site` is what addresses begin with, `address` the page's own. No query beyond those of the outline, and one for a
    unit's outcomes after it was published.
    """
    outline = current_outline()
    describe = next((found for model, found in _DESCRIBED.items() if isinstance(page, model)), None)
    if outline is None or describe is None:
        return None
    data = {
        "@context": "https://schema.org",
        "@id": address,
        "url": address,
        "name": page.title,
        "inLanguage": page.content_language,
        "isAccessibleForFree": True,
        "license": LICENCE,
        "educationalUse": _("professional development"),
        **describe(page, outline, site),
    }
    if page.search_description:
        data["description"] = page.search_description
    if page.content_language != source_language() and source_language() in languages_of(page):
        data["translationOfWork"] = {"@id": address.replace(f"/{page.content_language}/", f"/{source_language()}/", 1)}
    operator = current_operator()
    if operator and operator.organisation:
        data["provider"] = {"@type": "Organization", "name": operator.organisation}
    return data


def _course(page: CoursePage, outline: Outline, site: str) -> Data:
    return {
        "@type": "Course",
        "timeRequired": iso_duration(sum(step.minutes for step in outline.steps)),
        "availableLanguage": list(languages_of(page)),
        "teaches": [statement for chapter in outline.chapters for _facet, statement in chapter.statements],
        "hasPart": [_named(chapter, site) for chapter in outline.chapters],
        "hasCourseInstance": {
            "@type": "CourseInstance",
            "courseMode": "online",
            "courseWorkload": iso_duration(sum(step.minutes for step in outline.steps)),
        },
    }


def _chapter(page: LessonPage | PartPage, outline: Outline, site: str) -> Data:
    chapter = outline.chapter_of(key_of(page))
    data: Data = {
        "@type": "LearningResource",
        "learningResourceType": _("lesson"),
        "isPartOf": {"@type": "Course", "@id": f"{site}{outline.url}", "name": outline.title},
    }
    if chapter:
        data["timeRequired"] = iso_duration(sum(step.minutes for step in chapter.steps))
        data["hasPart"] = [_named(unit, site) for unit in chapter.units]
        if chapter.statements:
            data["teaches"] = [statement for _facet, statement in chapter.statements]
    return data


def _unit(page: UnitPage, outline: Outline, site: str) -> Data:
    chapter = outline.chapter_of(key_of(page))
    data: Data = {
        "@type": "LearningResource",
        "learningResourceType": _("unit"),
        "timeRequired": iso_duration(page.minutes_to_read + page.minutes_to_do),
        "isPartOf": {"@type": "Course", "@id": f"{site}{outline.url}", "name": outline.title},
    }
    if chapter:
        data["isPartOf"] = _named(chapter, site)
    unit = outline.step(key_of(page))
    if unit and unit.continuation:
        if unit.page_key == key_of(page):
            data["timeRequired"] = iso_duration(unit.minutes)
            data["hasPart"] = [_named(unit.continuation, site)]
        else:
            data["isPartOf"] = _named(unit, site)
    outcomes = _outcomes(page)
    if outcomes:
        data["teaches"] = outcomes
    return data


def _notes(page: FacilitatorNotesPage, outline: Outline, site: str) -> Data:
    lesson = page.get_parent()
    chapter = outline.chapter_of(key_of(lesson)) if lesson else None
    data: Data = {
        "@type": "LearningResource",
        "learningResourceType": _("lesson plan"),
        "timeRequired": iso_duration(page.minutes),
        "audience": {"@type": "EducationalAudience", "educationalRole": "teacher"},
    }
    if chapter:
        data["isPartOf"] = _named(chapter, site)
    return data


_DESCRIBED: dict[type[Any], Callable[[Any, Outline, str], Data]] = {
    CoursePage: _course,
    LessonPage: _chapter,
    PartPage: _chapter,
    UnitPage: _unit,
    FacilitatorNotesPage: _notes,
}


def _named(part: OutlineChapter | OutlineItem, site: str) -> Data:
    named = {"@type": "LearningResource", "@id": f"{site}{part.url}", "name": part.title}
    # What is not translated yet says in which language it is.
    return {**named, "inLanguage": part.language} if part.language else named


def _outcomes(page: UnitPage) -> list[str]:
    """Return what one can do after a unit; asked of the database once a publication."""
    key = body_key(page, State.PUBLIC, "outcomes")
    kept = remembered_body(key)
    if kept is not None:
        found: list[str] = json.loads(kept)
        return found
    outcomes = [outcome.text for outcome in page.outcomes.all()]
    remember_body(key, json.dumps(outcomes))
    return outcomes
