import uuid

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Locale, Page

from lessons import outline as outlines
from lessons.models import UnitPage
from lessons.outline import block_anchor, current_map, current_outline, key_of, live_pages
from lessons.rereading import place_of
from lessons.self_checks import results_of
from openmuseums.competences.guide import get_guide
from openmuseums.delivery.versions import OUTLINE, renew
from openmuseums.home.models import HomePage
from openmuseums.learners.outline import Outline
from openmuseums.learners.projection import Answered, Record
from tests.factories import (
    NOW,
    FixtureCourse,
    add_units,
    block,
    in_language,
    item,
    make_translation,
    make_unit,
    single_choice,
)


def test_outline_without_a_course_is_none(db: None) -> None:
    assert current_outline() is None


def test_outline_holds_the_course_in_the_order_of_the_menu(course: FixtureCourse) -> None:
    outline = current_outline()
    assert outline is not None
    assert (outline.course_key, outline.title, outline.url) == (
        course.course.translation_key,
        "The course",
        "/en/open-museums/",
    )
    assert [(chapter.key, chapter.number, bool(chapter.quiz)) for chapter in outline.chapters] == [
        ("first-steps", None, False),
        ("marketing", 1, True),
        ("e-commerce", get_guide_number("e-commerce"), True),
    ]
    assert [step.url for step in outline.chapters[1].steps] == [
        "/en/open-museums/marketing/digital-strategy/",
        "/en/open-museums/marketing/channels-and-media/",
        "/en/open-museums/marketing/quiz/",
    ]
    lesson = outline.chapters[1]
    assert lesson.message == "The right message to the right people."
    assert lesson.statements == (
        ("use", "What you can use."),
        ("manage", "What you can manage."),
        ("make", "What you can make."),
        ("understand", "What you understand."),
    )
    assert (outline.chapters[0].message, outline.chapters[0].statements) == ("", ())


def get_guide_number(key: str) -> int | None:
    return next(lesson.number for lesson in get_guide().lessons if lesson.key == key)


def test_outline_urls_are_those_of_the_pages(course: FixtureCourse) -> None:
    outline = current_outline()
    assert outline is not None
    pages = [*course.units.values(), *course.quizzes.values()]
    assert {step.page_key: step.url for step in outline.steps} == {page.translation_key: page.url for page in pages}
    assert {chapter.url for chapter in outline.chapters} == {page.url for page in [course.part, *course.lessons]}


def test_outline_knows_questions_facets_and_minutes(course: FixtureCourse) -> None:
    outline = current_outline()
    assert outline is not None
    unit, quiz = outline.chapters[1].units[0], outline.chapters[1].quiz
    page = course.units["digital-strategy"]
    assert (unit.minutes, unit.facets) == (25, ("use", "understand"))
    assert [(question.id, question.facet) for question in unit.questions] == [(page.body[3].id, "understand")]
    assert quiz is not None
    assert [question.facet for question in quiz.questions] == ["use", "manage", "make"]
    assert quiz.facets == ("use", "manage", "make")
    assert (quiz.minutes, quiz.asks) == (3, 3)


def test_quiz_that_draws_is_told_by_what_it_asks(course: FixtureCourse, client: Client) -> None:
    quiz = course.quizzes["marketing"]
    type(quiz).objects.filter(pk=quiz.pk).update(draws=2)
    outline = current_outline()
    assert outline is not None
    drawing = outline.chapters[1].quiz
    assert drawing is not None
    assert (len(drawing.questions), drawing.asks, drawing.minutes) == (3, 2, 2)
    for page in (course.course, course.lessons[0]):
        html = client.get(page.url).content.decode()
        assert "2 questions" in html


def test_outline_leaves_out_what_is_not_live(course: FixtureCourse) -> None:
    assert current_outline() is not None
    course.units["digital-strategy"].unpublish()
    course.quizzes["e-commerce"].unpublish()
    course.part.unpublish()
    outline = current_outline()
    assert outline is not None
    assert [chapter.key for chapter in outline.chapters] == ["marketing", "e-commerce"]
    assert [unit.key for unit in outline.chapters[0].units] == ["channels-and-media"]
    assert outline.chapters[1].quiz is None


def test_outline_leaves_out_a_quiz_that_asks_nothing(course: FixtureCourse) -> None:
    quiz = course.quizzes["marketing"]
    type(quiz).objects.filter(pk=quiz.pk).update(questions=[])
    outline = current_outline()
    assert outline is not None
    assert outline.chapters[1].quiz is None


def test_outline_follows_a_new_title(course: FixtureCourse) -> None:
    assert current_outline() is not None
    unit = course.units["digital-strategy"]
    unit.title = "Another title"
    unit.save_revision().publish()
    outline = current_outline()
    assert outline is not None
    assert outline.step(unit.translation_key).title == "Another title"  # type: ignore[union-attr]


def test_outline_in_a_language_without_the_course_is_none(course: FixtureCourse) -> None:
    with translation.override("el"):
        assert current_outline() is None


@pytest.mark.parametrize("more", [0, 30])
def test_outline_costs_the_same_however_many_units(
    more: int, course: FixtureCourse, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    add_units(course.lessons[0], more)
    with django_assert_num_queries(1):
        outline = current_outline()
    assert outline is not None
    assert len(outline.units) == 5 + more
    with django_assert_num_queries(0):
        assert current_outline() == outline
    outlines._maps.clear()
    # Another process finds it in the shared cache.
    with django_assert_num_queries(0):
        assert current_outline() == outline


def test_key_of_an_alias_is_that_of_its_page(course: FixtureCourse) -> None:
    unit = course.units["digital-strategy"]
    alias = unit.create_alias(parent=course.lessons[1], update_slug="alias")
    assert alias.translation_key != unit.translation_key
    assert key_of(alias) == key_of(unit) == unit.translation_key
    outline = current_outline()
    assert outline is not None
    assert outline.chapters[2].units[-1].page_key == unit.translation_key


def test_topic_is_reread_where_it_is_taught_first(course: FixtureCourse) -> None:
    unit = course.units["digital-strategy"]
    topic = get_guide().units["digital-strategy"].topics[0].key
    again = block("rich_text", {"text": "<p>Again.</p>", "topics": [item(topic)]})
    make_unit(course.lessons[1], "logistics-and-shipping", body=[again])
    assert place_of(topic) == (f"{unit.title}: Where to begin", f"{unit.url}#{block_anchor(unit.body[1].id)}", "")
    assert block_anchor(unit.body[1].id) == f"b-{unit.body[1].id[:8]}"


def test_topic_taught_above_the_first_heading_is_reread_in_the_unit(course: FixtureCourse) -> None:
    unit = make_unit(
        course.lessons[1],
        "logistics-and-shipping",
        body=[
            block("rich_text", {"text": "<p>Boxes.</p>", "topics": [item("packaging")]}),
            block("heading", {"text": "Later", "level": "h2"}),
        ],
    )
    assert place_of("packaging") == (unit.title, f"{unit.url}#{block_anchor(unit.body[0].id)}", "")


def test_topic_that_is_only_asked_about_is_taught_nowhere(course: FixtureCourse) -> None:
    assert place_of("swot") is None
    make_unit(course.lessons[1], "logistics-and-shipping", body=[single_choice(topic="swot")])
    assert place_of("swot") is None


def test_places_without_a_course_are_none(db: None) -> None:
    assert dict(current_map().places) == {}
    assert place_of("swot") is None


def test_step_of_an_unknown_key_is_none(course: FixtureCourse) -> None:
    outline = current_outline()
    assert outline is not None
    assert outline.step(uuid.uuid4()) is None


def in_greek() -> Outline:
    with translation.override("el"):
        outline = current_outline()
    assert outline is not None
    return outline


def test_outline_of_a_translation_has_its_words_and_the_facts_of_the_source(course: FixtureCourse) -> None:
    unit = course.units["digital-strategy"]
    greek = make_translation(unit, "el", {unit.title: "Ψηφιακή στρατηγική"})
    stream = list(greek.body.raw_data)
    stream[3]["value"]["facet"] = "make"
    UnitPage.objects.filter(pk=greek.pk).update(body=stream, facets=["make"])
    english, outline = current_outline(), in_greek()
    assert english is not None
    source, shown = english.chapters[1].units[0], outline.chapters[1].units[0]
    assert (shown.title, shown.url) == ("Ψηφιακή στρατηγική", "/el/open-museums/marketing/digital-strategy/")
    assert (shown.page_key, shown.questions, shown.facets) == (source.page_key, source.questions, source.facets)
    assert outline.course_key == english.course_key


def test_outline_shows_what_a_language_lacks_in_the_sources_words_and_says_so(course: FixtureCourse) -> None:
    english = current_outline()
    assert english is not None
    make_translation(course.units["digital-strategy"], "el")
    outline = in_greek()
    assert [chapter.page_key for chapter in outline.chapters] == [chapter.page_key for chapter in english.chapters]
    assert [step.page_key for step in outline.steps] == [step.page_key for step in english.steps]
    assert [(chapter.title, chapter.language) for chapter in outline.chapters] == [
        ("First steps", "en"),
        (in_language("Digital marketing foundations", "el"), ""),
        ("E-commerce", "en"),
    ]
    assert [(step.title, step.language, step.url) for step in outline.chapters[1].steps] == [
        (in_language("The digital strategy", "el"), "", "/el/open-museums/marketing/digital-strategy/"),
        ("Channels and media", "en", "/el/open-museums/marketing/channels-and-media/"),
        ("Quiz: Digital marketing foundations", "en", "/el/open-museums/marketing/quiz/"),
    ]
    assert (outline.chapters[2].url, outline.chapters[2].message) == (
        "/el/open-museums/e-commerce/",
        "The right message to the right people.",
    )


@pytest.mark.usefixtures("before_the_gate")
def test_page_that_shows_another_languages_is_no_translation(course: FixtureCourse) -> None:
    make_translation(course.course, "el")
    # As Wagtail copies what stands above a translated page: live, and in English.
    course.units["digital-strategy"].copy_for_translation(Locale.objects.get(language_code="el"), copy_parents=True)
    assert Page.objects.live().filter(locale__language_code="el", alias_of__isnull=False).count() == 1
    renew(OUTLINE)
    assert [chapter.language for chapter in in_greek().chapters] == ["en", "en", "en"]
    assert live_pages().by_key[course.lessons[0].translation_key] == {"en"}


def test_topic_is_reread_in_the_sources_words_where_a_language_lacks_them(course: FixtureCourse) -> None:
    unit = course.units["digital-strategy"]
    topic = get_guide().units["digital-strategy"].topics[0].key
    anchor = block_anchor(unit.body[1].id)
    make_translation(course.course, "el")
    with translation.override("el"):
        assert place_of(topic) == (f"{unit.title}: Where to begin", f"/el{unit.url[3:]}#{anchor}", "en")
    make_translation(unit, "el")
    title = f"{in_language(unit.title, 'el')}: {in_language('Where to begin', 'el')}"
    with translation.override("el"):
        assert place_of(topic) == (title, f"/el{unit.url[3:]}#{anchor}", "")


def test_language_is_public_when_its_home_page_and_its_course_are_live(course: FixtureCourse) -> None:
    assert live_pages().public == {"en"}
    make_translation(course.home, "el")
    assert live_pages().public == {"en"}
    greek = make_translation(course.course, "el", publish=False)
    assert live_pages().public == {"en"}
    greek.save_revision().publish()
    assert live_pages().public == {"en", "el"}
    HomePage.objects.get(locale__language_code="el").unpublish()
    assert live_pages().public == {"en"}


def test_result_in_a_translation_has_its_words_and_is_graded_on_the_source(course: FixtureCourse) -> None:
    unit = course.units["digital-strategy"]
    greek = make_translation(unit, "el")
    stream = list(greek.body.raw_data)
    choices = stream[3]["value"]["choices"]
    for number, choice in enumerate(choices):
        choice["value"] |= {"text": f"Επιλογή {number}", "right": number == 1}
    UnitPage.objects.filter(pk=greek.pk).update(body=stream)
    greek = UnitPage.objects.get(pk=greek.pk)
    answer = Answered(right=True, answered_at=NOW, chosen=(choices[0]["id"],), chosen_at=NOW)
    record = Record(answers={(unit.translation_key, stream[3]["id"]): answer})
    with translation.override("el"):
        results = results_of(page=greek, unit_key=key_of(greek), record=record)
    result = results[stream[3]["id"]]
    assert result.is_right
    shown = [choice for choice in result.shown.detail["choices"] if choice["is_chosen"]]
    assert [(str(choice["text"]), choice["is_right"]) for choice in shown] == [("Επιλογή 0", True)]
